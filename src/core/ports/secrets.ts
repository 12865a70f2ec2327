// Randomness, keyed hashes and sealed texts, from a cryptographic source.

export interface Secrets {
  /** A new row id: 26 lower-case characters, sorting by time of making. */
  id(): string;
  /** A uniformly random text of `length` characters out of `alphabet`. */
  random(length: number, alphabet: string): string;
  /** HMAC-SHA-256 of the text under the service's key in lower-case hex, `length` characters (64, which is all, when absent). */
  sign(text: string, length?: number): string;
  /** The text, encrypted and authenticated under the service's key; another each time. */
  seal(text: string): string;
  /** Undefined for what was not sealed under this key, or was changed since. */
  unseal(sealed: string): string | undefined;
}

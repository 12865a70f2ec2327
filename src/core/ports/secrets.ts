// Randomness and keyed hashes, from a cryptographic source.

export interface Secrets {
  /** A new row id: 26 lower-case characters, sorting by time of making. */
  id(): string;
  /** A uniformly random text of `length` characters out of `alphabet`. */
  random(length: number, alphabet: string): string;
  /** HMAC-SHA-256 of the text under the service's key, base64url, `length` characters (43 at most). */
  sign(text: string, length?: number): string;
}

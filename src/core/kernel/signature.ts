// Whether what somebody presents is the signature that it should be.
import type { Secrets } from "../ports/secrets.ts";

/** Signatures of the two are compared, so that the time it takes tells nothing of how much was guessed. */
export const isSameSignature = ({ sign }: Pick<Secrets, "sign">, one: string, other: string): boolean =>
  sign(`compare:${one}`) === sign(`compare:${other}`);

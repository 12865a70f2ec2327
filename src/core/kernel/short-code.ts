// Short codes: how people name an entity in chat when its title is too long or not unique.
import type { Secrets } from "../ports/secrets.ts";

/** Letters and digits that are not mistaken for one another. */
export const codeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** Six characters, about 887 million of them; a unique key settles the rare clash. */
export const shortCode = (secrets: Pick<Secrets, "random">): string => secrets.random(6, codeAlphabet);

/** As a code is written, whatever the case and the spaces around it; undefined when it cannot be one. */
export function readShortCode(typed: string): string | undefined {
  const code = typed.trim().replace(/^#/, "").toUpperCase();
  return code.length === 6 && [...code].every((letter) => codeAlphabet.includes(letter)) ? code : undefined;
}

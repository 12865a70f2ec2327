// Short codes: how people name an entity in chat when its title is too long or not unique.
import { isConflict } from "../errors.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { AnyCollection, Row, Store, Where } from "../ports/store.ts";

/** Letters and digits that are not mistaken for one another. */
export const codeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** Six characters, about 887 million of them; a unique key settles the rare clash. */
export const shortCode = (secrets: Pick<Secrets, "random">): string => secrets.random(6, codeAlphabet);

/** As a code is written, whatever the case and the spaces around it; undefined when it cannot be one. */
export function readShortCode(typed: string): string | undefined {
  const code = typed.trim().replace(/^#/, "").toUpperCase();
  return code.length === 6 && [...code].every((letter) => codeAlphabet.includes(letter)) ? code : undefined;
}

const mostCodes = 20;

/** Writes with a new code, and with another where somebody has it. @throws what `write` throws besides. */
export async function withFreshCode<T>(
  of: AnyCollection,
  secrets: Pick<Secrets, "random">,
  write: (code: string) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await write(shortCode(secrets));
    } catch (error) {
      if (!isConflict(error) || error.detail.collection !== of.name || error.detail.key !== "code") throw error;
      if (tried === mostCodes) throw error;
    }
  }
}

/** Whether it is an id as `Secrets.id` makes them. */
export const isId = (text: string): boolean => /^[0-9a-z]{26}$/.test(text);

/** Of a collection whose rows have a unique `code`; undefined where it is neither, or there is none. */
export async function byIdOrCode<C extends AnyCollection>(
  store: Pick<Store, "get" | "getBy">,
  of: C,
  named: string,
): Promise<Row<C> | undefined> {
  if (isId(named)) return store.get(of, named);
  const code = readShortCode(named);
  return code ? store.getBy(of, { code } as unknown as Where<C>) : undefined;
}

// What an app calls the commands that our sentences name.
import type { Language } from "../text.ts";

/** A command as a sentence of ours names it: `/event create Eigenvalues tomorrow 6pm`. */
export interface NamedCommand {
  readonly area: string;
  /** "create"; absent where the area is the whole command. */
  readonly sub?: string;
  /** The area has other commands too. */
  readonly shared: boolean;
  /** What stands behind it, as it is typed. */
  readonly words: string;
  /** The same by options, the main one first; a choice has a name in each language. */
  given(): readonly { readonly option: string; readonly value: string; readonly isChoice: boolean }[];
}

/** What commands are called on an app; as they are typed on one that has none of these. `menu` is the language of its menus as the reader has them. */
export interface Naming {
  command(named: NamedCommand, menu: Language): string;
  /** How an option is named where help explains it; "when:" or, for the main one, "<what>" when absent. */
  option?(name: string, menu: Language): string;
}

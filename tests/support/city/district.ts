// What the three apps of a city have in common: places, people with hands and eyes, and a server that knows all that was shown.
import type { Platform } from "../../../src/core/ports/platform.ts";
import type { HouseParts } from "../running-house.ts";

/** A channel or group where many meet. */
export interface Square {
  readonly platform: string;
  readonly id: string;
}

export interface Seen {
  readonly id: string;
  readonly text: string;
  readonly buttons: readonly string[];
  readonly edits: number;
  /** As it came over the wire. */
  readonly wire: unknown;
}

export interface OpenForm {
  readonly title: string;
  /** The names of what is asked for. */
  readonly fields: readonly string[];
}

export type Fields = Readonly<Record<string, string | number>>;

/** What somebody can do in their app, and see. Without `where` it is between PeerSpark and them alone. */
export interface Hand {
  readonly name: string;
  readonly userId: string;
  /** Gives a command as the app offers it: options of a slash command, or words in a line. */
  asks(path: string, fields: Fields, where?: Square): Promise<void>;
  /** Writes a message, to PeerSpark by name where others read it too. */
  says(text: string, where?: Square): Promise<void>;
  /** The newest button of that label. Answers what flashed up and is kept nowhere. @throws Error where there is none. */
  presses(label: string, where?: Square): Promise<string>;
  /** Sends a press that no button of theirs makes: the data of `button` under `under`, which is before them. */
  forges(button: { readonly data: string }, under: Seen, where: Square): Promise<string>;
  form(): OpenForm | undefined;
  fills(answers: Readonly<Record<string, string>>): Promise<void>;
  /** What is shown to everybody there, or to them alone, wherever; oldest first. */
  sees(where?: Square): readonly Seen[];
}

export interface NewPerson {
  readonly language?: "en" | "de";
  /** As far as the app tells it. */
  readonly zone?: string;
}

export interface NewSquare {
  readonly title: string;
  /** The first administers it. */
  readonly people: readonly Hand[];
  readonly language?: "en" | "de";
  /** PeerSpark is brought in by the first, and is told so; it is there already when absent. */
  readonly arrives?: boolean;
  /** PeerSpark hears all that is said there, which on Telegram takes an administrator. */
  readonly hears?: boolean;
}

/** Something the app showed: to everybody in a place, or to one person. */
export interface Shown {
  readonly where: string;
  readonly text: string;
}

export interface District {
  readonly name: string;
  platform(parts: HouseParts): Platform;
  person(name: string, options?: NewPerson): Hand;
  square(options: NewSquare): Square;
  /** What everybody sees there, oldest first. */
  seenIn(square: Square): readonly Seen[];
  /** What the button of a message carries, as the app hands it back. */
  dataOf(message: Seen, label: string): string;
  /** That data as a button of the app would carry it. */
  carrying(data: string): string;
  /** What was done last comes to the house again, in every way that the app has of doing that. */
  again(): Promise<void>;
  /** Resolves when what people did has reached the house, as far as the app knows. */
  drained(): Promise<void>;
  /** Of the house's calls to the app. */
  calls(): number;
  everything(): readonly Shown[];
  /** What must be in no log. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

/** `name:"Lin Alg"`, after the command's words. */
export const inWords = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}:"${value}"`)
    .join(" ");

export function newestWith(label: string, messages: readonly Seen[]): Seen {
  const found = messages.findLast(({ buttons }) => buttons.includes(label));
  if (!found) throw new Error(`no button “${label}” among: ${messages.flatMap(({ buttons }) => buttons).join(", ")}`);
  return found;
}

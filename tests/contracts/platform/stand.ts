// What the platform's contract stands on: a platform connected to people whose screens can be read.
import { setImmediate } from "node:timers/promises";
import type { Account, Address, Fitted, Platform, Update } from "../../../src/core/ports/platform.ts";
import type { Inline } from "../../../src/core/text.ts";

/** A message as it stands on somebody's screen. */
export interface Seen {
  readonly text: string;
  /** Runs of text that are marked as bold, italic, code, a quote or a link to elsewhere. */
  readonly marked: readonly string[];
  /** Text that calls somebody or steers the screen: mentions, escape sequences. */
  readonly mentions: readonly string[];
  /** Text that is a command when it is pressed. */
  readonly commands: readonly string[];
  /** Labels, row after row. */
  readonly buttons: readonly string[];
  readonly edits: number;
}

/** A form as it stands open before somebody. */
export interface SeenForm {
  readonly title: string;
  readonly fields: readonly {
    readonly label: string;
    readonly value: string;
    readonly required: boolean;
    readonly options: readonly string[];
    /** Why the last answer was no good. */
    readonly problem?: string;
  }[];
}

export interface Somebody {
  readonly account: Account;
  /** Where they read direct messages. */
  readonly home: Address;
  /** Says a line to PeerSpark: in private, or in a club. */
  says(text: string, where?: Club): Promise<unknown>;
  /** Presses the newest button with this label; answers the passing notice, where the platform has one. */
  presses(label: string, where?: Club): Promise<string | undefined>;
  /** Picks the newest select's option with this label. Only where there are selects. */
  picks(label: string, where?: Club): Promise<unknown>;
  /** The form that is open before them. Only where there are forms. */
  form(): Promise<SeenForm | undefined>;
  /** Fills in the open form, by the fields' names, and sends it off. Only where there are forms. */
  fills(answers: Readonly<Record<string, string>>): Promise<unknown>;
  /** What PeerSpark shows them in private, oldest first. */
  sees(): Promise<readonly Seen[]>;
  /** No longer wants to be written to. */
  blocks(): Promise<void>;
}

/** A channel with several people. */
export interface Club {
  readonly address: Address;
  sees(): Promise<readonly Seen[]>;
}

export interface PlatformStand {
  readonly platform: Platform;
  /** Connects it to an inbox. */
  start(receive: (update: Update) => Promise<unknown>): Promise<void>;
  person(name: string): Promise<Somebody>;
  club(options: { readonly members: readonly Somebody[]; readonly admin?: Somebody }): Promise<Club>;
  close(): Promise<void>;
}

export type PlatformTest = (title: string, body: (stand: PlatformStand) => Promise<void>) => void;

/** A view of one paragraph. */
export const paragraphOf = (stand: PlatformStand, text: Inline, more: Partial<Fitted> = {}): Fitted => ({
  reader: { language: "en", zone: "UTC", platform: stand.platform.name },
  audience: "caller",
  body: [{ paragraph: [text] }],
  fields: [],
  buttons: [],
  ...more,
});

/** For platforms without forms and selects; their tests are skipped there. */
export const withoutForms: Pick<Somebody, "picks" | "form" | "fills"> = {
  picks: () => Promise.reject(new Error("there are no selects")),
  form: () => Promise.reject(new Error("there are no forms")),
  fills: () => Promise.reject(new Error("there are no forms")),
};

export const pressed = (label: string, data = "go") => ({ label, data, style: "plain" }) as const;

/** Resolves as soon as it holds, while the network goes on. @throws Error after 5 s. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 5_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never held: ${holds}`);
    await setImmediate();
  }
}

export const last = (seen: readonly Seen[]): Seen | undefined => seen.at(-1);
export const textsOf = (seen: readonly Seen[]): string[] => seen.map(({ text }) => text);

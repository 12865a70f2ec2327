// What the platform's contract stands on: a platform connected to people whose screens can be read.
import { setImmediate } from "node:timers/promises";
import type { Account, Address, Fitted, MessageRef, Platform, Update } from "../../../src/core/ports/platform.ts";
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

/** A person's message as PeerSpark has posted it in their name. */
export interface SeenPost extends Pick<Seen, "marked" | "mentions"> {
  /** As `MessageRef.message` names it. */
  readonly message: string;
  /** The name it stands under, with where it comes from: a name of its own, or the first line of the text. */
  readonly author: string;
  /** All the rest. Marks and mentions that PeerSpark itself makes of the author and the quote are in no list. */
  readonly text: string;
  /** The message that it leads to, by a reply, a thread or a link. */
  readonly repliesTo?: string;
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
}

export interface Somebody {
  readonly account: Account;
  /** Where they read direct messages. */
  readonly home: Address;
  /** Says a line to PeerSpark: in private, or in a club. */
  says(text: string, where?: Club): Promise<unknown>;
  /** Says a line in which every \0 is the app's own mention of somebody. Only where there are mentions. */
  names(whom: Somebody, line: string, where?: Club): Promise<unknown>;
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
  /** Writes to the others in a club, as people do. Only where people's messages are carried, as the next three. */
  writes(club: Club, message: Written): Promise<MessageRef>;
  /** Changes the text of a message of theirs. */
  rewrites(message: MessageRef, text: string): Promise<unknown>;
  /** Deletes a message of theirs. */
  erases(message: MessageRef): Promise<unknown>;
  /** Reacts to a message, or takes it back. */
  reacts(message: MessageRef, emoji: string, on: boolean): Promise<unknown>;
  /** No longer wants to be written to. */
  blocks(): Promise<void>;
}

export interface Written {
  readonly text: string;
  readonly repliesTo?: MessageRef;
  readonly file?: { readonly name: string; readonly type: string; readonly content: Buffer };
}

/** A channel with several people. */
export interface Club {
  readonly address: Address;
  sees(): Promise<readonly Seen[]>;
  /** What PeerSpark has posted in people's names, oldest first. Only where people's messages are carried, as the next. */
  posts(): Promise<readonly SeenPost[]>;
  /** PeerSpark's own reactions to a message. */
  reactions(message: MessageRef): Promise<readonly string[]>;
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

const uncarried = () => Promise.reject(new Error("people's messages are not carried"));

/** For platforms that do not carry people's messages; the tests of it are skipped there. */
export const withoutTalk: Pick<Somebody, "writes" | "rewrites" | "erases" | "reacts"> = {
  writes: uncarried,
  rewrites: uncarried,
  erases: uncarried,
  reacts: uncarried,
};
export const withoutClubPosts: Pick<Club, "posts" | "reactions"> = { posts: uncarried, reactions: uncarried };

export const pressed = (label: string, data = "go") => ({ label, data, style: "plain" }) as const;

/** Resolves as soon as it holds, while the network goes on. @throws Error after 20 s. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never held: ${holds}`);
    await setImmediate();
  }
}

export const last = <T>(seen: readonly T[]): T | undefined => seen.at(-1);
export const textsOf = (seen: readonly Seen[]): string[] => seen.map(({ text }) => text);

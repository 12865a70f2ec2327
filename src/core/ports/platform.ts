// A chat app: what comes in from it as updates, and what can be sent to it.
import type { Reader, Rich } from "../text.ts";
import type { ButtonStyle, Call, Form, Live } from "../view.ts";

/** A person on one platform. `workspace` is "" where the platform has one world of users (Telegram, Discord, terminal). */
export interface Account {
  readonly platform: string;
  readonly workspace: string;
  readonly userId: string;
  readonly name: string;
  /** As the platform tells it: a BCP 47 tag. */
  readonly language?: string;
  /** IANA zone, where the platform tells it. */
  readonly zone?: string;
}

/** Where a message can be written: a channel, a thread in it, or a person's direct messages. */
export interface Address {
  readonly platform: string;
  readonly channel: string;
  readonly thread?: string;
}

export interface MessageRef extends Address {
  readonly message: string;
}

/** Where something was said. */
export interface Place extends Address {
  readonly kind: "direct" | "channel";
  readonly title?: string;
  /** The server, workspace or group it belongs to; absent in direct messages. */
  readonly space?: { readonly id: string; readonly title: string };
}

/** A button as it goes out: `data` fits the platform's id. */
export type FittedButton =
  | { readonly label: string; readonly data: string; readonly style: ButtonStyle }
  | { readonly label: string; readonly url: string };

/** A view cut to a platform's limits, worded for its reader. Renderers need decide nothing more than syntax. */
export interface Fitted {
  readonly reader: Reader;
  readonly audience: "caller" | "channel";
  readonly title?: Rich;
  readonly body: readonly FittedBlock[];
  readonly fields: readonly { readonly name: Rich; readonly value: Rich }[];
  readonly footer?: Rich;
  readonly buttons: readonly (readonly FittedButton[])[];
  /** Only where `capabilities.modals`. */
  readonly form?: Form;
  readonly live?: Live;
}
export type FittedBlock =
  | { readonly paragraph: Rich }
  | { readonly list: readonly Rich[]; readonly ordered: boolean }
  | { readonly quote: Rich }
  | { readonly code: string };

/** What a platform can do, as data; `fit` makes up for the rest. Lengths are UTF-16 units of shown text. */
export interface Capabilities {
  /** One message in all. */
  readonly text: number;
  readonly title: number;
  readonly fields: number;
  readonly fieldValue: number;
  readonly buttonLabel: number;
  readonly buttonsPerRow: number;
  readonly buttonRows: number;
  /** Bytes of a button's data. */
  readonly buttonData: number;
  /** Private answers inside a channel; without them they go to the direct messages. */
  readonly ephemeral: boolean;
  readonly modals: boolean;
  /** Whether a message can be edited after it was sent. */
  readonly edits: boolean;
  /** Whether a send with the same `key` twice is shown once. */
  readonly idempotentSend: boolean;
}

/** What somebody did. */
export type Deed =
  | {
      readonly kind: "text";
      readonly text: string /** Said to PeerSpark: a command, a mention, a direct message, an answer to its question. */;
      readonly addressed: boolean;
    }
  | { readonly kind: "press"; readonly data: string }
  | { readonly kind: "start"; readonly payload: string }
  | { readonly kind: "submit"; readonly call: Call }
  /** PeerSpark was put into the place, or thrown out of it (no answer is possible). */
  | { readonly kind: "joined" }
  | { readonly kind: "left" }
  /** The place got another id; what was bound to it goes on there. */
  | { readonly kind: "moved"; readonly to: string };

export interface Update {
  /** The platform's own id of this update, unique within the platform: what it is deduplicated by. */
  readonly id: string;
  /** Updates with the same one are handled one after the other. */
  readonly conversation: string;
  /** Absent for what nobody did (the place moved). */
  readonly account?: Account;
  readonly place: Place;
  readonly deed: Deed;
  readonly reply: Reply;
}

/** How to answer one update, within the platform's deadline whatever the action takes. */
export interface Reply {
  /**
   * Shows a view where it belongs: `caller` views to the caller alone (ephemeral or direct), others in the place.
   * @throws AppError `unavailable` with detail.reason "blocked" or "unreachable" when the caller cannot be written to in private.
   */
  show(view: Fitted): Promise<MessageRef | undefined>;
  /**
   * Replaces the message whose button was pressed; where that is impossible, shows it anew. A view for the caller alone
   * never replaces a message outside a direct chat, since others see that one and a press can be forged: it is shown.
   */
  replace(view: Fitted): Promise<MessageRef | undefined>;
  /** A short word to the caller alone, on top of what is shown (an alert on a button press). */
  notice(text: string): Promise<void>;
  /** The message whose button was pressed. */
  readonly source?: MessageRef;
}

export interface Inbox {
  /** Resolves when the update is handled; never rejects. */
  receive(update: Update): Promise<void>;
}

/** The commands of the house, for platforms that show them to people: path "event create", a summary by language. */
export interface CommandEntry {
  readonly path: string;
  readonly summary: (reader: Reader) => string;
}

/** An HTTP route a platform is delivered through. It verifies its caller itself. */
export interface Webhook {
  /** Such as `/telegram/<secret>`; POST. */
  readonly path: string;
  receive(request: {
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: Buffer;
  }): Promise<{ readonly status: number; readonly body?: string }>;
}

export interface Platform {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Empty where updates come by a connection of the platform's own. */
  readonly webhooks: readonly Webhook[];
  /** Connects and receives until `stop`. @throws AppError with a sentence that names the remedy (a wrong token). */
  start(inbox: Inbox, commands: readonly CommandEntry[]): Promise<void>;
  /**
   * Writes a message. `key` names it for platforms that can send once only. "gone" is for good; "closed" means that the
   * place is there but may not be written to for now (a closed topic, a right that was taken away).
   * @throws AppError `unavailable` (detail.reason "blocked" | "unreachable" | "gone" | "closed", or detail.unknown after a time-out), `rate_limited` (detail.retryAfter in ms).
   */
  send(to: Address, view: Fitted, key?: string): Promise<MessageRef>;
  /** Edits in place; an edit that changes nothing succeeds. @throws like `send`; reason "gone" when the message is no more. */
  edit(ref: MessageRef, view: Fitted): Promise<void>;
  /** A message that is gone already counts as removed. */
  remove(ref: MessageRef): Promise<void>;
  /** Where this person reads direct messages. */
  direct(account: Account): Promise<Address>;
  /** Whether this person administers the place (a direct chat is its person's own). A check that fails answers false. */
  administers(account: Account, place: Place): Promise<boolean>;
  /** A link that opens PeerSpark in private and hands it `payload` (at most 64 characters of A-Za-z0-9_-). */
  openPrivately(payload: string): string | undefined;
  stop(withinMs: number): Promise<void>;
}

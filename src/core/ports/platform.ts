// A chat app: what comes in from it as updates, and what can be sent to it.
import type { AppError } from "../errors.ts";
import type { Reader, Rich, Sentence } from "../text.ts";
import type { ButtonStyle, Call, Live } from "../view.ts";
import type { Capabilities } from "./capabilities.ts";
import type { Naming } from "./naming.ts";

export type { Capabilities, Costs } from "./capabilities.ts";

/** A person on one platform. `workspace` is "" where the platform has one world of users (Telegram, Discord, terminal). */
export interface Account {
  readonly platform: string;
  readonly workspace: string;
  readonly userId: string;
  readonly name: string;
  /** Where the app has usernames that mentions are made of: theirs, for as long as they keep it. In any case. */
  readonly handle?: string;
  /** As the platform tells it: a BCP 47 tag. */
  readonly language?: string;
  /** IANA zone, where the platform tells it. */
  readonly zone?: string;
}

/** Somebody whom words name by the app's own mention: whose name it is need not be guessed. */
export interface Named {
  /** As the words have it: "@Grace Hopper". */
  readonly as: string;
  /** By their username alone, where the app tells no more. */
  readonly account: Account | ByHandle;
  readonly bot?: true;
}
export type ByHandle = Required<Pick<Account, "platform" | "handle">>;

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
  /** The server, workspace or group it belongs to; absent in direct messages, but for "joined". */
  readonly space?: { readonly id: string; readonly title: string };
}

/** What there is to administer about a place: itself (when absent), or the whole server, workspace or group around it. */
export type Extent = "place" | "space";

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
  /** Only where `capabilities.selectOptions`. */
  readonly select?: FittedSelect;
  /** Only where `capabilities.formFields`. */
  readonly form?: FittedForm;
  readonly live?: Live;
}
export interface FittedSelect {
  readonly placeholder: string;
  readonly options: readonly { readonly label: string; readonly data: string }[];
}
/** Questions that open as a form of the platform's own. One that can't be opened (nobody pressed, or too long ago) is offered by a button. */
export interface FittedForm {
  readonly title: string;
  /** What comes back with the answers; as a button's it calls for the form again. */
  readonly data: string;
  readonly fields: readonly FittedField[];
}
export interface FittedField {
  readonly name: string;
  readonly label: string;
  /** What helps to answer, such as an example. */
  readonly hint?: string;
  readonly kind: "text" | "integer" | "boolean" | "choice";
  readonly required: boolean;
  /** Empty where anything may be written. */
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly maxLength?: number;
  /** What was answered before. */
  readonly value?: string;
  /** Why that could not be used. */
  readonly problem?: string;
}
export type FittedBlock =
  | { readonly paragraph: Rich }
  | { readonly list: readonly Rich[]; readonly ordered: boolean }
  | { readonly quote: Rich }
  | { readonly code: string };

/** What somebody did. */
export type Deed =
  | {
      readonly kind: "text";
      readonly text: string;
      /** Said to PeerSpark: a command, a mention, a direct message. */
      readonly addressed: boolean;
      /** A command that doesn't say whose it is, where other bots may be: what PeerSpark doesn't know is none of its business. */
      readonly unnamed?: true;
      /**
       * The message itself, for carrying it to the other channels of a pod; absent in direct messages, and where PeerSpark
       * is called by a command or by name. A reply to one of PeerSpark's messages is talk.
       */
      readonly talk?: Talk;
    }
  | { readonly kind: "edited"; readonly talk: Talk }
  | { readonly kind: "deleted"; readonly message: MessageRef }
  /** `emoji` is one in Unicode; `on` false: taken back. */
  | { readonly kind: "reacted"; readonly message: MessageRef; readonly emoji: string; readonly on: boolean }
  /** All reactions to it were taken away at once, or all with this emoji. */
  | { readonly kind: "cleared"; readonly message: MessageRef; readonly emoji?: string }
  | { readonly kind: "press"; readonly data: string }
  | { readonly kind: "start"; readonly payload: string }
  /** A command of the platform's own, whose options are fields of the action. */
  | {
      readonly kind: "command";
      readonly call: Call;
      /** Chosen on somebody's message: the shortcut's field is that message's text, of any length. */
      readonly shortcut?: true;
    }
  /** A form was filled in: its `data`, and what was answered by field. */
  | { readonly kind: "submit"; readonly data: string; readonly answers: Readonly<Record<string, string>> }
  /** PeerSpark was put into the place (in direct messages: by this person into the space that is named), or thrown out of it (no answer is possible). `language` is the place's (BCP 47). */
  | { readonly kind: "joined"; readonly language?: string }
  | { readonly kind: "left" }
  /** The place got another id; what was bound to it goes on there. `behind`: its messages stay under the old one, and can't be changed there. */
  | { readonly kind: "moved"; readonly to: string; readonly behind?: true };

/** A message of a person's: plain text, with mentions written out as names. */
export interface Talk {
  readonly message: MessageRef;
  readonly text: string;
  readonly repliesTo?: MessageRef;
  /** The text of what it replies to, where the platform tells it. */
  readonly quote?: string;
  readonly files: readonly TalkFile[];
  /** The address of the author's picture, where everybody may load it. */
  readonly avatar?: string;
}
/** A file as it came; `source` is what the platform's `download` takes. */
export interface TalkFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly source: string;
}

/** A person's message from another channel, posted in their name; in one message of the platform's. */
export interface Post {
  /** At most 80 characters. */
  readonly author: string;
  /** The app it was written in, as people know it: "Telegram". */
  readonly from: string;
  readonly avatar?: string;
  /** Within `capabilities.text`, as the platform counts it; "" where there is only a file. */
  readonly text: string;
  /** On this platform; where what it replies to is not here, `quote` says it in at most 80 characters. */
  readonly repliesTo?: MessageRef;
  readonly quote?: string;
  /** One at most; the text beside it is of at most 900 characters. */
  readonly files: readonly { readonly name: string; readonly type: string; readonly content: Buffer }[];
}

/** An event as a space's own calendar lists it. Instants in epoch ms. */
export interface Listing {
  readonly title: string;
  readonly description: string;
  readonly start: number;
  readonly end: number;
  readonly where: string;
}

export interface Update {
  /** The platform's own id of this update, unique within the platform: what it is deduplicated by. */
  readonly id: string;
  /** The platform brings it once: what changes nothing need not be remembered beyond this process. */
  readonly once?: true;
  /** Updates with the same one are handled one after the other. */
  readonly conversation: string;
  /** Absent for what nobody did (the place moved). */
  readonly account?: Account;
  readonly place: Place;
  readonly deed: Deed;
  /** Whom a text, a command's options or a form's answers mention. */
  readonly named?: readonly Named[];
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
  /**
   * A short word to the caller alone, on top of what is shown (an alert on a button press). Where that is a message,
   * `view` says the same in the app's own form, its times above all; it is given to platforms with `ephemeral`.
   * @param refusal it says why not: to be read to its end.
   */
  notice(text: string, view?: Fitted, refusal?: boolean): Promise<void>;
  /** The message whose button was pressed. */
  readonly source?: MessageRef;
}

export interface Inbox {
  /** Resolves when the update is handled; never rejects. */
  receive(update: Update): Promise<void>;
  /** A few answers that fit what is being typed into an option, likeliest first; none after a failure. */
  suggest(typing: Typing): Promise<readonly { readonly value: string; readonly label: string }[]>;
  /** Where a platform that can ask for it makes up for what was written while nobody heard. @throws AppError when the store is away. */
  bridged(platform: string, spaces: readonly string[]): Promise<readonly Bridged[]>;
}

/** A place that people's words are carried from; consent was given at `since` (epoch ms). */
export type Bridged = Address & { readonly space: string; readonly since: number };

/** Somebody is filling in an option of a command. */
export interface Typing {
  readonly account: Account;
  readonly place: Place;
  readonly action: string;
  readonly field: string;
  readonly typed: string;
}

type Worded = (reader: Reader) => string;

/** A command of the house, for platforms that show it to people. */
export interface CommandEntry {
  /** What is typed: "event create". */
  readonly path: string;
  readonly action: string;
  readonly summary: Worded;
  /** Of use to who manages the space alone. */
  readonly managers?: true;
  /** What may be given with it; the main one first. */
  readonly fields: readonly CommandField[];
  /** Offered on people's messages: the message's text becomes this field. */
  readonly shortcut?: { readonly label: Worded; readonly field: string };
}
export interface CommandField {
  readonly name: string;
  readonly about: Worded;
  readonly kind: "text" | "integer" | "boolean" | "choice";
  readonly required: boolean;
  readonly choices: readonly string[];
  readonly maxLength?: number;
  /** Of an integer. */
  readonly least?: number;
  readonly most?: number;
  /** Names an entity: `Inbox.suggest` knows which there are. */
  readonly suggests: boolean;
}

/** An HTTP route a platform is delivered through. It verifies its caller itself. */
export interface Webhook {
  /** Such as `/telegram/<secret>`. */
  readonly path: string;
  /** POST when absent. */
  readonly method?: "GET" | "POST";
  receive(request: {
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly query: URLSearchParams;
    readonly body: Buffer;
  }): Promise<{
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  }>;
}

/** What an examination found; `remedy` says what to do where it is not well. */
export interface Finding {
  readonly state: "well" | "warning" | "broken";
  readonly what: string;
  readonly remedy?: string;
}

/**
 * What became of a connection that `start` made: cut, which the platform mends by itself; back; or ended for good, and `start`
 * may be called again where the error is one that passes.
 */
export type LineState = "down" | "up" | { readonly ended: AppError };

export interface Platform {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly naming?: Naming;
  /** Whether `start` opens a connection by which updates come. */
  readonly connects: boolean;
  /** What is served for it: updates where they come by no connection, and pages of its own. */
  readonly webhooks: readonly Webhook[];
  /**
   * Connects and receives until `stop`; `told` hears what becomes of the connection afterwards, where there is one.
   * @throws AppError with a sentence that names the remedy (a wrong token).
   */
  start(inbox: Inbox, commands: readonly CommandEntry[], told?: (state: LineState) => void): Promise<void>;
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
  /**
   * Whether this person administers the place (a direct chat is its person's own), or all of the space it is in, which who
   * administers a channel alone does not. @throws AppError `unavailable` when the platform does not say.
   */
  administers(account: Account, place: Place, extent?: Extent): Promise<boolean>;
  /**
   * What keeps PeerSpark from writing in the place, as a sentence that says what to do about it; undefined where it may write.
   * @throws AppError `unavailable` when the platform does not say.
   */
  obstacle(to: Address): Promise<Sentence | undefined>;
  /**
   * Posts a person's message in their name, as far as the platform can show it. `key` as in `send`.
   * @throws AppError like `send`; `unsupported` where people's messages are not carried.
   */
  post(to: Address, post: Post, key?: string): Promise<MessageRef>;
  /** The post as it reads now; its files stay. @throws like `post`. */
  repost(ref: MessageRef, post: Post): Promise<void>;
  /** Sets or takes back PeerSpark's own reaction. @throws AppError `unsupported` for an emoji the platform does not take. */
  react(ref: MessageRef, emoji: string, on: boolean): Promise<void>;
  /** Piece by piece. @throws AppError `unavailable` when it is gone or larger than `most` bytes, which may only show in the middle. */
  download(file: TalkFile, most: number): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Lists an event in the space's own calendar, or changes the listing `id`; answers its id.
   * @throws AppError `unsupported` without `capabilities.calendar`, `unavailable` with reason "closed" where the right to is
   * missing, "full" where the calendar takes no more, "gone" where the listing or the space is no more.
   */
  list(space: string, listing: Listing, id?: string): Promise<string>;
  /** A listing that is gone already counts as removed. */
  unlist(space: string, id: string): Promise<void>;
  /** Whether token, scopes, intents and the rights in these places are as they should be. Sends nothing. */
  examine(places: readonly Address[]): Promise<readonly Finding[]>;
  /** A link that opens PeerSpark in private and hands it `payload` (at most 64 characters of A-Za-z0-9_-). */
  openPrivately(payload: string): string | undefined;
  stop(withinMs: number): Promise<void>;
}

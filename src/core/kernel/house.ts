// The types of the road: what a feature declares, the house they make, and what everything that runs is handed.
// They know each other in a ring (an action is handed the house it is part of), so they stand in one file.
import type { z } from "zod";
import type { Clock } from "../ports/clock.ts";
import type { Files } from "../ports/files.ts";
import type { Log } from "../ports/log.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { Messenger } from "../ports/messenger.ts";
import type { Account, Named, Place } from "../ports/platform.ts";
import type { Pusher } from "../ports/pusher.ts";
import type { JobRequest, Queue } from "../ports/queue.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { AnyCollection, Change, Row, Store } from "../ports/store.ts";
import type { Language, Reader, Sentence, Text } from "../text.ts";
import type { View } from "../view.ts";

/** The member who acts. */
export interface Actor {
  readonly id: string;
  readonly displayName: string;
  readonly language: Language;
  readonly timezone: string;
  /** Who told it; absent where nobody has. */
  readonly zoneFrom?: string | undefined;
  readonly role: "member" | "moderator" | "admin";
}

/** What everything that runs is handed. */
export interface Context {
  readonly store: Store;
  readonly files: Files;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly messenger: Messenger;
  /** Absent where no mail is sent. */
  readonly mailer?: Mailer;
  /** Absent where no push messages are sent. */
  readonly pusher?: Pusher;
  readonly log: Log;
  readonly correlation: string;
  readonly house: House;
  /** Where the internet reaches this service, without a slash at its end; absent where it doesn't. */
  readonly publicUrl?: string;
  /** Runs the work when all earlier work with the same key, in this process, is over. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** What an action is handed besides. */
export interface ActionContext extends Context {
  readonly actor: Actor;
  readonly reader: Reader;
  /** The conversation it was called in; absent over HTTP. */
  readonly place?: Place;
  /** The account it was called with; absent over HTTP. */
  readonly account?: Account;
}

/** How people name an entity: by id, short code or title. */
export interface Reference<E> {
  /** @throws AppError `not_found` when there is none that this member may see. */
  find(ctx: ActionContext, named: string): Promise<E>;
  /** A few that fit what is typed so far, likeliest first. */
  suggest(ctx: ActionContext, typed: string): Promise<readonly { readonly value: string; readonly label: string }[]>;
  /** It takes other words too (a code, say): what is suggested is not all there is to pick from. */
  readonly open?: true;
  /** Said in the place of the question where there is nothing to suggest, and so nothing to answer. */
  readonly none?: Sentence;
  /**
   * Of people: what names exactly whom a mention means, also later and elsewhere. Who is new to PeerSpark becomes a member.
   * @throws AppError `conflict` when one name means several of these, `invalid` when it means a bot, `not_found` for a
   * username that PeerSpark has not heard of.
   */
  mentioned?(ctx: Context, meant: readonly Named[]): Promise<string>;
}

/** One field of an action's input, read off its schema. */
export interface InputField {
  readonly name: string;
  /** Absent for what only buttons fill in; such a field is no part of /help. */
  readonly ask?: Sentence;
  /** The same where other questions stand beside it; as `ask` when absent. */
  readonly askBeside?: Sentence;
  readonly required: boolean;
  readonly kind: "text" | "integer" | "boolean" | "choice";
  readonly choices: readonly string[];
  readonly maxLength?: number;
  /** Of an integer. */
  readonly least?: number;
  readonly most?: number;
  readonly reference?: Reference<unknown>;
  /** What else people say for each choice, in any language, in small letters. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

/** Checked before `run`, after references are resolved. Refuses by throwing AppError `forbidden`; any failure refuses. */
export interface Policy<I = unknown> {
  /** Who manages the space passes: an app that can shows such a command to them alone. */
  readonly managers?: true;
  check(ctx: ActionContext, input: I): void | Promise<void>;
}

interface Declared<S extends z.ZodObject, O> {
  /** `noun.verb`, the same on every wire. */
  readonly name: `${string}.${string}`;
  /** On top of its form: at most 24 characters, which is what Slack shows. The summary when absent. */
  readonly title?: Sentence;
  /** Whole commands to copy, shown by /help: named as in sentences, and behind that what people write in each language. */
  readonly examples?: Readonly<Record<Language, readonly string[]>>;
  /** Every member; or those whom a policy lets, where that depends on where it is called rather than on what is given. */
  readonly who: "member" | Policy<z.output<S>>;
  /** New fields go behind the others and none is taken out: buttons that are posted carry their values in this order. */
  readonly input: S;
  /** The field that takes what stands free in a typed command: the first when absent, none when false. */
  readonly main?: (keyof z.output<S> & string) | false;
  /** Offered on people's messages where the platform can: the message's text becomes `field`. */
  readonly shortcut?: {
    /** At most 24 characters, which is what Slack shows. */
    readonly label: Sentence;
    readonly field: keyof z.output<S> & string;
    /** What is asked for then, whatever the text says: another field, or the same one to go over it. */
    readonly asks: keyof z.output<S> & string;
  };
  /** What no answer would mend, as an outcome: looked at before the first question. Undefined where there is nothing. */
  before?(ctx: ActionContext, known: Partial<z.output<S>>): Promise<O | undefined>;
  run(ctx: ActionContext, input: z.output<S>): Promise<O>;
  view(outcome: O, reader: Reader): View;
}

/** What nobody can type needs no summary. */
export type ActionDeclaration<S extends z.ZodObject, O> = Declared<S, O> &
  ({ readonly command?: string; readonly summary: Sentence } | { readonly command: false });

export interface Action<S extends z.ZodObject = z.ZodObject, O = unknown> extends Declared<S, O> {
  /** What a person writes, without the slash: the name with a space when absent; false: reached by buttons only. */
  readonly command?: string | false;
  readonly summary?: Sentence;
  readonly fields: readonly InputField[];
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds actions of every input and outcome.
export type AnyAction = Action<any, any>;

export interface Fact<S extends z.ZodObject = z.ZodObject> {
  /** `noun.past-tense`. */
  readonly name: string;
  readonly payload: S;
  /** A step of a commit that states it. */
  (ctx: Pick<Context, "secrets" | "clock" | "correlation">, payload: z.input<S>): Change;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds facts of every payload.
export type AnyFact = Fact<any>;

/** A fact that says which entity it is about; without that it would change every card of its kind. */
export type FactOfSubject = AnyFact & { readonly payload: z.ZodObject<{ subject: z.ZodString }> };

/** Runs at least once for each statement of the fact, so it must do no harm twice. */
export interface Listener {
  /** Unique in the house; part of the key of its job. */
  readonly name: string;
  readonly fact: string;
  hear(ctx: Context, payload: never, factId: string): Promise<void>;
}

export interface JobDeclaration<S extends z.ZodObject> {
  readonly name: `${string}.${string}`;
  readonly input: S;
  /** Waits between tries in ms; after the last the job goes to the dead letters. */
  readonly retry?: readonly number[];
  /** Runs it again and again by itself, this many ms apart. */
  readonly every?: number;
  /** Called when it goes to the dead letters, right before; it may be called twice. */
  givenUp?(ctx: Context, input: z.output<S>): Promise<void>;
  /** Called when its dead letter is to have its turn again, right before; undoes `givenUp`. */
  replayed?(ctx: Context, input: z.output<S>): Promise<void>;
  run(ctx: Context, input: z.output<S>, turn: { readonly attempt: number; readonly runAt: number }): Promise<void>;
}

export interface Job<S extends z.ZodObject = z.ZodObject> extends JobDeclaration<S> {
  /** A request for a turn of it. */
  request(input: z.input<S>, options?: Pick<JobRequest, "key" | "runAt" | "priority" | "correlation">): JobRequest;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds jobs of every input.
export type AnyJob = Job<any>;

/** A view that stays current wherever it was posted. `load` answers undefined when there is nothing left to show. */
export interface Card<T extends { readonly rev: number } = { readonly rev: number }> {
  readonly name: string;
  /** `rev` goes up with everything the card shows. */
  load(ctx: Pick<Context, "store" | "clock">, id: string): Promise<T | undefined>;
  view(loaded: T, reader: Reader): View;
  /** Nothing changes it any more: its messages are edited a last time and then forgotten. Never when absent. */
  isOver?(loaded: T): boolean;
  /** What changes it; every one of these facts carries the entity's id under `subject`. */
  readonly changedBy: readonly FactOfSubject[];
}

/** What members turn on and off at once. A new one needs its line in notifications/groups.ts. */
export type NotificationGroup =
  | "social"
  | "mentions"
  | "messages"
  | "events"
  | "pods"
  | "accountability"
  | "progress"
  | "learning"
  | "always";

/** Whether it may be held back. */
export type Urgency =
  /** The member asked to be told at this moment: never held back, and outside the budget of a day. */
  | "asked"
  /** Never waits for a digest; breaks quiet hours when what it is about begins before they end. */
  | "soon"
  /** May wait for a digest. */
  | "plain";

/** What becomes of one that could not be brought in time. Where it is past (`pastAt`) it is left to the inbox whatever this is. */
export type LatePolicy =
  /** It comes all the same, and says that it is late. */
  | "tell"
  /** Only the newest about its subject comes. */
  | "newest"
  /** It is left to the inbox. */
  | "skip";

/** What there is to know of a kind of notification in order to hold it back, bring it and show it. */
export interface Telling<D extends Record<string, unknown> = Record<string, unknown>> {
  /** Names it in the rows of the inbox, which outlive a release: event_cancelled, pod_invite. */
  readonly type: string;
  /** The preference that turns it off; "always" cannot be turned off. */
  readonly group: NotificationGroup;
  readonly urgency: Urgency;
  readonly late: LatePolicy;
  /** What it is about, such as an event's id: many of one kind about one subject within minutes are told as one. */
  subject?(data: D): string;
  /** The pod it belongs to: where no direct message comes through, its channels say that there is news, and none of it. */
  podOf?(data: D): string | undefined;
  /** When it was to be told (epoch ms), where that is known: after an outage it may arise later. */
  plannedFor?(data: D): number;
  /** When what it is about begins (epoch ms). */
  startsAt?(data: D): number;
  /** From when on there is no point in telling it (epoch ms). */
  pastAt?(data: D): number | undefined;
  /** Whether it still holds for the member after it has waited; what does not is left to the inbox. Two reads at most. */
  stillTrue?(ctx: Pick<Context, "store" | "clock">, data: D, memberId: string): Promise<boolean>;
  /** @param now when it is told (epoch ms), which may be long after it arose; absent where it is listed as it was. */
  view(data: D, reader: Reader, now?: number): View;
  /** What the inbox says behind the title; without it the first paragraph of the view. */
  gist?(data: D, reader: Reader): Text;
  /** The title of many about one subject ("Ada and 4 others …"), given the newest and how many others there are. */
  many?(newest: D, others: number, reader: Reader): Text;
}

/** A kind of notification that a fact gives rise to: whom it tells, and what it says to its reader when it is shown. */
export interface NotificationKind<
  P extends z.ZodObject = z.ZodObject,
  D extends Record<string, unknown> = Record<string, unknown>,
> extends Telling<D> {
  readonly fact: Fact<P>;
  /** The members to tell and what is kept for the telling (plain JSON); undefined when there is nothing to say any more. */
  prepare(ctx: Context, payload: z.output<P>): Promise<Prepared<D> | undefined>;
}

export interface Prepared<D> {
  readonly to: readonly string[];
  readonly data: D;
  /** The member whose act it is: neither they nor anybody who has blocked them is told. */
  readonly by?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds tellings of every data.
export type AnyTelling = Telling<any>;
// biome-ignore lint/suspicious/noExplicitAny: the registry holds notifications of every fact.
export type AnyNotificationKind = NotificationKind<any, any>;

/** What becomes of one collection's rows when two members turn out to be one. */
export interface MergeRule<C extends AnyCollection = AnyCollection> {
  readonly of: C;
  /** Both members have a row under the same unique key: settles it so that one is left, in one commit. */
  clash(ctx: Context, kept: Row<C>, merged: Row<C>): Promise<void>;
}

export interface Feature {
  readonly name: string;
  /** The heading of its part of /help; a feature without commands has none. */
  readonly title?: Sentence;
  readonly collections?: readonly AnyCollection[];
  readonly actions?: readonly AnyAction[];
  readonly jobs?: readonly AnyJob[];
  readonly facts?: readonly AnyFact[];
  readonly listeners?: readonly Listener[];
  // biome-ignore lint/suspicious/noExplicitAny: the registry holds cards of every entity.
  readonly cards?: readonly Card<any>[];
  readonly notifications?: readonly AnyNotificationKind[];
  /** Kinds that no fact gives rise to: their rows are made by the feature itself. */
  readonly tellings?: readonly AnyTelling[];
  // biome-ignore lint/suspicious/noExplicitAny: the registry holds rules of every collection.
  readonly merges?: readonly MergeRule<any>[];
}

/** Everything PeerSpark can do, by name. */
export interface House {
  readonly features: readonly Feature[];
  readonly collections: readonly AnyCollection[];
  readonly actions: ReadonlyMap<string, AnyAction>;
  readonly jobs: ReadonlyMap<string, AnyJob>;
  /** By the fact they listen to. */
  readonly listeners: ReadonlyMap<string, readonly Listener[]>;
  readonly cards: ReadonlyMap<string, Card>;
  readonly notifications: ReadonlyMap<string, AnyTelling>;
  readonly merges: ReadonlyMap<string, MergeRule>;
}

// The chat edge on real drivers with a feature of notes, and a platform whose messages tests read and whose updates they make.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inboxOf } from "../../../src/adapters/chat/inbox.ts";
import { messengerOf } from "../../../src/adapters/chat/messenger.ts";
import { withoutCalendar, withoutPosts } from "../../../src/adapters/chat/unsupported.ts";
import type { Bounds } from "../../../src/adapters/spool/bounds.ts";
import { embeddedSpool } from "../../../src/adapters/spool/embedded.ts";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { watched } from "../../../src/adapters/store/watched.ts";
import { AppError } from "../../../src/core/errors.ts";
import { features } from "../../../src/core/features.ts";
import { houseOf } from "../../../src/core/kernel/feature.ts";
import { withOutbox } from "../../../src/core/kernel/outbox.ts";
import { inTurns } from "../../../src/core/kernel/serial.ts";
import type { Letter } from "../../../src/core/ports/mailer.ts";
import type {
  Capabilities,
  Deed,
  Fitted,
  FittedForm,
  Inbox,
  Named,
  Place,
  Platform,
  Reply,
  Typing,
  Update,
} from "../../../src/core/ports/platform.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import type { StoreState } from "../../../src/core/ports/store-watch.ts";
import { plain, type Text } from "../../../src/core/text.ts";
import { embeddedQueue, jobCollections } from "../../../src/jobs/drivers/embedded.ts";
import { testClock } from "../../support/clock.ts";
import { seededSecrets } from "../../support/secrets.ts";
import { type LogLine, recordingLog } from "../../support/world.ts";
import { type NotesControl, notesFeature } from "./notes.ts";

const plainTown: Capabilities = {
  text: 3900,
  title: 250,
  fields: 25,
  fieldValue: 1000,
  buttonLabel: 40,
  buttonsPerRow: 3,
  buttonRows: 30,
  buttonData: 64,
  ephemeral: false,
  selectOptions: 0,
  formFields: 0,
  costs: { characters: {}, marks: 0, times: 0 },
  edits: true,
  idempotentMs: 0,
  calendar: false,
  fileBytes: 0,
};

export interface ShownView {
  /** "direct ada", "channel club"; "notice ada" for passing words. */
  readonly where: string;
  readonly text: string;
  readonly buttons: readonly { readonly label: string; readonly data: string }[];
  /** What its links to a private chat carry. */
  readonly payloads?: readonly string[];
  readonly message?: string;
  readonly form?: FittedForm;
}

interface Said {
  /** A group; the person's direct chat when absent. */
  readonly in?: string;
  /** The platform's id of the update; a new one when absent. */
  readonly id?: string;
  /** Whether the platform brings it once only. */
  readonly once?: true;
  readonly language?: string;
  readonly addressed?: boolean;
  /** What the app calls them; their id when absent. */
  readonly called?: string;
  /** The username that the app knows them by. */
  readonly handle?: string;
  /** Whom the words mention. */
  readonly named?: readonly Named[];
  /** The message that is pressed. */
  readonly on?: ShownView;
}

export interface ChatEdge {
  readonly notes: NotesControl;
  readonly clock: ReturnType<typeof testClock>;
  readonly troubles: readonly LogLine[];
  readonly store: Store;
  /** The store under everything, which does not misbehave. */
  readonly raw: Store;
  /** People who cannot be written to in private, and channels where nothing can be written by itself. */
  readonly closed: Set<string>;
  /** Everything shown, oldest first. */
  readonly shown: readonly ShownView[];
  /** The mails that went out, as JSON. */
  readonly mailed: readonly string[];
  /** What is shown in answer. */
  says(who: string, text: string, said?: Said): Promise<readonly ShownView[]>;
  presses(who: string, data: string, said?: Said): Promise<readonly ShownView[]>;
  does(who: string, deed: Deed, said?: Said): Promise<readonly ShownView[]>;
  /** The data of the newest button with this label. */
  button(label: string): string;
  suggests(typing: Omit<Typing, "account" | "place"> & { who: string }): ReturnType<Inbox["suggest"]>;
  /** PeerSpark is put into the group, and nobody is named who did it. */
  joins(group: string, language?: string): Promise<readonly ShownView[]>;
  /** Has noted every update that is over. */
  noted(): Promise<void>;
  /** Updates that wait for the store. */
  kept(): Promise<number>;
  /** "no answer" while the store is away. */
  state(): StoreState | undefined;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface ChatEdgeOptions {
  readonly around?: (store: Store) => Store;
  /** Whether the platform has private answers inside a channel; without them they go to the direct chat. */
  readonly ephemeral?: boolean;
  /** How many questions a form of the platform's asks at once; there are none when absent. */
  readonly formFields?: number;
  /** Whether everybody administers every group; nobody does when absent. */
  readonly administering?: boolean;
  /** What comes in while the store is away is kept, within these bounds. */
  readonly spool?: Partial<Bounds>;
}

export async function chatEdge({
  around,
  ephemeral = false,
  formFields = 0,
  administering = false,
  spool,
}: ChatEdgeOptions = {}): Promise<ChatEdge> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-edge-"));
  const clock = testClock();
  const secrets = seededSecrets(clock);
  const troubles: LogLine[] = [];
  const log = recordingLog(troubles);
  const shown: ShownView[] = [];
  const closed = new Set<string>();
  const mailed: string[] = [];
  const { feature, control } = notesFeature();
  const house = houseOf([...features, feature]);
  let running = await start();
  let updates = 0;

  async function start() {
    const raw = await openSqlite({
      path: join(folder, "edge.db"),
      collections: [...house.collections, ...jobCollections],
    });
    const kept = spool && embeddedSpool({ path: join(folder, "waiting.db"), ...spool });
    const over = around?.(raw) ?? raw;
    const { store: driver, watch } = kept ? watched(over, { clock, log }) : { store: over };
    const queue = embeddedQueue({ store: driver, clock, secrets, log, pollMs: Number.POSITIVE_INFINITY });
    const store = withOutbox(driver, queue, house, () => undefined);
    const here = town(shown, closed, { ...plainTown, ephemeral, formFields });
    const platforms = new Map([["town", { ...here, administers: async () => administering }]]);
    const messenger = messengerOf({ house, store, secrets, clock }, platforms);
    const context = {
      store,
      files: undefined as never,
      queue,
      clock,
      secrets,
      messenger,
      log,
      house,
      publicUrl: "https://peerspark.example",
      mailer: {
        send: async (_to: string, { view }: Letter) => void mailed.push(JSON.stringify(view)),
        examine: async () => [],
        close: async () => undefined,
      },
      pusher: { publicKey: "", accepts: () => true, send: async () => undefined, close: async () => undefined },
      inTurn: inTurns(),
    };
    const inbox = inboxOf(context, platforms, kept && watch && { spool: kept, watch });
    await inbox.open();
    const close = async () => {
      watch?.stop();
      await kept?.close();
      await raw.close();
    };
    return { raw, store, queue, inbox, watch, close };
  }

  async function does(
    who: string,
    deed: Deed,
    { in: group, id, once, language, called, handle, named, on }: Said = {},
  ) {
    const from = shown.length;
    const place: Place = group
      ? { platform: "town", channel: group, kind: "channel", space: { id: group, title: group } }
      : { platform: "town", channel: who, kind: "direct" };
    const update: Update = {
      id: id ?? `u${++updates}`,
      once,
      conversation: place.channel,
      account: { platform: "town", workspace: "", userId: who, name: called ?? who, handle, language },
      place,
      deed,
      named,
      reply: replyTo(shown, closed, who, place, on),
    };
    await running.inbox.receive(update);
    return shown.slice(from);
  }

  async function stop(): Promise<void> {
    await running.queue.stop(100);
    await running.inbox.rest(0);
    await running.inbox.noted();
    await running.close();
  }

  return {
    notes: control,
    mailed,
    clock,
    troubles,
    shown,
    closed,
    get store() {
      return running.store;
    },
    get raw() {
      return running.raw;
    },
    does,
    says: (who, text, said) => does(who, { kind: "text", text, addressed: said?.addressed ?? true }, said),
    presses: (who, data, said) => does(who, { kind: "press", data }, said),
    button(label) {
      const found = shown.flatMap(({ buttons }) => buttons).findLast((button) => button.label === label);
      if (!found) throw new Error(`no button “${label}”`);
      return found.data;
    },
    suggests({ who, ...typing }) {
      const account = { platform: "town", workspace: "", userId: who, name: who };
      return running.inbox.suggest({ ...typing, account, place: { platform: "town", channel: who, kind: "direct" } });
    },
    async joins(group, language) {
      const from = shown.length;
      const place: Place = { platform: "town", channel: group, kind: "channel", space: { id: group, title: group } };
      const reply = replyTo(shown, closed, "", place);
      const deed: Deed = { kind: "joined", language };
      await running.inbox.receive({ id: `u${++updates}`, conversation: group, place, deed, reply });
      return shown.slice(from);
    },
    noted: () => running.inbox.noted(),
    kept: () => running.inbox.kept(),
    state: () => running.watch?.state(),
    async restart() {
      await stop();
      running = await start();
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const unreachable = () => new AppError("unavailable", "There is no way there.", { detail: { reason: "unreachable" } });

function replyTo(shown: ShownView[], closed: Set<string>, who: string, place: Place, on?: ShownView): Reply {
  const show = async (view: Fitted) => {
    const privately = view.audience === "caller" || place.kind === "direct";
    if (privately && closed.has(who)) throw unreachable();
    const { channel, message } = put(shown, privately ? `direct ${who}` : `channel ${place.channel}`, view);
    return { platform: "town", channel, message };
  };
  return {
    ...(on && { source: { platform: "town", channel: on.where.split(" ")[1]!, message: on.message! } }),
    show,
    replace: show,
    notice: async (text) => void shown.push({ where: `notice ${who}`, text, buttons: [] }),
  };
}

function put(shown: ShownView[], where: string, view: Fitted) {
  const worded = (text: Text) => plain(text, view.reader);
  const body = view.body.map((block) => {
    if ("paragraph" in block) return worded(block.paragraph);
    if ("quote" in block) return worded(block.quote);
    return "code" in block ? block.code : block.list.map(worded).join("\n");
  });
  const fields = view.fields.map(({ name, value }) => `${worded(name)}: ${worded(value)}`);
  const parts = [...(view.title ? [worded(view.title)] : []), ...body, ...fields];
  const buttons = view.buttons.flat().flatMap((button) => ("data" in button ? [button] : []));
  const payloads = view.buttons.flat().flatMap((button) => ("url" in button ? [button.url.split("?")[1]!] : []));
  const message = `${shown.length}`;
  const text = [...parts, ...(view.footer ? [worded(view.footer)] : [])].join("\n");
  shown.push({
    where,
    text,
    buttons,
    message,
    ...(view.form && { form: view.form }),
    ...(payloads.length && { payloads }),
  });
  return { channel: where.split(" ")[1]!, message };
}

const town = (shown: ShownView[], closed: Set<string>, capabilities: Capabilities): Platform => ({
  ...withoutPosts,
  ...withoutCalendar,
  obstacle: async () => undefined,
  examine: async () => [],
  name: "town",
  capabilities,
  connects: false,
  webhooks: [],
  start: async () => undefined,
  async send(to, view) {
    if (closed.has(to.channel)) throw unreachable();
    const { message } = put(shown, `channel ${to.channel}`, view);
    return { ...to, message };
  },
  edit: async () => undefined,
  remove: async () => undefined,
  direct: async ({ userId }) => ({ platform: "town", channel: userId }),
  administers: async () => false,
  openPrivately: (payload) => `https://town.example/?${payload}`,
  stop: async () => undefined,
});

export const textsOf = (shown: readonly ShownView[]): string[] => shown.map(({ text }) => text);

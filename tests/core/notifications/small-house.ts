// A house of some features on real drivers, with platforms that keep what is sent to them and fail as they are told.
import { withoutPosts } from "../../../src/adapters/chat/unsupported.ts";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { blocks } from "../../../src/core/blocks/block.ts";
import { AppError } from "../../../src/core/errors.ts";
import { houseOf } from "../../../src/core/kernel/feature.ts";
import type { ActionContext, Context, Feature } from "../../../src/core/kernel/house.ts";
import { withOutbox } from "../../../src/core/kernel/outbox.ts";
import { perform } from "../../../src/core/kernel/perform.ts";
import { inTurns } from "../../../src/core/kernel/serial.ts";
import { accounts, meet } from "../../../src/core/members/account.ts";
import { memberJoined, memberMoved, membersMerged } from "../../../src/core/members/facts.ts";
import { type Profile, profiles } from "../../../src/core/members/profile.ts";
import type { Messenger } from "../../../src/core/ports/messenger.ts";
import type { MessageRef } from "../../../src/core/ports/platform.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { plain, type Reader } from "../../../src/core/text.ts";
import type { Block, Call, View } from "../../../src/core/view.ts";
import { embeddedQueue, jobCollections } from "../../../src/jobs/drivers/embedded.ts";
import { worker } from "../../../src/jobs/work.ts";
import { testClock } from "../../support/clock.ts";
import { seededSecrets } from "../../support/secrets.ts";
import { type LogLine, recordingLog } from "./recording-log.ts";

export interface Sent {
  readonly channel: string;
  readonly text: string;
  readonly view: View;
  readonly key?: string;
}

export interface FakePlatform {
  readonly sent: Sent[];
  /** Whether a second message with the same key is not kept. */
  readonly idempotent: boolean;
  /** For how long (ms) that is relied upon. */
  readonly idempotentMs: number;
  /** Runs before a message is kept; what it throws is what the platform says. */
  before: (sent: Sent) => void | Promise<void>;
  /** Runs after a message was kept. */
  after: (sent: Sent) => void | Promise<void>;
}

export const fakePlatform = (
  idempotent = false,
  idempotentMs = idempotent ? Number.POSITIVE_INFINITY : 0,
): FakePlatform => ({
  sent: [],
  idempotent,
  idempotentMs,
  before: () => {},
  after: () => {},
});

async function take(platform: FakePlatform, sent: Sent): Promise<void> {
  await platform.before(sent);
  if (!(platform.idempotent && platform.sent.some(({ key }) => key === sent.key))) platform.sent.push(sent);
  await platform.after(sent);
}

/** Members without their actions. */
export const people: Feature = {
  name: "members",
  collections: [profiles, accounts, blocks],
  facts: [memberJoined, memberMoved, membersMerged],
};

export const refusal = (reason: string) => new AppError("unavailable", "refused", { detail: { reason } });

export async function smallHouse(
  features: readonly Feature[],
  options: {
    now?: string;
    platforms?: Record<string, FakePlatform>;
    around?: (store: Store) => Store;
    outlets?: Pick<Context, "mailer" | "pusher" | "publicUrl">;
  } = {},
) {
  const clock = testClock(options.now, { rounds: 40 });
  const secrets = seededSecrets(clock);
  const troubles: LogLine[] = [];
  const log = recordingLog(troubles);
  const house = houseOf(features);
  const raw = await openSqlite({ path: ":memory:", collections: [...house.collections, ...jobCollections] });
  const driver = options.around?.(raw) ?? raw;
  const queue = embeddedQueue({ store: driver, clock, secrets, log, pollMs: Number.POSITIVE_INFINITY });
  const store = withOutbox(driver, queue, house, (error) => log.warn({}, "left to the sweep", error));
  const platforms = new Map(Object.entries(options.platforms ?? { terminal: fakePlatform(true) }));
  const messenger = messengerOn(platforms);
  const base = {
    store,
    files: undefined as never,
    queue,
    clock,
    secrets,
    messenger,
    log,
    house,
    inTurn: inTurns(),
    ...options.outlets,
  };
  const context: Context = { ...base, correlation: "test" };

  const member = async (name: string, { zone = "UTC", language = "en", platform = "terminal" } = {}) => {
    const profile = await meet(context, { platform, workspace: "", userId: name, name, zone, language });
    return profile.id;
  };
  const actingAs = async (id: string): Promise<ActionContext> => {
    const actor = (await store.get(profiles, id)) as Profile;
    const reader: Reader = { language: actor.language, zone: actor.timezone, platform: "terminal" };
    return { ...context, actor: { ...actor, role: "member" }, reader };
  };
  return {
    clock,
    context,
    store,
    queue,
    house,
    troubles,
    member,
    platform: (name: string) => platforms.get(name)!,
    /** What the member is shown; a form as its first question, or what is wrong with the last answer. */
    async does(
      id: string,
      call: Call,
    ): Promise<View & { readonly asks?: string; readonly call?: Call; readonly text: string }> {
      const ctx = await actingAs(id);
      const performed = await perform(ctx, call);
      if (performed.kind === "done") return { ...performed.view, text: textOf(performed.view, ctx.reader) };
      const { fields, call: asked } = performed.form;
      const { problem, label, name } = fields[0]!;
      return { text: plain(problem ?? label(ctx.reader), ctx.reader), asks: name, call: asked };
    },
    actingAs,
    /** Runs jobs as they fall due until `stop`. */
    start: () => queue.start(worker(base)),
    async advance(ms: number) {
      await clock.advance(ms);
      await clock.settle();
    },
    async close() {
      await queue.stop(1000);
      await raw.close();
    },
  };
}
export type SmallHouse = Awaited<ReturnType<typeof smallHouse>>;

export function messengerOn(platforms: ReadonlyMap<string, FakePlatform>): Messenger {
  let number = 0;
  return {
    platforms: () => [...platforms.keys()],
    has: (name) => platforms.has(name),
    async send(to, view, reader, key): Promise<MessageRef> {
      await take(platforms.get(to.platform)!, { channel: to.channel, text: textOf(view, reader), view, key });
      return { ...to, message: `${++number}` };
    },
    edit: async () => {},
    ...withoutPosts,
    remove: async () => {},
    download: () => Promise.reject(new Error("nothing to download")),
    fileBytes: () => 0,
    direct: async ({ platform, userId }) => ({ platform, channel: userId }),
    administers: async () => false,
    whispers: () => false,
    obstacle: async () => undefined,
    hasCalendar: () => false,
    list: async () => "",
    unlist: async () => {},
    idempotentMs: (name) => platforms.get(name)!.idempotentMs,
    openPrivately: () => undefined,
  };
}

export function textOf(view: View, reader: Reader): string {
  const block = (one: Block): string => {
    if ("paragraph" in one) return plain(one.paragraph, reader);
    if ("quote" in one) return plain(one.quote, reader);
    if ("code" in one) return one.code;
    return one.list.map((item) => `- ${plain(item, reader)}`).join("\n");
  };
  return [
    ...(view.title ? [plain(view.title, reader)] : []),
    ...(view.body ?? []).map(block),
    ...(view.fields ?? []).map(({ name, value }) => `${plain(name, reader)}: ${plain(value, reader)}`),
    ...(view.footer ? [plain(view.footer, reader)] : []),
  ].join("\n");
}

/** The call behind the button or the choice with this label. */
export function press(view: View, label: string): Call {
  const found = [...(view.buttons ?? []).flat(), ...(view.select?.options ?? [])].find((one) => one.label === label);
  if (!found || !("call" in found)) throw new Error(`no button “${label}”`);
  return found.call;
}

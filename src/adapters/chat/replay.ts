// Handling what was kept, once the store answers: oldest first, a few lines side by side, through the gate like everything else.
import { isStoreAway } from "../../core/errors.ts";
import type { Reply } from "../../core/ports/platform.ts";
import type { KeptUpdate } from "../../core/ports/spool.ts";
import type { KeptLines } from "./kept-lines.ts";
import type { WaitingParts } from "./waiting.ts";
import { within } from "./within.ts";

export interface Replay {
  /** There is something to handle as soon as the store answers. */
  soon(): void;
  /** How it can still be answered in the way it came. */
  answers(kept: KeptUpdate, reply: Reply): void;
  /** It has been handled. */
  forget(kept: KeptUpdate): Promise<void>;
  close(withinMs: number): Promise<void>;
}

interface ReplayParts extends WaitingParts {
  readonly lines: KeptLines;
  /** Whether this process is handling it since it came. */
  isHere(kept: KeptUpdate): boolean;
}

/** What comes and what was kept take turns by it. */
export const conversationTurn = ({ line }: Pick<KeptUpdate, "line">): string => `waiting:${line}`;

/** Updates fetched at a time, and handled at once. */
const fetched = 64;
const atOnce = 8;
/** ms that one process has the spool to itself; another's is looked at again after so long. */
const leaseFor = 10_000;
const lookAgain = 1_000;

export function replaying(parts: ReplayParts): Replay {
  const { spool, watch, clock, log, secrets, inTurn, lines, attempt, tell } = parts;
  const owner = secrets.id();
  const replies = new Map<string, Reply>();
  const closing = Promise.withResolvers<void>();
  let closed = false;
  let wanted = false;
  let failures = 0;
  let running: Promise<void> | undefined;
  let leasedAt = 0;

  const pause = () => within(clock, lookAgain, closing.promise);
  const lease = (): Promise<boolean> => {
    leasedAt = clock.now();
    return spool.lease(owner, leaseFor);
  };

  async function run(): Promise<void> {
    while (wanted && !closed) {
      wanted = false;
      try {
        await untilEmpty();
        failures = 0;
      } catch (error) {
        if (failures++ === 0) log.error({}, "what was kept can't be handled; it is tried again and again", error);
        wanted = true;
        await pause();
      }
    }
    running = undefined;
  }

  async function untilEmpty(): Promise<void> {
    while (!closed) {
      await Promise.race([watch.answering(), closing.promise]);
      const mine = await lease();
      const waiting = await fetch();
      const some = waiting.filter((kept) => !parts.isHere(kept));
      if (closed || some.length === 0) break;
      if (mine) lines.lead(waiting);
      if (!mine || !(await handleAll(some))) await pause();
    }
    lines.heard(await spool.lines());
    await spool.lease(owner, 1);
  }

  /** What another process has handled meanwhile stands in no line any more. */
  async function fetch(): Promise<readonly KeptUpdate[]> {
    const known = lines.all();
    const waiting = await spool.oldest(fetched);
    const there = new Set(waiting.map(({ id }) => id));
    if (waiting.length < fetched) for (const one of known) if (!there.has(one.id)) dismiss(one);
    return waiting;
  }

  /** Answers whether all of them could be handled. */
  async function handleAll(some: readonly KeptUpdate[]): Promise<boolean> {
    const left = [...Map.groupBy(some, ({ line }) => line).values()];
    let well = true;
    const work = async (): Promise<void> => {
      for (let line = left.shift(); line && well && !closed; line = left.shift())
        if (!(await handleLine(line))) well = false;
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return well;
  }

  async function handleLine(line: readonly KeptUpdate[]): Promise<boolean> {
    for (const kept of line) {
      if (closed) return false;
      if (clock.now() - leasedAt > leaseFor / 3) await lease();
      if (!(await inTurn(conversationTurn(kept), () => handle(kept)))) return false;
    }
    return true;
  }

  async function handle(kept: KeptUpdate): Promise<boolean> {
    const { id, at, update: data } = kept;
    if (!lines.has(kept)) return true;
    if (!lines.isNext(kept)) return false;
    const reply = replies.get(id) ?? parts.reply(data);
    if (!reply) log.error({ platform: data.place.platform }, "an update is dropped: its platform is off");
    try {
      const became = reply && (await attempt({ ...data, reply }, "now", at));
      await forget(kept);
      if (became === "before") await tell({ ...data, reply: reply! }, "doneSince", at);
      return true;
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      return false;
    }
  }

  async function forget(kept: KeptUpdate): Promise<void> {
    await spool.forget(kept.id);
    dismiss(kept);
  }

  function dismiss(stand: Pick<KeptUpdate, "id" | "line">): void {
    lines.remove(stand);
    replies.delete(stand.id);
  }

  return {
    soon() {
      wanted = true;
      running ??= run();
    },
    answers: ({ id }, reply) => void replies.set(id, reply),
    forget,
    async close(withinMs) {
      closed = true;
      closing.resolve();
      if (running) await within(clock, withinMs, running);
    },
  };
}

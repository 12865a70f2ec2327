// The waiting room: what can't be handled because the store is away is kept, its sender told so, and handled in its order afterwards.
import { inboundId } from "../../core/conversations/read.ts";
import type { Update } from "../../core/ports/platform.ts";
import type { KeptUpdate } from "../../core/ports/spool.ts";
import { conversationKey } from "./gate.ts";
import { keptLines } from "./kept-lines.ts";
import { conversationTurn, replaying } from "./replay.ts";
import type { WaitingParts } from "./waiting.ts";

export interface WaitingRoom {
  /** Resolves when the update is handled, or kept and its sender told; its handling may go on then. Never rejects. */
  receive(update: Update): Promise<void>;
  /** Takes up what an earlier process has kept. */
  open(): Promise<void>;
  close(withinMs: number): Promise<void>;
}

/** ms after which who waits for a slow store is told: before any app gives up, and before Slack's events are acknowledged. */
const tellAfter = 1_500;
const lookAgain = 500;
/** ms between looks at what other processes keep. */
const lookElsewhere = 1_000;

interface Visit {
  readonly kept: KeptUpdate;
  readonly update: Update;
  /** Kept, and told so. */
  readonly settled: PromiseWithResolvers<void>;
  keeping?: Promise<"kept" | "known" | "full">;
  over: boolean;
}

export function waitingRoom(parts: WaitingParts): WaitingRoom {
  const { spool, watch, clock, log, inTurn, attempt, tell } = parts;
  const lines = keptLines();
  /** Being handled, by line in the order they came. */
  const visits = new Map<string, readonly Visit[]>();
  const isHere = ({ id, line }: KeptUpdate) => visits.get(line)?.some(({ kept }) => kept.id === id) ?? false;
  const replay = replaying({ ...parts, lines, isHere });
  let cancelLook = () => {};
  let isFull = false;

  function enter(update: Update): Visit {
    const kept = keptFrom(update, parts);
    const visit = { kept, update, settled: Promise.withResolvers<void>(), over: false };
    visits.set(kept.line, [...(visits.get(kept.line) ?? []), visit]);
    return visit;
  }

  function leave(visit: Visit): void {
    const { line } = visit.kept;
    const others = visits.get(line)!.filter((one) => one !== visit);
    if (others.length > 0) visits.set(line, others);
    else visits.delete(line);
  }

  async function handle(visit: Visit): Promise<void> {
    const look = (): void => {
      if (watch.state() !== "ok") void keepInOrder(visit);
      else cancel = clock.after(lookAgain, look);
    };
    let cancel = clock.after(tellAfter, look);
    try {
      await inTurn(conversationTurn(visit.kept), () => handleNow(visit));
    } finally {
      cancel();
      leave(visit);
    }
    if (!visit.over) replay.soon();
  }

  async function handleNow(visit: Visit): Promise<void> {
    const { kept, update } = visit;
    if (lines.isNext(kept)) {
      const beginning = watch.state() === "no answer" ? "reading" : "now";
      visit.over = await attempt(update, beginning).then(
        () => true,
        () => false,
      );
    }
    if (!visit.over) await keepInOrder(visit);
    const outcome = await visit.keeping;
    if (!visit.over && outcome === "full") await tell(update, "notKept", kept.at);
    if (visit.over && outcome !== undefined && outcome !== "full") await replay.forget(kept);
  }

  /** What came before it in its line, and is not over either, is kept first. */
  async function keepInOrder(visit: Visit): Promise<void> {
    const line = visits.get(visit.kept.line)!;
    for (const one of line.slice(0, line.indexOf(visit) + 1)) {
      one.keeping ??= keep(one);
      await one.keeping;
    }
  }

  async function keep(visit: Visit): Promise<"kept" | "known" | "full"> {
    const { kept, update } = visit;
    const outcome = await spool.keep(kept).catch((error) => {
      log.error({}, "an update could not be kept", error);
      return "full" as const;
    });
    if (outcome === "full" && !isFull) log.error({}, "no more updates can be kept until the store answers");
    isFull = outcome === "full";
    if (outcome === "full") return outcome;
    lines.add(kept);
    replay.answers(kept, update.reply);
    if (!visit.over && outcome === "kept") await tell(update, "kept", kept.at);
    visit.settled.resolve();
    return outcome;
  }

  async function look(): Promise<void> {
    const waiting = await spool.lines();
    lines.heard(waiting);
    if (waiting.size > 0) replay.soon();
  }

  function keepLooking(): void {
    cancelLook = clock.after(
      lookElsewhere,
      () =>
        void look()
          .catch(() => undefined)
          .then(keepLooking),
    );
  }

  return {
    async receive(update) {
      const visit = enter(update);
      const handled = handle(visit).catch((error) => log.error({}, "an update may be handled again", error));
      await Promise.race([handled, visit.settled.promise]);
    },
    async open() {
      watch.whenBack(() => void look().catch(() => undefined));
      await look().catch((error) => log.error({}, "what was kept before could not be looked for", error));
      if (spool.shared) keepLooking();
    },
    async close(withinMs) {
      cancelLook();
      await replay.close(withinMs);
    },
  };
}

function keptFrom(update: Update, { clock, secrets }: Pick<WaitingParts, "clock" | "secrets">): KeptUpdate {
  const { id, conversation, account, place, deed, named, reply } = update;
  return {
    id: inboundId(update.place.platform, update.id, secrets.sign),
    line: conversationKey(update),
    at: clock.now(),
    update: { id, conversation, account, place, deed, named, ...(reply.source && { source: reply.source }) },
  };
}

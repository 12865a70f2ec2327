// The chat edge: an update comes in and goes through the gate, or waits where the store can't be reached.
import { bridgedIn } from "../../core/bridge/read.ts";
import { isStoreAway } from "../../core/errors.ts";
import type { Context } from "../../core/kernel/house.ts";
import type { Inbox, Platform } from "../../core/ports/platform.ts";
import { note } from "../../core/view.ts";
import { acquaintances } from "./acquaintances.ts";
import { answerUnknown, handle, isMeant } from "./answer.ts";
import { commandTable } from "./commands.ts";
import { gate } from "./gate.ts";
import { isOverheard, isUnheardAt } from "./overhear.ts";
import { replyLater } from "./reply-later.ts";
import { show } from "./show.ts";
import { suggest } from "./suggest.ts";
import { chatTexts } from "./texts.ts";
import type { Attempt, WaitingParts, Waits } from "./waiting.ts";
import type { WaitingRoom } from "./waiting-room.ts";

export type EdgeContext = Omit<Context, "correlation">;

export interface Edge extends Inbox {
  /** To be called before anything is received: takes up what was kept in an earlier life. */
  open(): Promise<void>;
  /** Updates that wait for the store. */
  kept(): Promise<number>;
  /** Begins nothing more of what waits; resolves when what was begun of it is over, at the latest after so many ms. */
  rest(withinMs: number): Promise<void>;
  /** Resolves when every update that is over will be recognised should it come again. */
  noted(): Promise<void>;
}

/** @param waits absent where the store is on this machine: nothing is kept then, and who asks is told to try again. */
export function inboxOf(house: EdgeContext, platforms: ReadonlyMap<string, Platform>, waits?: Waits): Edge {
  const table = commandTable(house.house);
  const entrance = gate(house);
  const known = acquaintances();

  const attempt: Attempt = async (update, beginning, asked) => {
    const correlation = house.secrets.id();
    const { platform } = update.place;
    const log = house.log.with({ correlation, platform });
    const started = house.clock.now();
    const ctx: Context = { ...house, log, correlation };
    const on = platforms.get(platform)!;
    let entered = false;
    try {
      if (isOverheard(update) && (await isUnheardAt(known, ctx, update, on.capabilities))) return "handled";
      const became = await entrance
        .through(
          update,
          async (passage) => {
            entered = true;
            await handle({ ctx, table, known, platform: on, update, passage, asked });
          },
          beginning,
        )
        .catch((error) => (entered ? Promise.reject(error) : answerUnknown(ctx, on, update, error)));
      log.debug({ deed: update.deed.kind, ms: house.clock.now() - started }, "update handled");
      return became ?? "handled";
    } catch (error) {
      if (isStoreAway(error) && waits) throw error;
      if (isStoreAway(error)) await tell(update, "notKept", started);
      log.error({ deed: update.deed.kind }, "an update could not be answered", error);
      return "handled";
    }
  };

  const tell: WaitingParts["tell"] = async (update, word, at) => {
    const { account, place } = update;
    const platform = platforms.get(place.platform)!;
    if (!account || !isMeant(update)) return;
    const reader = known.reader(account);
    const ctx = { ...house, correlation: house.secrets.id(), reader, place };
    const t = chatTexts(reader);
    const said = word === "doneSince" ? t.doneSince(at) : t[word];
    await show({ ctx, platform, update }, { ...note(said), brief: true }).catch((error) =>
      house.log.warn({ platform: place.platform, word }, "somebody could not be told what becomes of an update", error),
    );
  };

  const reply: WaitingParts["reply"] = (update) => {
    const platform = platforms.get(update.place.platform);
    return platform && replyLater(platform, update);
  };

  let room: WaitingRoom | undefined;
  return {
    receive: async (update) => void (await (room ? room.receive(update) : attempt(update))),
    suggest: (typing) => suggest(house, typing),
    bridged: (platform, spaces) => bridgedIn(house.store, platform, spaces),
    async open() {
      if (!waits) return;
      const { waitingRoom } = await import("./waiting-room.ts");
      room = waitingRoom({ ...waits, ...house, attempt, tell, reply });
      await room.open();
    },
    kept: async () => waits?.spool.count() ?? 0,
    rest: async (withinMs) => room?.close(withinMs),
    noted: entrance.noted,
  };
}

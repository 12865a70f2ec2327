// One chat's order: whatever the platform says to it, and whoever is at work, what was made first comes first.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { AppError } from "../../../src/core/errors.ts";
import { defineFact } from "../../../src/core/kernel/fact.ts";
import type { Feature, NotificationKind } from "../../../src/core/kernel/house.ts";
import { deliverNotification } from "../../../src/core/notifications/deliver-notification.ts";
import { deliveries } from "../../../src/core/notifications/delivery.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { notifications } from "../../../src/core/notifications/notification.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { note } from "../../../src/core/view.ts";
import { fakePlatform, people, type Sent, smallHouse } from "./small-house.ts";

const minute = 60_000;
const newsBroke = defineFact("news.broke", z.object({ to: z.array(z.string()), text: z.string() }));
const newsKind: NotificationKind<typeof newsBroke.payload, { text: string }> = {
  type: "news",
  group: "social",
  urgency: "asked",
  late: "tell",
  fact: newsBroke,
  prepare: async (_ctx, { to, text }) => ({ to, data: { text } }),
  view: ({ text }) => note(text),
};
const news: Feature = { name: "news", facts: [newsBroke], notifications: [newsKind] };

/** What a send meets: before it is kept, after it, or when it is to be noted. */
const faults = {
  "429": new AppError("rate_limited", "slow down", { detail: { retryAfter: 20_000 } }),
  "500": new AppError("unavailable", "down"),
  "cut before": new AppError("unavailable", "cut", { detail: { unknown: true } }),
  "cut after": new AppError("unavailable", "cut", { detail: { unknown: true } }),
  crash: new Error("the process died"),
} as const;
type Fault = keyof typeof faults;

/** Those after which it is known that nothing was sent. */
const known = { "429": true, "500": true };

const fault = fc.constantFrom<Fault>("429", "500", "cut before", "cut after", "crash");

async function newsroom(idempotent: boolean) {
  let dies = false;
  const around = (store: Store): Store => ({
    ...Object.fromEntries(Object.entries(store).map(([name, ask]) => [name, ask.bind(store)])),
    ...({} as Store),
    commit(changes) {
      const closing = changes.some((change) => change.kind === "patch" && change.set.status === "sent");
      if (!dies || !closing) return store.commit(changes);
      dies = false;
      return Promise.reject(faults.crash);
    },
  });
  const platform = fakePlatform(idempotent);
  const house = await smallHouse([people, news, notificationsOf([people, news])], {
    platforms: { telegram: platform },
    around,
  });
  const ada = await house.member("ada", { platform: "telegram" });
  const listener = house.house.listeners.get("news.broke")![0]!;
  return {
    ...house,
    ada,
    platform,
    crash: () => {
      dies = true;
    },
    /** As the listener does it: the row and its turn. */
    tell: (text: string) => listener.hear(house.context, { to: [ada], text } as never, text),
    async idsInOrder() {
      const { rows } = await house.store.find(notifications, { orderBy: { field: "id" }, limit: 100 });
      return rows.map(({ id }) => id);
    },
  };
}

/** Each message meets its own faults, one a try, and takes its time. */
function troubled(room: Awaited<ReturnType<typeof newsroom>>, plan: readonly (readonly Fault[])[]) {
  const left = plan.map((some) => [...some]);
  let met: Fault | undefined;
  const meet = async ({ text }: Sent) => {
    await new Promise<void>((resolve) => void room.clock.after(numberOf(text) % 3, resolve));
    met = left[numberOf(text)]?.shift();
    if (met === "crash") room.crash();
    if (met && met !== "crash" && met !== "cut after") throw faults[met];
  };
  room.platform.before = meet;
  room.platform.after = () => {
    if (met === "cut after") throw faults[met];
  };
}

/** Of a message that may say besides that it is late. */
const numberOf = (text: string) => Number.parseInt(text, 10);

const firsts = (texts: readonly string[]) => [...new Set(texts)];

describe("the order within a chat", () => {
  it.each([true, false])("holds through 429, 500, cuts and crashes (sends shown once: %s)", async (idempotent) => {
    const plans = fc.array(fc.array(fault, { maxLength: 3 }), { minLength: 2, maxLength: 7 });
    const helpers = fc.array(fc.nat(6), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(plans, helpers, async (plan, others) => {
        const room = await newsroom(idempotent);
        try {
          troubled(room, plan);
          for (const [n] of plan.entries()) await room.tell(`${n}`);
          room.start();
          const ids = await room.idsInOrder();
          const turn = { attempt: 1, runAt: room.clock.now() };
          const also = others.map((n) =>
            deliverNotification
              .run(room.context, { notification: ids[n % ids.length]! }, turn)
              .catch((error) => expect(error).toBe(faults.crash)),
          );
          await room.advance(4 * 60 * minute);
          await Promise.all(also);
          const texts = room.platform.sent.map(({ text }) => `${numberOf(text)}`);
          const unknown = plan.map((met) => met.filter((one) => !(one in known)).length);
          const mayMiss = (n: number) => !idempotent && unknown[n]! >= 2;
          const came = firsts(texts);
          expect(came).toEqual(plan.map((_, n) => `${n}`).filter((text, n) => came.includes(text) || !mayMiss(n)));
          for (const text of came) {
            const most = idempotent || unknown[Number(text)] === 0 ? 1 : 2;
            expect(texts.filter((one) => one === text).length).toBeLessThanOrEqual(most);
          }
        } finally {
          await room.close();
        }
      }),
      { numRuns: 12 },
    );
  });

  it("holds though more wait than one turn brings", async () => {
    const room = await newsroom(true);
    troubled(room, [["429"]]);
    for (let n = 0; n < 130; n++) await room.tell(`${n}`);
    room.start();
    await room.advance(minute);
    expect(room.platform.sent.map(({ text }) => text)).toEqual(Array.from({ length: 130 }, (_, n) => `${n}`));
    await room.close();
  });

  it("is given up for one that can't be sent, which then holds up nobody and is left to the inbox", async () => {
    const room = await newsroom(true);
    room.platform.before = ({ text }) => {
      if (text.startsWith("0")) throw faults["500"];
    };
    for (const text of ["0", "1", "2"]) await room.tell(text);
    room.start();
    await room.advance(10 * minute);
    expect(room.platform.sent).toEqual([]);
    await room.advance(10 * minute);
    expect(room.platform.sent.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^1/),
      expect.stringMatching(/^2/),
    ]);
    await room.advance(4 * 60 * minute);
    const { rows } = await room.store.find(deliveries, { limit: 10 });
    expect(rows).toContainEqual(
      expect.objectContaining({ channel: "chat", status: "suppressed", instead: "telegram: unavailable" }),
    );
    expect((await room.queue.counts()).dead).toBe(0);
    await room.close();
  });

  it("is not disturbed by one whose view fails", async () => {
    const room = await newsroom(true);
    const kind = room.house.notifications.get("news")!;
    const { view } = kind;
    (kind as { view: typeof view }).view = (data, reader) => {
      if (data.text === "0") throw new Error("a view that fails");
      return view(data, reader);
    };
    try {
      for (const text of ["0", "1"]) await room.tell(text);
      room.start();
      await room.advance(minute);
      expect(room.platform.sent.map(({ text }) => text)).toEqual(["1"]);
    } finally {
      (kind as { view: typeof view }).view = view;
      await room.close();
    }
  });
});

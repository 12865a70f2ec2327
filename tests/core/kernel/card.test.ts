// Cards that stay current: the newest state wins whoever is slow, gone messages are forgotten, many facts make few edits.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { AppError } from "../../../src/core/errors.ts";
import { keepCurrent, listenersOf, postedCards, refreshCard, rememberCard } from "../../../src/core/kernel/card.ts";
import { defineFact } from "../../../src/core/kernel/fact.ts";
import type { Card, Context } from "../../../src/core/kernel/house.ts";
import { inTurns } from "../../../src/core/kernel/serial.ts";
import type { MessageRef } from "../../../src/core/ports/platform.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import type { Reader } from "../../../src/core/text.ts";
import { testClock } from "../../support/clock.ts";
import { seededSecrets } from "../../support/secrets.ts";

const grew = defineFact("plant.grew", z.object({ subject: z.string() }));
const drooped = defineFact("plant.drooped", z.object({ plant: z.string() }));
// @ts-expect-error a fact that does not say which one it is about would change all of them
({ changedBy: [drooped] }) satisfies Pick<Card, "changedBy">;
const reader: Reader = { language: "de", zone: "Asia/Tokyo", platform: "town" };
const clock = testClock();
const secrets = seededSecrets(clock);

let store: Store;
/** The plant's revision in the world. */
let height: number;
/** What each message shows now. */
let screen: Map<string, string>;
let edits: string[];
/** Runs before an edit reaches the screen. */
let before: (message: string, text: string) => Promise<void> | void;

const card: Card<{ rev: number }> = {
  name: "plant",
  load: async (_ctx, id) => (id === "fern" ? { rev: height } : undefined),
  isOver: ({ rev }) => rev >= 1000,
  view: ({ rev }, { language, zone, platform }) => ({ title: `${rev} ${language} ${zone} ${platform}` }),
  changedBy: [grew],
};

/** A process of its own over the same store and messages. */
const aProcess = (): Context =>
  ({
    store,
    secrets,
    clock,
    inTurn: inTurns(),
    house: { cards: new Map([["plant", card]]) },
    messenger: {
      has: (platform: string) => platform === "town",
      async edit({ message }: MessageRef, { title }: { title: string }) {
        await before(message, title);
        edits.push(`${message}: ${title}`);
        screen.set(message, title);
      },
    },
  }) as unknown as Context;

beforeEach(async () => {
  store = await openSqlite({ path: ":memory:", collections: [postedCards] });
  height = 1;
  screen = new Map();
  edits = [];
  before = () => undefined;
});
afterEach(() => store.close());

const live = (rev: number) => ({ card: "plant", id: "fern", rev });
/** Each in a channel of its own, unless said otherwise. */
const ref = (message: string, platform = "town", channel = `club ${message}`): MessageRef => ({
  platform,
  channel,
  message,
});
const posted = (message: string, platform?: string) =>
  rememberCard(aProcess(), live(1), ref(message, platform), reader);
const showing = (rev: number) => `${rev} de Asia/Tokyo town`;
const rows = async () => (await store.find(postedCards, { limit: 500 })).rows;
const failing = (reason: string) => () => {
  throw new AppError("unavailable", "no", { detail: { reason } });
};

describe("a card", () => {
  it("is edited where it is posted, in its channel's words, and only when it is behind", async () => {
    await posted("a");
    await posted("b");
    await refreshCard(aProcess(), card, "fern");
    expect(edits).toEqual([]);
    height = 2;
    await refreshCard(aProcess(), card, "fern");
    expect([...screen]).toEqual([
      ["a", showing(2)],
      ["b", showing(2)],
    ]);
    await refreshCard(aProcess(), card, "fern");
    expect(edits).toHaveLength(2);
  });

  it("is edited by whatever fact changes it", async () => {
    await posted("a");
    height = 2;
    const [listener, ...others] = listenersOf(card as Card);
    expect(others).toEqual([]);
    expect(listener).toMatchObject({ name: "refresh-plant-on-plant.grew", fact: "plant.grew" });
    await listener!.hear(aProcess(), { subject: "fern" } as never, "f1");
    expect(screen.get("a")).toBe(showing(2));
  });

  it("is edited few times for many facts", async () => {
    await posted("a");
    const ctx = aProcess();
    await Promise.all(
      Array.from({ length: 50 }, () => {
        height++;
        return refreshCard(ctx, card, "fern");
      }),
    );
    expect(screen.get("a")).toBe(showing(51));
    expect(edits.length).toBeLessThanOrEqual(2);
  });

  it("ends with its newest state although an older render arrives last", async () => {
    await posted("a");
    const slow = Promise.withResolvers<void>();
    before = (_, text) => (text === showing(2) ? slow.promise : undefined);
    height = 2;
    const older = refreshCard(aProcess(), card, "fern");
    await clock.settle();
    height = 3;
    await refreshCard(aProcess(), card, "fern");
    expect(screen.get("a")).toBe(showing(3));
    slow.resolve();
    await older;
    expect(screen.get("a")).toBe(showing(3));
    expect(edits.at(-1)).toBe(`a: ${showing(3)}`);
    expect(await rows()).toMatchObject([{ shown: 3 }]);
  });

  it("that moved on while its message was being sent is brought up to date at once", async () => {
    height = 2;
    await keepCurrent(aProcess(), live(1), ref("a"), reader);
    expect(screen.get("a")).toBe(showing(2));
    await keepCurrent(aProcess(), live(2), ref("a"), reader);
    expect(edits).toHaveLength(1);
  });

  it("that an answer replaces with an older state is brought up to date again", async () => {
    await posted("a");
    height = 3;
    await refreshCard(aProcess(), card, "fern");
    screen.set("a", "replaced by revision 2");
    await keepCurrent(aProcess(), live(2), ref("a"), reader);
    expect(screen.get("a")).toBe(showing(3));
  });

  it("posted in more places than one page holds is edited in all", async () => {
    const many = Array.from({ length: 230 }, (_, n) => `m${n}`);
    for (const message of many) await posted(message);
    height = 2;
    await refreshCard(aProcess(), card, "fern");
    expect(screen.size).toBe(230);
  });
});

describe("a place", () => {
  it("keeps its newest message of a card current, and the older ones are left as they are", async () => {
    for (const message of ["a", "b", "c"])
      await rememberCard(aProcess(), live(1), ref(message, "town", "club"), reader);
    await rememberCard(aProcess(), { ...live(1), id: "rose" }, ref("r", "town", "club"), reader);
    await rememberCard(aProcess(), live(1), { ...ref("t", "town", "club"), thread: "7" }, reader);
    height = 2;
    await refreshCard(aProcess(), card, "fern");
    expect([...screen.keys()].sort()).toEqual(["c", "t"]);
    expect(await rows()).toHaveLength(3);
  });

  it("keeps one when several are posted at once", async () => {
    const messages = ["a", "b", "c", "d"];
    await Promise.all(messages.map((one) => rememberCard(aProcess(), live(1), ref(one, "town", "club"), reader)));
    expect(await rows()).toHaveLength(1);
  });
});

describe("a message", () => {
  it("of what is over is edited a last time and forgotten", async () => {
    await posted("a");
    height = 1000;
    await refreshCard(aProcess(), card, "fern");
    expect(screen.get("a")).toBe(showing(1000));
    expect(await rows()).toEqual([]);
    await keepCurrent(aProcess(), live(1000), ref("b"), reader);
    expect(await rows()).toEqual([]);
    expect(edits).toHaveLength(1);
  });

  it("in a place that is closed is left until the next change", async () => {
    await posted("a");
    height = 2;
    before = failing("closed");
    await refreshCard(aProcess(), card, "fern");
    expect(await rows()).toMatchObject([{ shown: 1 }]);
    before = () => undefined;
    height = 3;
    await refreshCard(aProcess(), card, "fern");
    expect(screen.get("a")).toBe(showing(3));
  });

  it.each(["gone", "blocked", "unreachable"])("that is %s is forgotten", async (reason) => {
    await posted("a");
    height = 2;
    before = failing(reason);
    await refreshCard(aProcess(), card, "fern");
    expect(await rows()).toEqual([]);
  });

  it("that cannot be edited right now keeps nobody from being edited, and is tried again", async () => {
    for (const message of ["a", "b", "c"]) await posted(message);
    height = 2;
    before = (message) => (message === "b" ? failing("busy")() : undefined);
    await expect(refreshCard(aProcess(), card, "fern")).rejects.toMatchObject({ code: "unavailable" });
    expect([...screen.keys()].sort()).toEqual(["a", "c"]);
    before = () => undefined;
    await refreshCard(aProcess(), card, "fern");
    expect(screen.get("b")).toBe(showing(2));
    expect(edits).toHaveLength(3);
  });

  it("on a platform that is off, or of a card there is no more, is left alone", async () => {
    await posted("a", "elsewhere");
    await rememberCard(aProcess(), { card: "plant", id: "rose", rev: 1 }, ref("b"), reader);
    height = 2;
    for (const subject of ["fern", "rose"]) await refreshCard(aProcess(), card, subject);
    expect(edits).toEqual([]);
    expect(await rows()).toHaveLength(2);
  });

  it("remembered twice is one", async () => {
    await Promise.all([posted("a"), posted("a"), posted("a")]);
    expect(await rows()).toHaveLength(1);
  });
});

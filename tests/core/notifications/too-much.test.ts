// What would be too much: many of a kind as one, a day's budget, blocks, and what is late after an outage.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { blocks } from "../../../src/core/blocks/block.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import { digestType } from "../../../src/core/notifications/texts.ts";
import {
  ada,
  choose,
  faded,
  hour,
  house,
  inbox,
  liked,
  met,
  minute,
  open,
  rang,
  sent,
  state,
  tell,
  until,
} from "./attention-house.ts";

beforeEach(() => open("2026-03-02T12:00:00Z"));
afterEach(() => house.close());

describe("many of a kind about one thing within minutes", () => {
  it("are told singly while they are few, and then as one", async () => {
    for (const text of ["Ada", "Bob", "Cid", "Dan", "Eve", "Fay", "Gus", "Hal"])
      await tell(liked, text, { about: "post" });
    await tell(liked, "other", { about: "another post" });
    expect(sent()).toEqual(["liked\nAda", "liked\nBob", "liked\nCid", "liked\nother"]);
    await house.advance(5 * minute);
    expect(sent().slice(4)).toEqual([expect.stringMatching(/^Hal and 4 others liked it\n- liked · Dan/)]);
    await house.advance(hour);
    expect(sent()).toHaveLength(5);
  });

  it("are so though all happen at once", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => state(liked, `p${n}`, { about: "post" })));
    await house.advance(0);
    await house.advance(10 * minute);
    expect(sent()).toHaveLength(4);
    expect((await inbox()).filter(({ type }) => type === "liked")).toHaveLength(20);
  });

  it("one alone looks as it would have", async () => {
    for (const text of ["Ada", "Bob", "Cid", "Dan"]) await tell(liked, text, { about: "post" });
    await house.advance(5 * minute);
    expect(sent()[3]).toBe("liked\nDan");
  });
});

describe("the budget of a day", () => {
  it("lets twelve come, own reminders besides, and the rest as one line the next morning", async () => {
    for (let n = 1; n <= 20; n++) await state(liked, `n${n}`);
    for (let n = 1; n <= 3; n++) await state(rang, `r${n}`);
    await house.advance(0);
    expect(sent().filter((text) => text.startsWith("liked"))).toHaveLength(12);
    expect(sent().filter((text) => text.startsWith("rang"))).toHaveLength(3);
    await until("2026-03-03T07:59:00Z");
    expect(sent()).toHaveLength(15);
    await until("2026-03-03T08:00:00Z"); // 9:00 in Berlin
    expect(sent()).toHaveLength(16);
    expect(sent()[15]).toMatch(/^8 more in your inbox/);
  });

  it("is counted across all kinds, and anew on the member's next day", async () => {
    await choose("budget 2");
    await tell(met, "m", { at: house.clock.now() + hour });
    await tell(liked, "a");
    await tell(liked, "b");
    expect(sent()).toHaveLength(2);
    await until("2026-03-02T23:00:00Z"); // midnight in Berlin
    await tell(liked, "c");
    expect(sent().at(-1)).toBe("liked\nc");
  });

  it("goes into the digest where there is one", async () => {
    await choose("budget 0");
    await choose("digest daily 18:00");
    await tell(met, "m", { at: house.clock.now() + 20 * hour });
    await tell(liked, "a");
    await until("2026-03-02T17:00:00Z");
    expect(sent()).toEqual([expect.stringMatching(/^News for you \(2\)/)]);
  });
});

describe("who has blocked somebody", () => {
  it("is not told of what they do, not even in the inbox; nobody is told of their own act", async () => {
    const [bob, eve] = [await house.member("bob"), await house.member("eve")];
    await house.store.commit([insert(blocks, { id: "b", memberId: ada, blockedId: eve, createdAt: 0 })]);
    await tell(liked, "from eve", { to: [ada, bob, eve], by: eve });
    expect(sent()).toEqual(["liked\nfrom eve"]);
    expect(await inbox()).toEqual([]);
    await tell(liked, "from bob", { to: [ada, bob, eve], by: bob });
    expect(sent()).toHaveLength(3);
  });
});

describe("after an outage", () => {
  const outage = async (length: number, during: () => Promise<unknown>) => {
    await house.queue.stop(1000);
    await during();
    await house.advance(length);
  };
  const listeners = ["t.liked", "t.rang", "t.met", "t.faded"];
  /** Made while nobody delivers. */
  const made = async (fact: typeof liked, text: string, more = {}) => {
    expect(listeners).toContain(fact.name);
    const listener = house.house.listeners.get(fact.name)![0]!;
    await listener.hear(house.context, { to: [ada], text, about: text, ...more } as never, `f${text}`);
  };
  const again = async () => {
    house.start();
    await house.advance(0);
    await house.advance(minute);
  };

  it("a few come late and say so", async () => {
    await outage(hour, () => made(rang, "r1"));
    await again();
    expect(sent()).toEqual([expect.stringMatching(/^rang\nr1\nThis comes late/)]);
  });

  it("what has no point any more is left to the inbox, and of several about one thing only the newest comes", async () => {
    await outage(2 * hour, async () => {
      await made(faded, "f");
      await made(met, "over", { at: house.clock.now() + 10 * minute });
      await made(met, "first", { about: "e", at: house.clock.now() + 5 * hour });
      await made(met, "second", { about: "e", at: house.clock.now() + 5 * hour });
    });
    await again();
    expect(sent()).toEqual([expect.stringMatching(/^met\nsecond/)]);
    expect((await inbox()).filter(({ held }) => held === "late")).toHaveLength(3);
  });

  it("what is overdue in bulk comes as one message a member", async () => {
    await outage(3 * hour, async () => {
      for (let n = 1; n <= 30; n++) await made(n % 2 ? liked : rang, `n${n}`);
      await made(faded, "f");
    });
    await again();
    expect(sent()).toEqual([expect.stringMatching(/^30 things that come late\n/)]);
    expect((await inbox()).filter(({ type }) => type === digestType)).toHaveLength(1);
    await house.advance(24 * hour);
    expect(sent()).toHaveLength(1);
  });
});

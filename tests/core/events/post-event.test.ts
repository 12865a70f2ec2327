// Showing a new event where its pod is at home: once, also when things fail in the middle.
import { afterEach, describe, expect, it } from "@jest/globals";
import { AppError } from "../../../src/core/errors.ts";
import { events } from "../../../src/core/events/event.ts";
import { postEvent } from "../../../src/core/events/post-event.ts";
import { insert, patch, remove } from "../../../src/core/kernel/change.ts";
import { bindings } from "../../../src/core/pods/binding.ts";
import { spaces } from "../../../src/core/spaces/space.ts";
import { type FakePlatform, fakePlatform, refusal } from "../notifications/small-house.ts";
import { type EventHouse, eventHouse, hour } from "./event-house.ts";

let house: EventHouse;
let group: FakePlatform;
afterEach(() => house.close());

async function boundHouse({
  idempotent = false,
  idempotentMs = undefined as number | undefined,
  channels = ["c1"],
} = {}) {
  group = fakePlatform(idempotent, idempotentMs);
  house = await eventHouse({ platforms: { terminal: fakePlatform(true), group } });
  const ada = await house.member("ada");
  const podId = await house.pod("Algebra", [ada]);
  const { secrets, clock } = house.context;
  const joinedAt = clock.now();
  await house.store.commit([
    insert(spaces, { id: secrets.id(), platform: "group", externalId: "s1", channel: "c1", language: "de", joinedAt }),
  ]);
  const bound = { podId, platform: "group", space: "s1", boundBy: ada, boundAt: joinedAt };
  for (let at = 0; at < channels.length; at += 50)
    await house.store.commit(
      channels.slice(at, at + 50).map((channel) => insert(bindings, { id: secrets.id(), ...bound, channel })),
    );
  house.start();
  return house.event(ada, "Eigenvalues tomorrow 6pm", { capacity: 8 });
}

const binding = async (channel = "c1") =>
  (await house.store.getBy(bindings, { platform: "group", channel, thread: "" }))!;
const postAgain = async (event: string, channel = "c1") =>
  postEvent.run(house.context, { subject: event, binding: (await binding(channel)).id }, { attempt: 2, runAt: 0 });

describe("a new event", () => {
  it("is posted to every bound channel, in the space's language and the pod's zone, with buttons", async () => {
    await boundHouse({ channels: ["c1", "c2"] });
    await house.advance(0);
    expect(group.sent.map(({ channel }) => channel).sort()).toEqual(["c1", "c2"]);
    const { text, view } = group.sent[0]!;
    expect(text).toMatch(/Wann: Di\.?, 3\. März 2026, 19:00 MEZ/);
    expect(text).toContain("Plätze: 1 von 8");
    expect(view.audience).toBe("channel");
    expect(view.buttons?.flat().map(({ label }) => label)).toEqual(["Komme", "Vielleicht", "Kann nicht"]);
  });

  it("is posted once, however often the job runs", async () => {
    const { id } = await boundHouse();
    await house.advance(0);
    await Promise.all([postAgain(id), postAgain(id)]);
    expect(group.sent).toHaveLength(1);
  });

  it("is tried again when it was certainly not sent", async () => {
    await boundHouse();
    let failures = 2;
    group.before = () => {
      if (failures-- > 0) throw new AppError("rate_limited", "slow down", { detail: { retryAfter: 1000 } });
    };
    await house.advance(hour);
    expect(group.sent).toHaveLength(1);
  });

  it.each([
    [false, "not sent again where it would be seen twice"],
    [true, "sent again where the platform shows it once"],
  ])("is, when nobody knows whether it was sent (idempotent: %s), %s", async (idempotent, _) => {
    const { id } = await boundHouse({ idempotent });
    let attempts = 0;
    group.before = () => void attempts++;
    group.after = () => {
      if (attempts === 1) throw new AppError("unavailable", "timed out", { detail: { unknown: true } });
    };
    await house.advance(hour);
    await postAgain(id);
    expect(group.sent).toHaveLength(1);
    expect(attempts).toBe(idempotent ? 2 : 1);
  });

  it("is not sent again when the platform may have forgotten that it was sent", async () => {
    const { id } = await boundHouse({ idempotent: true, idempotentMs: 3 * 60_000 });
    let attempts = 0;
    group.after = () => {
      attempts++;
      throw new AppError("unavailable", "timed out", { detail: { unknown: true } });
    };
    await house.advance(2 * 60_000);
    expect(attempts).toBeGreaterThan(1);
    const before = attempts;
    await house.advance(2 * 60_000);
    await postAgain(id);
    await house.advance(hour);
    expect(attempts).toBe(before);
  });

  it.each(["blocked", "gone"])("marks a channel that is %s, and stops there", async (reason) => {
    const { id } = await boundHouse({ channels: ["c1", "c2"] });
    group.before = ({ channel }) => {
      if (channel === "c1") throw refusal(reason);
    };
    await house.advance(hour);
    expect(group.sent.map(({ channel }) => channel)).toEqual(["c2"]);
    expect((await binding()).goneAt).toBeDefined();
    expect((await binding("c2")).goneAt).toBeUndefined();
    expect(house.platform("terminal").sent.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^I can't write in Group\nIt is gone, or I was thrown out/),
    ]);
    await postAgain(id);
    expect(group.sent).toHaveLength(1);
    expect((await house.queue.counts()).dead).toBe(0);
  });

  it("is posted later where the channel was closed for a while, and given up where it stays so", async () => {
    await boundHouse({ channels: ["c1", "c2"] });
    let open = false;
    const told = () => house.platform("terminal").sent.filter(({ text }) => text.includes("I can't write in Group"));
    group.before = ({ channel }) => {
      if (channel === "c2" || !open) throw refusal("closed");
    };
    await house.advance(0);
    expect(told()).toHaveLength(2);
    expect(told()[0]!.text).toContain("new events and announcements of Algebra don't appear there");
    expect((await binding()).closedAt).toBeDefined();
    open = true;
    await house.advance(5 * hour);
    expect(group.sent.map(({ channel }) => channel)).toEqual(["c1"]);
    expect((await binding()).closedAt).toBeUndefined();
    expect((await binding("c2")).closedAt).toBeDefined();
    expect(told()).toHaveLength(2);
    expect((await binding("c2")).goneAt).toBeUndefined();
    expect((await house.queue.counts()).dead).toBe(0);
  });

  it("that could not be posted is, once something else can be again, unless it has begun by then", async () => {
    const { organizerId } = await boundHouse();
    let tries = 0;
    group.before = () => {
      throw tries++ ? refusal("closed") : new AppError("rate_limited", "slow down", { detail: { retryAfter: 1000 } });
    };
    await house.advance(4 * hour);
    await house.event(organizerId, "Coffee today 2pm");
    await house.advance(4 * hour);
    expect(group.sent).toEqual([]);
    group.before = () => {};
    await house.event(organizerId, "Proofs friday 6pm");
    await house.advance(0);
    expect(group.sent.map(({ text }) => text.split("\n")[0])).toEqual(["Proofs", "Eigenvalues"]);
    await house.advance(4 * hour);
    expect(group.sent).toHaveLength(2);
  });

  it("that could not be posted is later, however many come before it", async () => {
    const like = await boundHouse();
    group.before = () => {
      throw refusal("closed");
    };
    const old = { ...like, createdAt: like.createdAt - 30 * 24 * hour, nextReminderAt: undefined };
    for (const from of [0, 60]) {
      const some = Array.from({ length: 60 }, (_, n) => String(from + n).padStart(4, "0"));
      await house.store.commit(
        some.map((n) => insert(events, { ...old, id: `e${n}`, code: `EV${n}`, startTime: like.startTime - Number(n) })),
      );
    }
    await house.advance(4 * hour);
    expect(group.sent).toEqual([]);
    group.before = () => {};
    await house.event(like.organizerId, "Proofs friday 6pm");
    await house.advance(0);
    expect(group.sent.map(({ text }) => text.split("\n")[0])).toEqual(["Proofs", "Eigenvalues"]);
  });

  it.each<[string, number]>([
    ["was unbound", 0],
    ["was bound anew", 1],
  ])("marks nothing that %s while the message was on its way", async (_, left) => {
    await boundHouse();
    group.before = async () => {
      const row = await binding();
      const anew = patch(bindings, row, { boundAt: row.boundAt + 1 });
      await house.store.commit([left ? anew : remove(bindings, row)]);
      throw refusal("gone");
    };
    await house.advance(hour);
    expect(await house.store.count(bindings, { goneAt: null })).toBe(left);
    expect(await house.store.count(bindings)).toBe(left);
    expect((await house.queue.counts()).dead).toBe(0);
  });

  it("is not posted where another pod has taken over", async () => {
    const { id } = await boundHouse();
    await house.store.commit([patch(bindings, await binding(), { podId: "another" })]);
    await postAgain(id);
    await house.advance(0);
    expect(group.sent).toEqual([]);
  });

  it("is posted in every channel, however many there are", async () => {
    await boundHouse({ channels: Array.from({ length: 230 }, (_, n) => `c${n}`) });
    do await house.advance(1000);
    while ((await house.queue.counts()).due > 0);
    expect(group.sent).toHaveLength(230);
  });

  it("that was cancelled meanwhile is not posted", async () => {
    const { id, organizerId } = await boundHouse();
    await house.does(organizerId, { action: "event.cancel", input: { event: id, sure: true } });
    await house.advance(0);
    expect(group.sent).toEqual([]);
  });
});

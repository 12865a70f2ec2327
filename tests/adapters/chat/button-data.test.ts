// What buttons carry: calls in themselves within the platform's bytes, stored beyond; forged ones lead nowhere.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { buttonData, callBehind, storeCall } from "../../../src/adapters/chat/button-data.ts";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { storedCalls } from "../../../src/core/conversations/stored-call.ts";
import { defineAction } from "../../../src/core/kernel/action.ts";
import { houseOf } from "../../../src/core/kernel/feature.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { note } from "../../../src/core/view.ts";
import { testClock } from "../../support/clock.ts";
import { seededSecrets } from "../../support/secrets.ts";

const bytes = 64;
const clock = testClock();
const secrets = seededSecrets(clock);
const action = defineAction({
  name: "note.add",
  summary: () => "Keep a note",
  who: "member",
  input: z.object({ text: z.string(), colour: z.string().optional(), times: z.number().int().optional() }),
  run: async () => undefined,
  view: () => note("kept"),
});
const house = houseOf([{ name: "notes", actions: [action], collections: [storedCalls] }]);

let store: Store;
beforeEach(async () => {
  store = await openSqlite({ path: ":memory:", collections: house.collections });
});
afterEach(() => store.close());

const call = (input: Record<string, unknown>) => ({ action: "note.add", input });
async function carried(input: Record<string, unknown>): Promise<string> {
  const data = buttonData({ house, store, secrets, clock }, bytes);
  const carries = data.of(call(input));
  await data.stored();
  return carries;
}
const behind = async (data: string) => (await callBehind({ house, store }, data))?.call;
const stored = () => store.count(storedCalls);

describe("a call", () => {
  it("is carried in the button where it fits, and nothing is stored", async () => {
    expect(await carried({ text: "milk", colour: "red" })).toBe("note.add|milk|red");
    expect(await behind("note.add|milk|red")).toEqual(call({ text: "milk", colour: "red" }));
    expect(await stored()).toBe(0);
  });

  it("is carried up to the last byte, and stored beyond", async () => {
    const room = bytes - "note.add|".length;
    expect(await carried({ text: "x".repeat(room) })).toHaveLength(bytes);
    expect(await carried({ text: "x".repeat(room + 1) })).toMatch(/^~[0-9a-f]{32}$/);
    expect(await carried({ text: "👍".repeat(room / 4) })).toMatch(/^note\.add\|👍+$/u);
    expect(await carried({ text: `x${"👍".repeat(14)}` })).toMatch(/^~/);
    expect(await stored()).toBe(2);
  });

  it("leaves out what is not given, between and at the end", async () => {
    expect(await carried({ text: "milk", times: 3 })).toBe("note.add|milk||3");
    expect(await behind("note.add|milk||3")).toEqual(call({ text: "milk", times: "3" }));
    expect(await carried({})).toBe("note.add");
  });

  it("that holds more than plain values is stored", async () => {
    const data = await carried({ text: ["a", "b"] });
    expect(data).toMatch(/^~/);
    expect(await behind(data)).toEqual(call({ text: ["a", "b"] }));
  });

  it("comes back as it was, whatever its values and however long, within the platform's bytes", async () => {
    const value = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
      fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
      fc.constantFrom("|", "||", "%", "%7C", "%25", "%257C", "~", "a|b%c", "👩‍👩‍👧‍👦|%", "\n", " "),
    );
    await fc.assert(
      fc.asyncProperty(value, fc.option(value, { nil: undefined }), async (text, colour) => {
        const input = colour === undefined ? { text } : { text, colour };
        const data = await carried(input);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(bytes);
        expect(data.isWellFormed()).toBe(true);
        expect(await behind(data)).toEqual(call(input));
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it("that is shown again is stored once, also at the same time", async () => {
    const input = { text: "x".repeat(100) };
    const all = await Promise.all([1, 2, 3].map(() => carried(input)));
    expect(new Set([...all, await carried(input)]).size).toBe(1);
    expect(await stored()).toBe(1);
  });

  it("that acts where its view was asked for carries that place along, and no other call does", async () => {
    const place = { platform: "town", channel: "g1", kind: "channel", title: "Maths" } as const;
    const data = buttonData({ house, store, secrets, clock }, bytes, place);
    const [there, anywhere] = [data.of(call({ text: "milk" }), true), data.of(call({ text: "milk" }))];
    await data.stored();
    expect(anywhere).toBe("note.add|milk");
    expect(await callBehind({ house, store }, there)).toEqual({ call: call({ text: "milk" }), place });
    expect(await callBehind({ house, store }, anywhere)).toEqual({ call: call({ text: "milk" }) });
  });

  it("of another content has another token, which cannot be guessed", async () => {
    const [one, two] = [await carried({ text: "x".repeat(100) }), await carried({ text: "x".repeat(101) })];
    expect(one).not.toBe(two);
    const other = seededSecrets(clock, 2);
    const data = buttonData({ house, store, secrets: other, clock }, bytes);
    expect(data.of(call({ text: "x".repeat(100) }))).not.toBe(one);
  });
});

describe("a stored call", () => {
  const long = { text: "x".repeat(100) };
  const day = 24 * 3600_000;
  const only = async () => (await store.find(storedCalls, { limit: 2 })).rows[0]!;

  it("starts its life anew when it is shown again after a long time, and not each time", async () => {
    await carried(long);
    const { at, rev } = await only();
    await clock.advance(199 * day);
    await carried(long);
    expect(await only()).toMatchObject({ at, rev });
    await clock.advance(2 * day);
    await Promise.all([carried(long), carried(long)]);
    expect(await only()).toMatchObject({ at: clock.now() });
    expect(await stored()).toBe(1);
  });

  it("has a token of its own for each place it was made in", async () => {
    const ctx = { house, store, secrets, clock };
    const places = [
      { platform: "town", channel: "club" },
      { platform: "city", channel: "club" },
      { platform: "town", channel: "club", thread: "1" },
      { platform: "town", channel: "club:1" },
    ].map((place) => ({ ...place, kind: "channel" as const }));
    const ids = await Promise.all([...places, places[0]!].map((place) => storeCall(ctx, call(long), place)));
    expect(new Set(ids).size).toBe(places.length);
  });
});

describe("forged data", () => {
  it.each([
    "",
    "~",
    "~0",
    `~${"0".repeat(32)}`,
    "~../../x",
    "note.gone|x",
    "note.add|a|b|3|4",
    "__proto__|x",
    "constructor",
    "|||",
  ])("%j leads nowhere", async (data) => {
    expect(await behind(data)).toBeUndefined();
  });

  it("of any kind is nothing or a call of an action there is, with text in its fields", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `note.add|${text}`),
        ),
        async (data) => {
          const found = await behind(data);
          if (!found) return;
          expect(house.actions.has(found.action)).toBe(true);
          for (const [name, value] of Object.entries(found.input)) {
            expect(action.fields.map((field) => field.name)).toContain(name);
            expect(typeof value).toBe("string");
          }
        },
      ),
      { seed: 12, numRuns: 300 },
    ));
});

// What comes over the wire is read alike whether its schema is read as it stands or as code of its own, spoiled or not.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { z } from "zod";
import { Interaction, Message } from "../../../src/adapters/chat/discord/incoming.ts";
import { Command, EventBody, Press, Shortcut, Submission } from "../../../src/adapters/chat/slack/incoming.ts";
import { Incoming } from "../../../src/adapters/chat/telegram/incoming.ts";
import { compiled } from "../../../src/core/kernel/compiled.ts";

const payloadsOf = (platform: string): readonly unknown[] => {
  const folder = new URL(`../../fixtures/${platform}/`, import.meta.url);
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")));
};
const events = payloadsOf("discord").map((event) => (event as { d: unknown }).d);
const forms = payloadsOf("slack");
const read: readonly [name: string, schema: z.ZodType, payloads: readonly unknown[]][] = [
  ["Telegram's updates", Incoming, payloadsOf("telegram")],
  ["Discord's interactions", Interaction, events],
  ["Discord's messages", Message, events],
  ["Slack's commands", Command, forms],
  ["Slack's events", EventBody, forms],
  ["Slack's presses", Press, forms],
  ["Slack's submissions", Submission, forms],
  ["Slack's shortcuts", Shortcut, forms],
];

/** The payload with something else at one place in it; undefined takes it away. */
function spoiled(value: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== "object" || value === null) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const keys = Object.keys(copy);
  const key = keys[step % Math.max(1, keys.length)] ?? "0";
  Object.assign(copy, { [key]: spoiled((copy as Record<string, unknown>)[key], rest, by) });
  return copy;
}

const outcome = ({ data, error }: z.ZodSafeParseResult<unknown>) => ({ data, issues: error?.issues });

describe.each(read)("%s", (_, schema, payloads) => {
  const often = compiled(schema);
  for (let n = 0; n < 100; n++) often.safeParse(payloads[0]);

  it("are the same as they come", () => {
    const readable = payloads.filter((payload) => schema.safeParse(payload).success);
    expect(readable.length).toBeGreaterThan(0);
    for (const payload of payloads)
      expect(outcome(often.safeParse(payload))).toEqual(outcome(schema.safeParse(payload)));
  });

  it("are the same when something in them is not what it should be", () => {
    const by = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined), fc.constantFrom("1", 1, [], {}, null));
    fc.assert(
      fc.property(fc.constantFrom(...payloads), fc.array(fc.nat(40), { maxLength: 4 }), by, (payload, path, other) => {
        const given = spoiled(payload, path, other);
        expect(outcome(often.safeParse(given))).toEqual(outcome(schema.safeParse(given)));
      }),
      { numRuns: 500 },
    );
  });
});

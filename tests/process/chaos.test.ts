// The short form of `npm run chaos`: reminders over three apps while workers and Redis die and sends meet with accidents.
import { expect, it } from "@jest/globals";
import { chaos } from "../chaos/run.ts";

it("whatever dies, every reminder comes once, or as often as is documented, and in order", async () => {
  const seed = Number(process.env.CHAOS_SEED ?? 20_261);
  const lines: string[] = [`CHAOS_SEED=${seed}`];
  const run = { seed, people: 12, each: 10, lasts: 45_000, settles: 240_000 };
  const outcome = await chaos({ ...run, say: (line) => void lines.push(line) });
  const story = [...lines, JSON.stringify(outcome.accidents)].join("\n");
  expect({ story, faults: outcome.faults, waiting: outcome.waiting }).toEqual({ story, faults: [], waiting: 0 });
  expect(outcome.received + outcome.leftToInbox).toBe(120);
}, 330_000);

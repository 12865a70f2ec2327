// `npm run chaos`: a long run, with its seed printed first and its verdict last. Options: --seed N --people N --each N --minutes N.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { chaos } from "./run.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: `${randomInt(2 ** 31)}` },
    people: { type: "string", default: "90" },
    each: { type: "string", default: "40" },
    minutes: { type: "string", default: "6" },
  },
});
const [seed, people, each, minutes] = [values.seed, values.people, values.each, values.minutes].map(Number);
const say = (line: string) => void process.stdout.write(`${new Date().toISOString().slice(11, 19)}  ${line}\n`);

say(`seed ${seed}: ${people! * each!} deliveries to ${people} people, due within ${minutes} minutes`);
const outcome = await chaos({
  seed: seed!,
  people: people!,
  each: each!,
  lasts: minutes! * 60_000,
  settles: 8 * 60_000,
  say,
});
const { faults, ...figures } = outcome;
say(JSON.stringify(figures, undefined, 2));
for (const fault of faults) say(`FAULT ${fault}`);
const good = faults.length === 0 && outcome.waiting === 0;
say(good ? "none lost, none repeated beyond what is documented, all in order" : `${faults.length} faults`);
process.exitCode = good ? 0 : 1;

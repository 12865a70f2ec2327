// All the figures the project claims, in one run: `npm run bench`, or `npm run bench -- store queue` for some.
import { announceBench } from "./announce.ts";
import { appwriteBench } from "./appwrite.ts";
import { bullmqBench } from "./bullmq.ts";
import { discordBench } from "./discord.ts";
import { filesBench } from "./files.ts";
import { migrationBench } from "./migration.ts";
import { queueBench } from "./queue.ts";
import { slackBench } from "./slack.ts";
import { startUpBench } from "./start-up.ts";
import { storeBench } from "./store.ts";
import { isMet, tableOf } from "./table.ts";
import { telegramBench } from "./telegram.ts";

const parts = {
  telegram: telegramBench,
  slack: slackBench,
  discord: discordBench,
  queue: queueBench,
  bullmq: bullmqBench,
  store: storeBench,
  announce: announceBench,
  appwrite: appwriteBench,
  files: filesBench,
  migration: migrationBench,
  "start-up": startUpBench,
};
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length) {
  process.stderr.write(`There is no ${unknown.join(", ")} to measure; there are: ${Object.keys(parts).join(", ")}.\n`);
  process.exit(1);
}

const figures = [];
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length && !asked.includes(name)) continue;
  process.stderr.write(`measuring ${name} …\n`);
  figures.push(...(await measure()));
}
process.stdout.write(`${tableOf(figures)}\n`);
process.exitCode = figures.every(isMet) ? 0 : 1;

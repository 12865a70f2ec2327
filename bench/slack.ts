// A signed slash command through PeerSpark and bare Bolt, each in a process of its own, in one run.
import { type Contender, start } from "./contender.ts";
import { alternating } from "./rounds.ts";
import { push } from "./slack/load.ts";
import { webApi } from "./slack/web-api.ts";
import { type Figure, milliseconds, percentile, perSecond, tableOf } from "./table.ts";

const many = { commands: 2000, atOnce: 32 };

export async function slackBench(): Promise<readonly Figure[]> {
  const api = await webApi();
  const env = { API_ROOT: api.url };
  const apps = await Promise.all([
    start({ file: "slack/apps/peerspark", env }),
    start({ file: "slack/apps/bolt", env }),
  ]);
  const rate = async (app: Contender) => (await push(api, app, { ...many, until: "answered" })).perSecond;
  const p99 = async (app: Contender) =>
    percentile((await push(api, app, { ...many, until: "acknowledged" })).latencies, 0.99);
  try {
    for (const app of apps) await rate(app);
    const [rates, slowest] = [await alternating(apps, rate), await alternating(apps, p99)];
    return [
      perSecond("Slack: a signed command, answered, 32 at a time, bare Bolt", rates[0]!, rates[1]!, 1.3),
      milliseconds("Slack: its acknowledgement, 32 at a time, p99, bare Bolt", slowest[0]!, slowest[1]!, 0.8),
    ];
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
    api.close();
  }
}

if (import.meta.main) process.stdout.write(`${tableOf(await slackBench())}\n`);

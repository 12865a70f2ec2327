// The Appwrite store: the requests of every action, exactly, and its methods against the bare SDK's calls that they rest on.
import { Client, TablesDB } from "node-appwrite";
import { openAppwrite } from "../src/adapters/store/appwrite.ts";
import { insert } from "../src/core/kernel/change.ts";
import type { Store } from "../src/core/ports/store.ts";
import { provision } from "../tests/support/appwrite-store.ts";
import { countRequests, worded } from "../tests/support/requests/counted.ts";
import { budgets } from "../tests/support/requests/steps.ts";
import { type Contest, contestsOf, rows } from "./appwrite/contests.ts";
import { group, groups, keyless } from "./appwrite/groups.ts";
import { serverApart } from "./appwrite/server.ts";
import { type Figure, median, milliseconds, tableOf } from "./table.ts";

export async function appwriteBench(): Promise<readonly Figure[]> {
  return [...(await requests()), ...(await methods())];
}

/** As the test holds them; where a flow may make more, its own figure is what it is held to. */
async function requests(): Promise<readonly Figure[]> {
  return (await countRequests()).map(({ step, answered, later }) => {
    const most = typeof step.kind === "string" ? budgets[step.kind] : step.answered;
    return {
      name: `appwrite: requests of ${step.action} (${worded(step)})`,
      ours: later.length ? `${answered.length}, and ${later.length} after the answer` : `${answered.length}`,
      against: typeof step.kind === "string" ? `${most}` : `${most}: ${step.kind.because}`,
      ratio: answered.length / most,
      target: 1,
      sense: "most",
    };
  });
}

const databaseId = "bench";
const most = 1.15;

async function methods(): Promise<readonly Figure[]> {
  const server = await serverApart();
  const { access } = server;
  const collections = [groups, keyless];
  try {
    await provision({ ...access, databaseId, collections });
    const store = await openAppwrite({ ...access, databaseId, collections });
    const client = new Client().setEndpoint(access.endpoint).setProject(access.projectId).setKey(access.apiKey);
    await fill(store);
    const figures: Figure[] = [];
    for (const contest of contestsOf(store, new TablesDB(client), databaseId)) figures.push(await measured(contest));
    await store.close();
    return figures;
  } finally {
    await server.stop();
  }
}

async function fill(store: Store): Promise<void> {
  for (let at = 0; at < rows; at += 100)
    await store.commit(Array.from({ length: 100 }, (_, n) => insert(groups, group(`${at + n}`, at + n))));
}

/** Call by call, each side first in every other turn. The first third warms up. */
async function measured({ name, turns, ours, bare }: Contest): Promise<Figure> {
  const took = { ours: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn < turns; turn++) {
    const calls = { ours: ours(turn), bare: bare(turn) };
    for (const side of turn % 2 ? (["ours", "bare"] as const) : (["bare", "ours"] as const)) {
      const start = performance.now();
      await calls[side]();
      if (turn >= turns / 3) took[side].push(performance.now() - start);
    }
  }
  return milliseconds(`appwrite: ${name}`, median(took.ours), median(took.bare), most);
}

if (import.meta.main) process.stdout.write(`${tableOf(await appwriteBench())}\n`);

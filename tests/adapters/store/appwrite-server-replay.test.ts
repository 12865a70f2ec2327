// Whether the server of our own answers as a recorded Appwrite 1.9.6 did; with APPWRITE_ENDPOINT set, whether that server does.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AppwriteServer, appwriteServer } from "../../support/appwrite-server/index.ts";
import { exchangesOf, transcripts } from "../../support/appwrite-server/replay/exchanges.ts";
import { type LeftOut, replayOn } from "../../support/appwrite-server/replay/replay.ts";
import type { Target } from "../../support/appwrite-server/replay/target.ts";

const instant = "an instant of the recording";
const page = "the answer is a page of HTML";
const content = "what was in the largest file is not recorded";
const race = "how many of a race fail is chance";

const leftOut: readonly LeftOut[] = [
  { transcript: "05", label: /^(unknown route|wrong method)/, reason: page },
  { transcript: "06", label: /^orderRandom/, reason: "chance" },
  { transcript: "06", label: /^ttl cache/, fields: ["x-appwrite-cache"], reason: "lists are never asked to be cached" },
  { transcript: "06", label: /^distance/, reason: "nothing is stored in space" },
  {
    transcript: "08",
    label: /^(Operator.dateSetNow|two operators|Operator.increment beyond|updateRows)/,
    fields: ["at"],
    reason: instant,
  },
  { transcript: "09", label: /^(updateRows|deleteRows)/, fields: ["at"], reason: instant },
  { transcript: "09", label: /^guest bulk/, fields: ["x-ratelimit-remaining"], reason: "minutes had gone by" },
  { transcript: "11", label: /big|12 MiB|^listFiles$/, fields: ["signature"], reason: content },
  {
    transcript: "11",
    label: /exactly 5 MiB|^listFiles$/,
    fields: ["mimeType"],
    reason: "libmagic takes a row of letters for a tape",
  },
  { transcript: "11", label: /^listFiles/, fields: ["$updatedAt"], reason: "a picture at another size moved it" },
  { transcript: "11", label: /^getFilePreview/, reason: "pictures are never asked for at another size" },
  { transcript: "14", label: /^datetime (now|\+1 day)/, fields: ["dt"], reason: instant },
  { transcript: "15", label: /session|guest account/, reason: "accounts are never made or used" },
  { transcript: "15", label: /./, fields: ["$sequence"], reason: "counts the rows of sessions too" },
  { transcript: "19", label: /^response-format/, reason: "one format is spoken, that of the SDK" },
  { transcript: "19", label: /^queries as/, fields: ["rows"], reason: "of two parameters of one name one is recorded" },
  { transcript: "21", label: /stale|getRow lu/, fields: ["$sequence"], reason: race },
  { transcript: "23", label: /./, fields: ["$sequence"], reason: race },
];

/** What a server that is not our own is not asked for. */
const elsewhere: readonly LeftOut[] = [
  { transcript: "01", label: /^listDatabases/, reason: "it has databases of others" },
  { transcript: "05", label: /read-only|lacking scope/, reason: "there is one key" },
  { transcript: "10", label: /^listTransactions/, reason: "it has transactions of others" },
  { transcript: "14", label: /^(unique|order emoji|equal accent)/, reason: "depends on the collation of its database" },
  { transcript: "20", label: /./, reason: "its database cannot be stopped" },
  { transcript: "22", label: /./, reason: "depends on the collation of its database" },
  {
    transcript: "27",
    label: /worker|processing column|^3 s later|delete request/,
    reason: "its worker cannot be held",
  },
];

/** Recorded on a database of the collation that Appwrite ships with. */
const general = "22-collation-general-ci";
const { APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID = "", APPWRITE_API_KEY = "" } = process.env;
const others = APPWRITE_ENDPOINT !== undefined;

const own = (server: AppwriteServer, pass: (ms: number) => void): Target => ({
  url: server.url,
  projectId: server.projectId,
  apiKey: server.apiKey,
  readerKey: server.key(["rows.read"]),
  wait: async (ms) => pass(ms),
  worker: server.worker,
});

const theirs: Target = {
  url: APPWRITE_ENDPOINT ?? "",
  projectId: APPWRITE_PROJECT_ID,
  apiKey: APPWRITE_API_KEY,
  wait: (ms) => sleep(ms),
};

describe("the recorded exchanges", () => {
  let later = 0;
  let server: AppwriteServer;
  let replay: ReturnType<typeof replayOn>;
  const counts = { compared: 0, leftOut: 0 };

  beforeAll(async () => {
    server = await appwriteServer({ projectId: "proj1", now: () => Date.now() + later });
    const pass = (ms: number) => {
      later += ms;
    };
    const target = others ? theirs : own(server, pass);
    replay = replayOn(target, others ? [...leftOut, ...elsewhere] : leftOut);
  });
  afterAll(async () => {
    if (others) await replay.clear();
    await server.close();
  });

  it.each(transcripts.filter((name) => name !== general))(
    "%s",
    async (transcript) => {
      const { compared, leftOut: without, differences } = await replay.play(transcript);
      counts.compared += compared;
      counts.leftOut += without;
      expect(differences).toEqual([]);
    },
    others ? 300_000 : 30_000,
  );

  (others ? it.skip : it)(general, async () => {
    const other = await appwriteServer({ projectId: "proj1", collation: "general" });
    const { compared, differences } = await replayOn(
      own(other, () => {}),
      leftOut,
    ).play(general);
    await other.close();
    counts.compared += compared;
    expect(differences).toEqual([]);
  });

  it("are nearly all compared", () => {
    const all = transcripts.flatMap(exchangesOf).length;
    expect(others ? all : counts.compared + counts.leftOut).toBe(all);
    expect(others ? 0 : counts.leftOut).toBeLessThanOrEqual(18);
  });
});

it("leaves out nothing that is not there", () => {
  const all = transcripts.flatMap(exchangesOf);
  const unused = [...leftOut, ...elsewhere].filter(
    (one) => !all.some(({ transcript, label }) => transcript.startsWith(one.transcript) && one.label.test(label)),
  );
  expect(unused).toEqual([]);
});

// Whether the server of our own answers as a recorded Appwrite 1.9.6 did; with APPWRITE_ENDPOINT, whether that one does.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AppwriteServer, appwriteServer } from "../../support/appwrite-server/index.ts";
import { transcripts } from "../../support/appwrite-server/replay/exchanges.ts";
import { type LeftOut, replayOn, type Target } from "../../support/appwrite-server/replay/replay.ts";

const page = "the sentence is a page of HTML";
const leftOut: readonly LeftOut[] = [
  { transcript: "05", label: /^(unknown route|wrong method)/, reason: page },
  { transcript: "06", label: /^orderRandom/, reason: "chance" },
  { transcript: "06", label: /^ttl cache/, fields: ["x-appwrite-cache"], reason: "lists are never asked to be cached" },
  { transcript: "06", label: /^distance/, reason: "nothing is stored in space" },
  {
    transcript: "08",
    label: /^(Operator.dateSetNow|two operators|Operator.increment beyond|updateRows)/,
    fields: ["at"],
    reason: "the instant of the recording",
  },
  { transcript: "09", label: /^(updateRows|deleteRows)/, fields: ["at"], reason: "the instant of the recording" },
  { transcript: "09", label: /^guest bulk/, fields: ["x-ratelimit-remaining"], reason: "minutes had gone by" },
  {
    transcript: "11",
    label: /big|five|5 MiB|12 MiB|incomplete|11 MiB|100 bytes|upper case|fake|named .png|listFiles/,
    fields: ["signature", "mimeType"],
    reason: "what was in the file is not recorded",
  },
  { transcript: "11", label: /^getFilePreview/, reason: "pictures are never asked for at another size" },
  {
    transcript: "14",
    label: /^datetime (now|\+1 day)/,
    fields: ["dt"],
    reason: "the instant of the recording",
  },
  { transcript: "15", label: /session|guest account/, reason: "accounts are never made or used" },
  { transcript: "15", label: /./, fields: ["$sequence"], reason: "counts rows of sessions too" },
  { transcript: "19", label: /^queries as/, fields: ["rows"], reason: "of two parameters of one name one is recorded" },
  { transcript: "19", label: /^response-format/, reason: "one format is spoken, that of the SDK" },
  { transcript: "21", label: /stale|getRow lu/, fields: ["$sequence"], reason: "how many of a race fail is chance" },
  { transcript: "23", label: /./, fields: ["$sequence"], reason: "how many of a race fail is chance" },
];

/** Recorded on a database of the collation that Appwrite ships with. */
const general = "22-collation-general-ci";

let server: AppwriteServer;
let later = 0;

beforeAll(async () => {
  server = await appwriteServer({ projectId: "proj1", schemaMs: 40, now: () => Date.now() + later });
});
afterAll(() => server.close());

const own = (): Target => ({
  url: server.url,
  projectId: server.projectId,
  apiKey: server.apiKey,
  readerKey: server.key(["rows.read"]),
  wait: async (ms) => {
    later += ms;
  },
  worker: server.worker,
});

describe("the recorded exchanges", () => {
  let play: ReturnType<typeof replayOn>;
  beforeAll(() => {
    play = replayOn(own(), leftOut);
  });
  it.each(transcripts.filter((name) => name !== general))("%s", async (transcript) => {
    const { differences } = await play(transcript);
    expect(differences).toEqual([]);
  });

  it(general, async () => {
    const other = await appwriteServer({ projectId: "proj1", collation: "general" });
    const { differences } = await replayOn({ ...own(), url: other.url, apiKey: other.apiKey }, leftOut)(general);
    await other.close();
    expect(differences).toEqual([]);
  });
});

// The person at the machine: a name of any user, and warnings told once.
import { expect, it } from "@jest/globals";
import { telegramFrom } from "../src/adapters/chat/telegram/index.ts";
import { cryptoSecrets } from "../src/adapters/secrets.ts";
import { nameOnMachine, secretsOf, toldTo } from "../src/local.ts";
import { testClock } from "./support/clock.ts";
import { type LogLine, recordingLog } from "./support/world.ts";

it.each([
  ["Ada", "ada"],
  ["CORP\\Jane Doe", "corp-jane-doe"],
  ["зоя", "зоя"],
  ["", "you"],
  ["x".repeat(80), "x".repeat(50)],
])("the user %j speaks as %j", (user, name) => {
  expect(nameOnMachine(() => user)).toBe(name);
});

it("a user without a name (a container's) speaks as you", () => {
  const nobody = () => {
    throw new Error("ENOENT: uv_os_get_passwd");
  };
  expect(nameOnMachine(nobody)).toBe("you");
});

it("the webhook's secret is one the log leaves out, a configured one and one derived from the key", () => {
  const key = "k".repeat(32);
  const token = `1:${"t".repeat(35)}`;
  const secrets = cryptoSecrets(key, Date);
  const configured = { token, apiRoot: "http://127.0.0.1:1" };
  for (const telegram of [configured, { ...configured, webhookSecret: "w".repeat(16) }]) {
    const config = { publicUrl: "https://peerspark.example.org", telegram };
    const { webhooks } = telegramFrom({ config, clock: testClock(), log: recordingLog([]), secrets });
    const shown = webhooks[0]!.path.split("/").at(-1)!;
    expect(shown.length).toBeGreaterThanOrEqual(16);
    expect(secretsOf({ telegram }, key)).toEqual([key, token, shown]);
  }
  expect(secretsOf({}, key)).toEqual([key]);
});

it("a warning is logged each time, and told once", () => {
  const lines: LogLine[] = [];
  const said: string[] = [];
  const log = toldTo((sentence) => said.push(sentence), recordingLog(lines));
  log.info({}, "started");
  for (const attempt of [1, 2]) log.with({ attempt }).warn({}, "Another process polls");
  log.error({}, "a job has died");
  expect(said).toEqual(["(Another process polls)", "(a job has died)"]);
  expect(lines.map(({ message }) => message)).toEqual([
    "Another process polls",
    "Another process polls",
    "a job has died",
  ]);
});

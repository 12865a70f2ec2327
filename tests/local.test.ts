// The person at the machine: a name of any user, and warnings told once.
import { expect, it } from "@jest/globals";
import { nameOnMachine, toldTo } from "../src/local.ts";
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

// The log: one JSON object a line, errors told in full, secrets in none of them.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { pinoLog } from "../../src/adapters/log.ts";
import { AppError } from "../../src/core/errors.ts";

function kept(secrets: readonly string[] = [], level: "debug" | "warn" | "silent" = "debug") {
  const lines: string[] = [];
  const log = pinoLog({ level, secrets, to: { write: (line: string) => void lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1)!) };
}
const token = `987654321:${"Ab_-9".repeat(7)}`;

describe("a line", () => {
  it("is JSON with its level by name, the time, the fields and the message", () => {
    const { log, last } = kept();
    log.info({ job: "reminder.send", attempt: 2 }, "a job ran");
    expect(last()).toMatchObject({ level: "info", job: "reminder.send", attempt: 2, msg: "a job ran" });
    expect(Number.isNaN(Date.parse(last().time))).toBe(false);
  });

  it("is written only from its level up", () => {
    const { log, lines } = kept([], "warn");
    log.debug({}, "a");
    log.info({}, "b");
    log.warn({}, "c");
    log.error({}, "d");
    expect(lines).toHaveLength(2);
    const silent = kept([], "silent");
    silent.log.error({}, "e");
    expect(silent.lines).toEqual([]);
  });

  it("carries the fields of every `with` it came through", () => {
    const { log, last } = kept();
    const update = log.with({ correlation: "c1" });
    update.with({ job: "x.y" }).warn({ attempt: 1 }, "again");
    expect(last()).toMatchObject({ correlation: "c1", job: "x.y", attempt: 1, level: "warn" });
    log.info({}, "another");
    expect(last()).not.toHaveProperty("correlation");
  });
});

describe("an error", () => {
  it("is told with name, code, message, stack and cause, and nothing else that hangs on it", () => {
    const { log, last, lines } = kept();
    const vendor = Object.assign(new TypeError("refused"), { code: 403, on: { payload: { text: "dear diary" } } });
    log.error({ platform: "telegram" }, "a send failed", new AppError("unavailable", "Not now.", { cause: vendor }));
    expect(last().error).toMatchObject({
      name: "AppError",
      code: "unavailable",
      message: "Not now.",
      stack: expect.stringContaining("log.test.ts"),
      cause: { name: "TypeError", code: 403, message: "refused" },
    });
    expect(lines.join()).not.toContain("dear diary");
  });

  it("that is none, or runs in a ring, is told too", () => {
    const { log, last } = kept();
    log.warn({}, "odd", "a word");
    expect(last().error).toEqual({ message: "a word" });
    const ring = new Error("ring");
    ring.cause = ring;
    log.error({}, "ring", ring);
    expect(last().error.cause.message).toBe("ring");
  });
});

describe("secrets", () => {
  it("shaped like a Telegram token are taken out of messages, fields, errors and addresses", () => {
    const { log, lines } = kept();
    log
      .with({ at: `https://api.telegram.org/bot${token}/getMe` })
      .error(
        { seen: token },
        `failed with ${token}`,
        new Error(`POST /bot${encodeURIComponent(token)}/sendMessage`, { cause: token }),
      );
    expect(lines.join()).not.toContain(token.split(":")[1]);
    expect(() => JSON.parse(lines[0]!)).not.toThrow();
  });

  it("that were registered are found nowhere, whatever characters they are of", () => {
    const secret = fc.string({ minLength: 8, maxLength: 60, unit: "grapheme" }).filter((text) => /\w{4}/.test(text));
    fc.assert(
      fc.property(secret, (word) => {
        const { log, lines } = kept([word]);
        log.error({ address: `https://x/?key=${word}` }, `before ${word} after`, new Error(`with ${word}`));
        expect(lines.join()).not.toContain(word);
        expect(JSON.parse(lines[0]!).msg).toBe("before [secret] after");
      }),
      { seed: 20_260_101, numRuns: 300 },
    );
  });

  it("leave what only looks a little like them alone", () => {
    const { log, last } = kept(["short"]);
    log.info({ place: "telegram:-100200300" }, "short 12:30");
    expect(last()).toMatchObject({ place: "telegram:-100200300", msg: "short 12:30" });
  });
});

it("writes to a file, at once, making its folder", () => {
  const file = join(mkdtempSync(join(tmpdir(), "peerspark-log-")), "deep", "peerspark.log");
  const options = { level: "info", to: { file } } as const;
  pinoLog(options).info({}, "first");
  pinoLog(options).info({}, "second");
  const messages = readFileSync(file, "utf8").trim().split("\n");
  expect(messages.map((line) => JSON.parse(line).msg)).toEqual(["first", "second"]);
});

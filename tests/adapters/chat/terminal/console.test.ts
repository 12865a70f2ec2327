// Streams as a terminal: the prompt stays below whatever is shown, lines come in order, and both ends may go away.
import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { type Console, consoleOn } from "../../../../src/adapters/chat/terminal/console.ts";

interface Seated extends Console {
  readonly input: PassThrough;
  readonly output: PassThrough & { columns?: number; isTTY?: boolean };
  /** All that was written, control sequences included. */
  written(): string;
}

function seated(options: { interactive?: boolean; columns?: number; isTTY?: boolean } = {}): Seated {
  const { interactive = false, columns = 80, isTTY = interactive } = options;
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns, isTTY });
  let text = "";
  output.on("data", (chunk) => {
    text += chunk;
  });
  return { ...consoleOn({ input, output, name: "ada", interactive }), input, output, written: () => text };
}

/** What a person sees on a screen of so many columns after all these control sequences. */
function screenOf(written: string, columns: number): string[] {
  const rows: string[][] = [[]];
  let [row, column] = [0, 0];
  const at = () => {
    while (rows.length <= row) rows.push([]);
    return rows[row]!;
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences themselves
  for (const [token, count = "", command] of written.matchAll(/\u001b\[(\d*)([A-Z])|\u001b\[\d+m|[\s\S]/g)) {
    const by = Number(count || 1);
    if (command === "A") row = Math.max(0, row - by);
    else if (command === "G") column = by - 1;
    else if (command === "J") {
      at().splice(column);
      rows.splice(row + 1);
    } else if (token === "\r") column = 0;
    else if (token === "\n") [row, column] = [row + 1, 0];
    else if (!token.startsWith("\u001b")) {
      if (column === columns) [row, column] = [row + 1, 0];
      at()[column++] = token;
    }
  }
  return rows.map((cells) => Array.from(cells, (cell) => cell ?? " ").join(""));
}

/** Reads on in the background. */
function reading({ lines }: Console) {
  const read: string[] = [];
  const ended = (async () => {
    for await (const line of lines) read.push(line);
  })();
  return { read, ended };
}

const typed = async (seat: Seated, ...parts: readonly string[]) => {
  for (const part of parts) {
    seat.input.write(part);
    await setImmediate();
  }
};

describe("somebody who types", () => {
  it("sees the first words before the prompt, and the prompt at once after", async () => {
    const seat = seated({ interactive: true });
    seat.say("Hello.");
    expect(screenOf(seat.written(), 80)).toEqual(["Hello."]);
    reading(seat);
    await setImmediate();
    expect(screenOf(seat.written(), 80)).toEqual(["Hello.", "ada> "]);
    seat.close();
  });

  it("gets a new prompt after every line, an empty one too", async () => {
    const seat = seated({ interactive: true });
    const { read } = reading(seat);
    await typed(seat, "/help\r", "\r");
    expect(read).toEqual(["/help", ""]);
    expect(screenOf(seat.written(), 80)).toEqual(["ada> /help", "ada> ", "ada> "]);
    seat.close();
  });

  it.each([
    ["typed", [..."a line that is longer than the screen is wide"]],
    ["pasted", ["a line that is longer than the screen is wide"]],
    ["typed to the last column", [..."x".repeat(15)]],
    ["empty", [""]],
  ])("keeps a line that is %s whole while something arrives, below it", async (_, parts) => {
    const seat = seated({ interactive: true, columns: 20 });
    const { read } = reading(seat);
    await typed(seat, ...parts);
    for (const news of ["one", "two"]) seat.say(news);
    const line = parts.join("");
    const folded = `ada> ${line}`.match(/.{1,20}/g)!;
    expect(screenOf(seat.written(), 20).filter((row) => row.trim())).toEqual(["one", "two", ...folded]);
    await typed(seat, "!", "\r");
    expect(read).toEqual([`${line}!`]);
    seat.close();
  });

  it("leaves with Ctrl-D or Ctrl-C, on a line of its own; nothing that comes later breaks", async () => {
    for (const key of ["\u0004", "\u0003"]) {
      const seat = seated({ interactive: true });
      const { read, ended } = reading(seat);
      await typed(seat, "/help\r", key);
      await ended;
      seat.say("late");
      expect(read).toEqual(["/help"]);
      expect(screenOf(seat.written(), 80)).toEqual(["ada> /help", "ada> ", "late"]);
    }
  });
});

it("a window that is closed ends it, though closing fails in its turn", async () => {
  const seat = seated({ interactive: true });
  const broken = Object.assign(new Error("write EIO"), { code: "EIO" });
  const { read, ended } = reading(seat);
  await typed(seat, "/help\r");
  Object.assign(seat.input, { setRawMode: () => seat.input.emit("error", broken) });
  seat.input.emit("error", broken);
  await ended;
  expect(read).toEqual(["/help"]);
});

it.each(["/quit", " /EXIT "])("%j leaves, and what follows is not said", async (word) => {
  const seat = seated();
  seat.input.write(`exit\n${word}\n/help\n`);
  const { read, ended } = reading(seat);
  await ended;
  expect(read).toEqual(["exit"]);
  seat.close();
});

describe("a pipe", () => {
  it("is read line by line, whatever ends them, and without a prompt", async () => {
    const seat = seated();
    seat.input.end("one\r\ntwo\n\nthree\rfour");
    const { read, ended } = reading(seat);
    await ended;
    expect(read).toEqual(["one", "two", "", "three", "four"]);
    expect(seat.written()).toBe("");
  });

  it("gives no line away before it is asked for, nor holds more than a thousand", async () => {
    const seat = seated();
    const most = 20_000;
    const chunks = Array.from({ length: most / 100 }, (_, chunk) =>
      Array.from({ length: 100 }, (_, line) => `${chunk * 100 + line}\n`).join(""),
    );
    for (const chunk of chunks) seat.input.write(chunk);
    seat.input.end();
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    expect(seat.input.readableLength + seat.input.writableLength).toBeGreaterThan(0);
    const { read, ended } = reading(seat);
    await ended;
    expect(read).toEqual(Array.from({ length: most }, (_, line) => `${line}`));
  });

  it("has no styles where the output is no screen", () => {
    const plain = seated();
    plain.say("\u001b[1mbold\u001b[22m");
    expect(plain.written()).toBe("bold\n");
    const screen = seated({ isTTY: true });
    screen.say("\u001b[1mbold\u001b[22m");
    expect(screen.written()).toBe("\u001b[1mbold\u001b[22m\n");
  });

  it("that nobody reads any more ends the lines, those that wait too", async () => {
    const seat = seated();
    seat.input.write("one\ntwo\n");
    await setImmediate();
    seat.output.destroy(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    await setImmediate();
    const { read, ended } = reading(seat);
    await ended;
    expect(read).toEqual([]);
  });

  it("that breaks is an end like any other", async () => {
    const seat = seated();
    const { read, ended } = reading(seat);
    await typed(seat, "one\n");
    seat.input.destroy(Object.assign(new Error("read EIO"), { code: "EIO" }));
    await ended;
    expect(read).toEqual(["one"]);
  });

  it("is closed in the middle: what was asked for is done, the rest is dropped", async () => {
    const seat = seated();
    seat.input.write("one\ntwo\nthree\n");
    await setImmediate();
    const read: string[] = [];
    for await (const line of seat.lines) {
      read.push(line);
      seat.close();
    }
    expect(read).toEqual(["one"]);
  });
});

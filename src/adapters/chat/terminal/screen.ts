// One person's terminal: lines come in, messages go out, buttons get numbers.
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { Content, TerminalMessage } from "./mailbox.ts";

export interface Screen {
  /** An answer to the last line: its buttons count from 1 again unless others of the same answer stand above. */
  answer(content: Content): void;
  /** What arrives by itself: its buttons count on, so that a number never changes its meaning under the fingers. */
  arrive(message: TerminalMessage): void;
  /** The next answer is to a new line. */
  newLine(): void;
  /** What the button with this number carries. */
  button(number: number): string | undefined;
}

/** A screen that numbers buttons and writes finished texts to `write`. */
export function numbered(write: (text: string) => void): Screen {
  let buttons: readonly { label: string; data: string }[] = [];
  let fresh = true;
  const print = (content: Content, mark = "") => {
    const offset = buttons.length;
    buttons = [...buttons, ...content.buttons];
    const labels = content.buttons.map(({ label }, index) => `!${offset + index + 1} ${label}`);
    write([mark + content.text, ...(labels.length ? [`  ${labels.join("   ")}`] : []), ""].join("\n"));
  };
  return {
    newLine() {
      fresh = true;
    },
    answer(content) {
      if (fresh && content.buttons.length) {
        buttons = [];
        fresh = false;
      }
      print(content);
    },
    arrive: (message) => print(message, message.edited ? "↻ " : "» "),
    button: (number) => buttons[number - 1]?.data,
  };
}

export interface Console {
  readonly screen: Screen;
  readonly lines: AsyncIterable<string>;
  close(): void;
}

/** A screen on a pair of streams; interactive, it keeps a prompt at the bottom. */
export function consoleOn(options: {
  input: Readable;
  output: Writable & { isTTY?: boolean };
  name: string;
  interactive: boolean;
}): Console {
  const { input, output, name, interactive } = options;
  const reader = createInterface({
    input,
    output: interactive ? output : undefined,
    terminal: interactive,
    prompt: `${name}> `,
  });
  const screen = numbered((text) => {
    if (interactive) output.write("\r\u001b[K");
    output.write(`${output.isTTY ? text : stripVTControlCharacters(text)}\n`);
    if (interactive) reader.prompt(true);
  });
  if (interactive) reader.prompt();
  return { screen, lines: linesOf(reader), close: () => reader.close() };
}

/** Lines are kept from the start: readline loses those that come before somebody asks for them. */
function linesOf(reader: ReturnType<typeof createInterface>): AsyncIterable<string> {
  const waiting: string[] = [];
  let wake = Promise.withResolvers<void>();
  let closed = false;
  const stir = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  reader.on("line", (line) => {
    waiting.push(line);
    stir();
  });
  reader.on("close", () => {
    closed = true;
    stir();
  });
  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (waiting.length) yield waiting.shift()!;
        if (closed) return;
        await wake.promise;
      }
    },
  };
}

// One person's terminal: lines come in, messages go out, buttons get numbers.
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { Content, TerminalMessage } from "./mailbox.ts";

export interface Screen {
  readonly lines: AsyncIterable<string>;
  /** An answer to the last line: its buttons count from 1 again unless others of the same answer stand above. */
  answer(content: Content): void;
  /** What arrives by itself: its buttons count on, so that a number never changes its meaning under the fingers. */
  arrive(message: TerminalMessage): void;
  /** The next answer is to a new line. */
  newLine(): void;
  /** What the button with this number carries. */
  button(number: number): string | undefined;
  close(): void;
}

export function screen(options: {
  input: Readable;
  output: Writable & { isTTY?: boolean };
  name: string;
  interactive: boolean;
}): Screen {
  const { input, output, name, interactive } = options;
  const reader = createInterface({
    input,
    output: interactive ? output : undefined,
    terminal: interactive,
    prompt: `${name}> `,
  });
  let buttons: readonly { label: string; data: string }[] = [];
  let fresh = true;

  const write = (text: string) => {
    if (interactive) output.write("\r\u001b[K");
    output.write(`${output.isTTY ? text : stripVTControlCharacters(text)}\n`);
    if (interactive) reader.prompt(true);
  };
  const print = (content: Content, mark = "") => {
    const offset = buttons.length;
    buttons = [...buttons, ...content.buttons];
    const numbered = content.buttons.map(({ label }, index) => `!${offset + index + 1} ${label}`);
    write([mark + content.text, ...(numbered.length ? [`  ${numbered.join("   ")}`] : []), ""].join("\n"));
  };
  if (interactive) reader.prompt();

  return {
    lines: reader,
    newLine() {
      fresh = true;
    },
    answer(content) {
      if (fresh && content.buttons.length) buttons = [];
      if (content.buttons.length) fresh = false;
      print(content);
    },
    arrive: (message) => print(message, message.edited ? "↻ " : "» "),
    button: (number) => buttons[number - 1]?.data,
    close: () => reader.close(),
  };
}

// A pair of streams as somebody's terminal: lines come in, what is shown goes out, above the prompt where there is one.
import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { numbered, type Screen } from "./screen.ts";

export interface Console {
  readonly screen: Screen;
  /**
   * Ends with the input, at `/quit` or `/exit`, when nobody reads the output any more, and at `close`. The prompt appears
   * when they are asked for.
   */
  readonly lines: AsyncIterable<string>;
  /** Shows something that is no message. */
  say(text: string): void;
  /** Lines that nobody has asked for yet are dropped. */
  close(): void;
}

export interface ConsoleOptions {
  readonly input: Readable;
  readonly output: Writable & { readonly isTTY?: boolean };
  readonly name: string;
  /** Somebody types: there is a prompt, and what they have typed so far stays below whatever is shown meanwhile. */
  readonly interactive: boolean;
}

/** readline goes up so many rows, which it remembers, before it draws the line anew. It forgets those that were pasted. */
type Drawing = Interface & { readonly prevRows?: number };

export function consoleOn({ input, output, name, interactive }: ConsoleOptions): Console {
  const reader: Drawing = createInterface({
    input,
    output: interactive ? output : undefined,
    terminal: interactive,
    prompt: `${name}> `,
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let prompting = false;
  let closed = false;
  const waiting = waitingLines(reader);
  let closing = false;
  const close = () => {
    // Closing what has gone fails in its turn.
    if (closing) return;
    closing = true;
    waiting.drop();
    reader.close();
  };

  function say(text: string): void {
    const shown = `${output.isTTY ? text : stripVTControlCharacters(text)}\n`;
    if (!prompting || closed) return void output.write(shown);
    moveCursor(output, 0, -reader.getCursorPos().rows);
    cursorTo(output, 0);
    clearScreenDown(output);
    output.write(shown + "\n".repeat(reader.prevRows ?? 0));
    reader.prompt(true);
  }

  // A window that was closed, a reader that has gone: both are the end, not a fault.
  for (const side of [reader, output]) side.on("error", close);
  reader.on("line", () => prompting && reader.prompt());
  reader.on("close", () => {
    closed = true;
    if (prompting) output.write("\n");
  });
  return {
    screen: numbered(say),
    lines: {
      async *[Symbol.asyncIterator]() {
        if (interactive && !closed) {
          prompting = true;
          reader.prompt();
        }
        yield* waiting.lines();
      },
    },
    say,
    close,
  };
}

const leaving = /^\s*\/(quit|exit)\s*$/i;
/** So many lines may wait before no more are read. */
const mostWaiting = 1000;

/** Lines are kept from the start: readline loses those that come before somebody asks for them. */
function waitingLines(reader: Interface): { lines(): AsyncIterable<string>; drop(): void } {
  const waiting: string[] = [];
  let wake = Promise.withResolvers<void>();
  let closed = false;
  const stir = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  reader.on("line", (line) => {
    waiting.push(line);
    if (waiting.length === mostWaiting) reader.pause();
    stir();
  });
  reader.on("close", () => {
    closed = true;
    stir();
  });
  return {
    async *lines() {
      for (;;) {
        while (waiting.length) {
          const line = waiting.shift()!;
          if (leaving.test(line)) return;
          yield line;
          if (waiting.length === 0 && !closed) reader.resume();
        }
        if (closed) return;
        await wake.promise;
      }
    },
    drop: () => void waiting.splice(0),
  };
}

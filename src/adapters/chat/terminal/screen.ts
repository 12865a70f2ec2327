// One person's screen: what it shows, and the numbers of the buttons on it.
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

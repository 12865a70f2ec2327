// Somebody at a terminal of a house under test: what they type and press, and what they then see.
import { stripVTControlCharacters } from "node:util";
import type { Terminal } from "../../src/adapters/chat/terminal/index.ts";
import { numbered } from "../../src/adapters/chat/terminal/screen.ts";
import type { Inbox } from "../../src/core/ports/platform.ts";

export interface Seat {
  readonly name: string;
  /** Says a line and answers what the screen then shows. */
  says(line: string): Promise<string>;
  /** Presses the newest button with this label. @throws Error when no button is called so. */
  presses(label: string): Promise<string>;
  /** What has come since the last look, answers included. */
  sees(): Promise<string>;
}

/** @param house asked anew each time, so that a person outlives a restart. */
export function seat(name: string, house: () => { readonly terminal: Terminal; readonly inbox: Inbox }): Seat {
  let unseen: string[] = [];
  const screen = numbered((text) => unseen.push(stripVTControlCharacters(text)));
  const session = () => house().terminal.attach({ name, screen, zone: "UTC", language: "en" }, house().inbox);
  const numbers = new Map<string, number>();
  const says = async (line: string) => {
    const from = unseen.length;
    await session().hear(line);
    const shown = unseen.slice(from).join("\n");
    note(shown);
    return shown;
  };
  const note = (shown: string) => {
    for (const [, number, label] of shown.matchAll(/!(\d+) (.+?)(?= {3}!|\n|$)/g)) numbers.set(label!, Number(number));
  };
  return {
    name,
    says,
    presses(label) {
      const number = numbers.get(label);
      if (!number) throw new Error(`no button “${label}” among ${[...numbers.keys()].join(", ") || "none"}`);
      return says(`!${number}`);
    },
    async sees() {
      await session().look();
      const seen = unseen.join("\n");
      note(seen);
      unseen = [];
      return seen;
    },
  };
}

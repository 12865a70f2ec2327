// A line of a terminal as what its person did.
import type { Deed } from "../../../core/ports/platform.ts";

/** `!2` presses the second button; everything else is said to PeerSpark. Undefined for an empty line. */
export function decode(line: string, button: (number: number) => string | undefined): Deed | undefined {
  const text = line.trim();
  if (!text) return undefined;
  const press = /^!(\d{1,3})$/.exec(text);
  if (!press) return { kind: "text", text, addressed: true };
  return { kind: "press", data: button(Number(press[1])) ?? "" };
}

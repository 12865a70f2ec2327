// How a message is told in others: its text with the first file, each further file in a message of its own.
import type { Talk } from "../ports/platform.ts";

export interface Part {
  readonly text: boolean;
  /** Which of its files. */
  readonly file?: number;
}

/** Platforms take less text beside a file than without one; a longer one stands alone. */
const besideFile = 900;
/** Every commit that carries a message has room for so many; the others are named. */
export const mostFiles = 8;

/** The messages that it takes: a file each, the text with the first, or by itself where it is long. */
export function partsOf({ text, files }: Pick<Talk, "text" | "files">): readonly Part[] {
  const filed = files.slice(0, mostFiles).map((_, file) => ({ text: false, file }));
  if (filed.length === 0 || text.length > besideFile) return [{ text: true }, ...filed];
  return [{ ...filed[0], text: true }, ...filed.slice(1)];
}

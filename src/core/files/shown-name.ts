// A file's name as people may be shown it and a browser may save it: never a path, never a command.
import { hasVisible, tidy } from "../kernel/visible-text.ts";

/** UTF-16 units. */
const longest = 120;

/** @param name as it was given. @param otherwise what it is called when nothing is left of its name. */
export function shownName(name: string, otherwise: string): string {
  const last = tidy(name).split(/[/\\]/).at(-1)!;
  const [ending = ""] = /\.[a-zA-Z0-9]{1,5}$/.exec(last) ?? [];
  const stem = last
    .slice(0, last.length - ending.length)
    .replace(/[<>:"|?*\u200e\u200f\u061c]/g, "_")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  if (!hasVisible(stem)) return otherwise;
  return (
    stem
      .slice(0, longest - ending.length)
      .replace(/[\uD800-\uDBFF]$/, "")
      .trim() + ending
  );
}

// Answers of a moment ago, of the collections that are read on nearly every call: members, accounts, pods, bindings.
import { setImmediate } from "node:timers/promises";
import type { AppwriteTable } from "./table.ts";

export interface AnswerMemory {
  /** The answer as it was given before, unless the collection has changed since. */
  answer<T>(table: AppwriteTable, question: unknown, ask: () => Promise<T>): Promise<T>;
  /** Forgets what was answered of a collection, and what is being asked of it now. */
  changed(table: AppwriteTable): void;
}

/** Answers of each collection at most, the oldest going first; longer ones are not kept. */
const most = 2_000;
const longest = 8_000;
/** Answers without a request leave the event loop to others this often. */
const turnEvery = 64;

/** @param current resolves when the answers are known to be those of this moment (versions.ts). */
export function answerMemory(current: (table: AppwriteTable) => Promise<void>): AnswerMemory {
  const answers = new Map<AppwriteTable, Map<string, string>>();
  let given = 0;
  return {
    async answer<T>(table: AppwriteTable, question: unknown, ask: () => Promise<T>): Promise<T> {
      if (!table.collection.often) return ask();
      await current(table);
      const asked = JSON.stringify(question);
      const known = answers.get(table) ?? answers.set(table, new Map()).get(table)!;
      const kept = known.get(asked);
      if (++given % turnEvery === 0) await setImmediate();
      if (kept !== undefined) return (JSON.parse(kept) ?? undefined) as T;
      const answer = await ask();
      // A change in the meantime has put another map there, and this one is no longer looked at.
      keep(known, asked, answer);
      return answer;
    },
    changed: (table) => void answers.delete(table),
  };
}

/** As text: whoever reads it gets a copy of their own. Nothing found is an answer too. */
function keep(known: Map<string, string>, asked: string, answer: unknown): void {
  const text = JSON.stringify(answer ?? null);
  if (text.length > longest) return;
  if (known.size >= most) known.delete(known.keys().next().value!);
  known.set(asked, text);
}

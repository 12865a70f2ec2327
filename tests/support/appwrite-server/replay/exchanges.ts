// The recorded exchanges with a real Appwrite 1.9.6, one JSON text a line, in the order they were made.
import { readdirSync, readFileSync } from "node:fs";
import { parseJson } from "../json.ts";

export interface Exchange {
  readonly transcript: string;
  readonly label: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    /** `guest`, `reader` (a key that may only read), or a key as it was sent; the API key when absent. */
    readonly as?: string;
    /** As it was sent where it was not the project itself. */
    readonly project?: string | null;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
}

const folder = new URL("../transcripts/", import.meta.url);

export const transcripts: readonly string[] = readdirSync(folder)
  .sort()
  .map((file) => file.replace(".jsonl", ""));

export const exchangesOf = (transcript: string): readonly Exchange[] =>
  readFileSync(new URL(`${transcript}.jsonl`, folder), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => ({ ...(parseJson(line) as Omit<Exchange, "transcript">), transcript }));

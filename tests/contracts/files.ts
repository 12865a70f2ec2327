// What every place for files must keep; each driver's test calls it whole.
import { describe } from "@jest/globals";
import type { OpenFiles } from "../support/file-samples.ts";
import { contentContract } from "./files/contents.ts";
import { fileListContract } from "./files/list.ts";
import { fileProcessContract } from "./files/processes.ts";
import { brokenContentContract } from "./files/refusals.ts";

/** `open` answers empty buckets (tests/support/file-samples.ts). */
export function filesContract(name: string, open: OpenFiles): void {
  describe(`the files contract on ${name}`, () => {
    contentContract(open);
    brokenContentContract(open);
    fileListContract(open);
    fileProcessContract(open);
  });
}

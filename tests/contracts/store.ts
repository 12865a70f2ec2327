// What every store must keep; each driver's test calls it whole.
import { describe } from "@jest/globals";
import type { OpenSamples } from "../support/store-samples.ts";
import { commitContract } from "./store/commit.ts";
import { conflictContract } from "./store/conflicts.ts";
import { findContract } from "./store/find.ts";
import { modelContract } from "./store/model.ts";
import { readContract } from "./store/read.ts";
import { searchContract } from "./store/search.ts";

/** `open` answers an empty store of `sampleCollections` (tests/support/store-samples.ts). */
export function storeContract(name: string, open: OpenSamples): void {
  describe(`the store contract on ${name}`, () => {
    readContract(open);
    findContract(open);
    searchContract(open);
    commitContract(open);
    conflictContract(open);
    modelContract(open);
  });
}

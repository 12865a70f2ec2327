// The SQLite store keeps the store contract.
import { storeContract } from "../../contracts/store.ts";
import { openSamples } from "../../support/store-files.ts";

storeContract("SQLite", openSamples);

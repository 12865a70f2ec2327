// The SQLite store keeps the store contract, with and without answers kept at hand.
import { storeContract } from "../../contracts/store.ts";
import { openOftenRead, openSamples } from "../../support/store-files.ts";

storeContract("SQLite", openSamples);
storeContract("SQLite with collections that are read often", openOftenRead);

// The Appwrite store keeps the store contract over the wire, with and without answers kept at hand.
import { afterAll, beforeAll } from "@jest/globals";
import { storeContract } from "../../contracts/store.ts";
import { appwriteGrounds, type Grounds, samplesOn } from "../../support/appwrite-store.ts";

let grounds: Grounds;
beforeAll(async () => {
  grounds = await appwriteGrounds();
});
afterAll(() => grounds.close());

storeContract(
  "Appwrite",
  samplesOn(() => grounds),
);
storeContract(
  "Appwrite with collections that are read often",
  samplesOn(() => grounds, true),
);

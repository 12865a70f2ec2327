// Files in Appwrite keep the files contract over the wire.
import { afterAll, beforeAll } from "@jest/globals";
import { filesContract } from "../../contracts/files.ts";
import { type FileGrounds, fileGrounds } from "../../support/appwrite-files.ts";

let grounds: FileGrounds;
beforeAll(async () => {
  grounds = await fileGrounds();
});
afterAll(() => grounds.close());

filesContract("Appwrite", () => grounds.open());

// Codes that are taken are drawn anew, and what is named by one, or by its id, is found.
import { expect, it } from "@jest/globals";
import { z } from "zod";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import { collection } from "../../../src/core/kernel/collection.ts";
import { byIdOrCode, withFreshCode } from "../../../src/core/kernel/short-code.ts";
import { testClock } from "../../support/clock.ts";
import { seededSecrets } from "../../support/secrets.ts";

const seats = collection("seats", z.object({ code: z.string(), row: z.string().default("") }), {
  unique: [["code"], ["row"]],
});
const secrets = seededSecrets(testClock());
/** Draws these, the last again and again. */
const drawing = (...codes: readonly string[]) => {
  let at = 0;
  return { random: () => codes[Math.min(at++, codes.length - 1)]! };
};

it("a code that is taken is drawn anew, a few times; other conflicts are the writer's", async () => {
  const store = await openSqlite({ path: ":memory:", collections: [seats] });
  const id = secrets.id();
  await store.commit([insert(seats, { id, code: "AAAAAA", row: "first" })]);
  const take = (row: string, ...codes: readonly string[]) =>
    withFreshCode(seats, drawing(...codes), async (code) => {
      await store.commit([insert(seats, { id: secrets.id(), code, row })]);
      return code;
    });
  expect(await take("second", "AAAAAA", "AAAAAA", "BBBBBB")).toBe("BBBBBB");
  await expect(take("second", "CCCCCC")).rejects.toMatchObject({ code: "conflict", detail: { key: "row" } });
  await expect(take("third", "AAAAAA")).rejects.toMatchObject({ code: "conflict", detail: { key: "code" } });
  expect(await byIdOrCode(store, seats, id)).toMatchObject({ row: "first" });
  expect(await byIdOrCode(store, seats, " #bbbbbb ")).toMatchObject({ row: "second" });
  for (const named of ["CCCCCC", "second", secrets.id(), ""])
    expect(await byIdOrCode(store, seats, named)).toBeUndefined();
  await store.close();
});

// The row id of an update: one for each, whatever the platform calls it, and in a row for what came in a row.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { hmacSha256 } from "../../../src/adapters/hmac.ts";
import { inboundId } from "../../../src/core/conversations/inbound-update.ts";

const signed = hmacSha256("key");
const sign = (text: string, length?: number) => signed(text).slice(0, length);
const idOf = (update: string) => inboundId("slack", update, sign);

describe("an update's row id", () => {
  it("is one that a store takes, and another for another update", () => {
    const update = fc.oneof(fc.string({ maxLength: 60 }), fc.stringMatching(/^[a-zA-Z0-9._-]{1,60}$/));
    fc.assert(
      fc.property(update, update, (one, other) => {
        expect(idOf(one)).toMatch(/^[a-z0-9._-]{1,36}$/);
        expect(idOf(one) === idOf(other)).toBe(one === other);
      }),
    );
  });

  it("tells upper from lower case", () => {
    expect(idOf("EV1")).not.toBe(idOf("ev1"));
  });

  it("stands beside those of its time where it had to be cut", () => {
    const long = (number: number) => idOf(`${number}.738474920.8088930838d88f008e0aaaaaaaa`);
    const ids = [13_345_224_600, 13_345_224_700, 13_345_224_800].map(long);
    expect(ids.toSorted()).toEqual(ids);
  });
});

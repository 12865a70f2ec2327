// Signing by two hashes is signing as node:crypto does it.
import { createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { hmacSha256 } from "../../src/adapters/hmac.ts";

const text = fc.string({ unit: "binary", maxLength: 300 }).map((one) => one.toWellFormed());

describe("a signature", () => {
  it("is that of node:crypto, whatever the lengths of key and text", () => {
    fc.assert(
      fc.property(text, text, (key, signed) => {
        const expected = createHmac("sha256", key).update(signed).digest("hex");
        expect(hmacSha256(key)(signed)).toBe(expected);
        expect(hmacSha256(key)(Buffer.from(signed))).toBe(expected);
      }),
    );
  });

  it.each([63, 64, 65])("is that with a key of %d bytes", (bytes) => {
    const key = "k".repeat(bytes);
    expect(hmacSha256(key)("text")).toBe(createHmac("sha256", key).update("text").digest("hex"));
  });

  it("is that of RFC 4231, case 2", () => {
    expect(hmacSha256("Jefe")("what do ya want for nothing?")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });
});

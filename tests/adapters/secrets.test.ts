// Ids that sort by time, fair random texts, keyed hashes; from crypto, and seeded for tests.
import { createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { cryptoSecrets } from "../../src/adapters/secrets.ts";
import { seededSecrets } from "../support/secrets.ts";

const at = (instant: number) => ({ now: () => instant });
const makers = { crypto: (clock: { now(): number }) => cryptoSecrets("key", clock), seeded: seededSecrets };

describe.each(Object.entries(makers))("%s secrets", (_name, make) => {
  it("makes ids of 26 lower-case characters, each greater than the one before", () => {
    const secrets = make(at(1_770_000_000_000));
    const ids = Array.from({ length: 5000 }, () => secrets.id());
    expect(ids.every((id) => /^[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  it("sorts ids by the clock's time, and goes on upwards when the clock goes back", () => {
    let now = 1_770_000_000_000;
    const secrets = make({ now: () => now });
    const first = secrets.id();
    now += 1;
    const second = secrets.id();
    now -= 3_600_000;
    const third = secrets.id();
    expect([third, second, first].toSorted()).toEqual([first, second, third]);
  });

  it("seals a text so that only the same key opens it, unchanged", () => {
    const secrets = make(at(0));
    const sealed = secrets.seal("xoxb-token ü");
    expect(sealed).not.toContain("xoxb");
    expect(secrets.seal("xoxb-token ü")).not.toBe(sealed);
    expect(secrets.unseal(sealed)).toBe("xoxb-token ü");
    expect(cryptoSecrets("another key", at(0)).unseal(sealed)).toBeUndefined();
    const changed = `${sealed.startsWith("A") ? "B" : "A"}${sealed.slice(1)}`;
    expect([secrets.unseal(changed), secrets.unseal(""), secrets.unseal("no")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("draws every letter of an alphabet about as often as the others", () => {
    const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    const text = make(at(0)).random(31_000, alphabet);
    expect(text.length).toBe(31_000);
    for (const letter of alphabet) {
      const count = text.split(letter).length - 1;
      expect(count).toBeGreaterThan(800);
      expect(count).toBeLessThan(1200);
    }
    expect(make(at(0)).random(0, alphabet)).toBe("");
  });

  it("signs the same text alike, another differently, as long as asked for", () => {
    const secrets = make(at(0));
    expect(secrets.sign("a")).toMatch(/^[0-9a-f]{64}$/);
    expect(secrets.sign("a", 16)).toBe(secrets.sign("a").slice(0, 16));
    expect(secrets.sign("a")).not.toBe(secrets.sign("b"));
  });
});

describe("crypto secrets", () => {
  it("signs with HMAC-SHA-256 under the key", () => {
    const wanted = createHmac("sha256", "key").update("größe").digest("hex");
    expect(cryptoSecrets("key", at(0)).sign("größe")).toBe(wanted);
    expect(cryptoSecrets("other", at(0)).sign("größe")).not.toBe(wanted);
  });

  it("differs from run to run", () => {
    const ids = [cryptoSecrets("key", at(0)), cryptoSecrets("key", at(0))].map((secrets) => secrets.id());
    expect(ids[0]).not.toBe(ids[1]);
  });
});

describe("seeded secrets", () => {
  it("are the same for the same seed", () => {
    const [one, two, other] = [seededSecrets(at(1), 5), seededSecrets(at(1), 5), seededSecrets(at(1), 6)];
    expect([one.id(), one.random(8, "abc")]).toEqual([two.id(), two.random(8, "abc")]);
    expect(other.id()).not.toBe(two.id());
  });
});

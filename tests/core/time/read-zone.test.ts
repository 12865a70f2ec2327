// Time zones by name, offset and city.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { AppError } from "../../../src/core/errors.ts";
import { readZone } from "../../../src/core/time/read-zone.ts";

describe("readZone", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
    ["america/new york", "America/New_York"],
    ["US/Pacific", "US/Pacific"],
    ["Berlin", "Europe/Berlin"],
    ["  berlin ", "Europe/Berlin"],
    ["New York", "America/New_York"],
    ["São Paulo", "America/Sao_Paulo"],
    ["sao paulo", "America/Sao_Paulo"],
    ["Mumbai", "Asia/Kolkata"],
    ["München", "Europe/Berlin"],
    ["Munich", "Europe/Berlin"],
    ["Köln", "Europe/Berlin"],
    ["Wien", "Europe/Vienna"],
    ["Heidelberg", "Europe/Berlin"],
    ["London", "Europe/London"],
    ["London, Ontario", "America/Toronto"],
    ["Portland", "America/Los_Angeles"],
    ["Portland, Maine", "America/New_York"],
    ["Lord Howe", "Australia/Lord_Howe"],
    ["UTC", "UTC"],
    ["GMT+2", "+02:00"],
    ["utc -3:30", "-03:30"],
  ])("%s is %s", async (words, zone) => {
    expect(await readZone(words)).toEqual({ zone });
    expect(() => new Intl.DateTimeFormat("en", { timeZone: zone })).not.toThrow();
  });

  it("suggests where a name fits several zones, the biggest first", async () => {
    const { suggestions } = await readZone("Springfield");
    expect(suggestions?.map(({ zone }) => zone)).toEqual([
      "America/New_York",
      "America/Chicago",
      "America/Los_Angeles",
    ]);
    expect(suggestions?.[0]?.label).toBe("Springfield, Massachusetts (United States of America)");
  });

  it.each(["Atlantis", "", "UTC+15", "Europe/", "__proto__", "2020-01-01T00:00[Europe/Berlin]", "x".repeat(10_000)])(
    "refuses %.20s with an example",
    async (words) => {
      const error = await readZone(words).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).code).toBe("invalid");
      expect((error as AppError).message).toContain("“Berlin”");
    },
  );

  it("answers a usable zone, suggestions or a refusal, whatever the text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (words) => {
        const read = await readZone(words).catch((error: unknown) => {
          if (error instanceof AppError) return undefined;
          throw error;
        });
        if (read?.zone) new Intl.DateTimeFormat("en", { timeZone: read.zone });
        else if (read) expect(read.suggestions?.length).toBeGreaterThan(1);
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

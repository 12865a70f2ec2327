// An action may ask for one more field than its schema requires.
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { AppError } from "../../../src/core/errors.ts";
import { defineAction } from "../../../src/core/kernel/action.ts";
import { NeedsField } from "../../../src/core/kernel/ask-more.ts";
import type { ActionContext } from "../../../src/core/kernel/house.ts";
import { ask } from "../../../src/core/kernel/input.ts";
import { perform } from "../../../src/core/kernel/perform.ts";

const water = defineAction({
  name: "plant.water",
  summary: () => "Water a plant",
  who: "member",
  input: z.object({ plant: z.string(), when: ask(() => "When?", z.string().max(20)).optional() }),
  async run(_ctx, { plant, when }) {
    if (!when) throw new NeedsField("when");
    if (when === "never") throw new NeedsField("when", { problem: () => "It would wither." });
    if (when === "once") throw new NeedsField("wehn");
    if (when === "soon") throw new NeedsField("plant", { given: { when: "tomorrow" } });
    if (when === "now") throw new AppError("conflict", "It is raining.");
    return `${plant} ${when}`;
  },
  view: (outcome) => ({ title: outcome }),
});
const ctx = {
  reader: { language: "en", zone: "UTC", platform: "terminal" },
  house: { actions: new Map([[water.name, water]]) },
} as unknown as ActionContext;

describe("an action that needs one more field", () => {
  it("asks for it and keeps what was given", async () => {
    const asked = await perform(ctx, { action: "plant.water", input: { plant: "fern" } });
    expect(asked).toMatchObject({
      kind: "incomplete",
      form: { call: { input: { plant: "fern" } }, fields: [{ name: "when", required: true, maxLength: 20 }] },
    });
  });

  it("says why it cannot use the answer, and keeps it to be corrected", async () => {
    const asked = await perform(ctx, { action: "plant.water", input: { plant: "fern", when: "never" } });
    expect(asked).toMatchObject({
      kind: "incomplete",
      form: {
        call: { input: { plant: "fern", when: "never" } },
        fields: [{ name: "when", value: "never", problem: "It would wither." }],
      },
    });
  });

  it("hands on what it understood meanwhile", async () => {
    const asked = await perform(ctx, { action: "plant.water", input: { plant: "fern", when: "soon" } });
    expect(asked).toMatchObject({ form: { call: { input: { when: "tomorrow" } }, fields: [{ name: "plant" }] } });
  });

  it("is told of by its name when it needs what is none of its fields", async () => {
    await expect(perform(ctx, { action: "plant.water", input: { plant: "fern", when: "once" } })).rejects.toThrow(
      "plant.water needs wehn",
    );
  });

  it("runs once it knows, and lets other errors through", async () => {
    expect(await perform(ctx, { action: "plant.water", input: { plant: "fern", when: "noon" } })).toMatchObject({
      kind: "done",
      outcome: "fern noon",
    });
    await expect(perform(ctx, { action: "plant.water", input: { plant: "fern", when: "now" } })).rejects.toThrow(
      "It is raining.",
    );
  });
});

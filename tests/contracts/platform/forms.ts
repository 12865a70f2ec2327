// Forms and selects, where a platform has them: opened, filled in, offered by a button when they can't be opened.
import { describe, expect } from "@jest/globals";
import type { Fitted, FittedField, Update } from "../../../src/core/ports/platform.ts";
import { eventually, last, type PlatformStand, type PlatformTest, paragraphOf, pressed } from "./stand.ts";

const titles = {
  opens: "open before who pressed a button, and bring what was answered",
  offers: "are offered by a button to who only said something",
  late: "are offered by a button when the answer comes too late to open them",
  again: "open again with what was answered and what is wrong with it",
  choices: "ask for one of several by a select",
  hostile: "take questions, choices and answers of any length and content",
  select: "let somebody pick one of many, and bring what the option carries",
} as const;
export const formTests: readonly string[] = Object.values(titles);

const field = (name: string, more: Partial<FittedField> = {}): FittedField => ({
  name,
  label: `What is the ${name}?`,
  kind: "text",
  required: true,
  choices: [],
  ...more,
});
const formView = (stand: PlatformStand, fields: readonly FittedField[], more: Partial<Fitted> = {}): Fitted => ({
  ...paragraphOf(stand, "Plan an event"),
  form: { title: "Plan an event", data: "event.create|x", fields },
  ...more,
});

/** Answers a press with the view, and everything else with a button to press. */
async function answering(stand: PlatformStand, view: () => Fitted, before = async () => {}): Promise<Update[]> {
  const updates: Update[] = [];
  await stand.start(async (update) => {
    updates.push(update);
    if (update.deed.kind === "press") {
      await before();
      await update.reply.show(view());
    } else if (update.deed.kind === "text")
      await update.reply.show(paragraphOf(stand, "Plan?", { buttons: [[pressed("Plan")]] }));
  });
  return updates;
}

const submitted = (updates: readonly Update[]) =>
  updates.flatMap(({ deed }) => (deed.kind === "submit" ? [{ data: deed.data, answers: deed.answers }] : []));

async function pressing(stand: PlatformStand, view: () => Fitted, before?: () => Promise<void>) {
  const updates = await answering(stand, view, before);
  const ada = await stand.person("ada");
  await ada.says("hello");
  await eventually(async () => last(await ada.sees())?.buttons.includes("Plan") ?? false);
  await ada.presses("Plan");
  return { ada, updates };
}

export function formsContract(test: PlatformTest): void {
  describe("forms", () => {
    test(titles.opens, async (stand) => {
      const fields = [field("title"), field("place", { required: false })];
      const { ada, updates } = await pressing(stand, () => formView(stand, fields));
      await eventually(async () => (await ada.form()) !== undefined);
      expect(await ada.form()).toMatchObject({
        title: "Plan an event",
        fields: [
          { label: "What is the title?", value: "", required: true },
          { label: "What is the place?", value: "", required: false },
        ],
      });
      await ada.fills({ title: "Eigenvalues <@U1> *now*" });
      await eventually(() => submitted(updates).length === 1);
      const [{ data, answers }] = submitted(updates) as [{ data: string; answers: Record<string, string> }];
      expect(data).toBe("event.create|x");
      expect(answers).toEqual({ title: "Eigenvalues <@U1> *now*", place: "" });
    });

    test(titles.offers, async (stand) => {
      const updates: Update[] = [];
      await stand.start(async (update) => {
        updates.push(update);
        if (update.deed.kind === "text") await update.reply.show(formView(stand, [field("title")]));
      });
      const ada = await stand.person("ada");
      await ada.says("plan");
      await eventually(async () => last(await ada.sees())?.buttons.length === 1);
      await ada.presses(last(await ada.sees())!.buttons[0]!);
      const presses = () => updates.flatMap(({ deed }) => (deed.kind === "press" ? [deed.data] : []));
      await eventually(() => presses().length === 1);
      expect(presses()).toEqual(["event.create|x"]);
    });

    test(titles.late, async (stand) => {
      const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 3_500));
      const { ada } = await pressing(stand, () => formView(stand, [field("title")]), slow);
      await eventually(async () => (last(await ada.sees())?.text ?? "").includes("Plan an event"));
      expect(await ada.form()).toBeUndefined();
      expect(last(await ada.sees())?.buttons).toHaveLength(1);
    });

    test(titles.again, async (stand) => {
      const wrong = field("title", { value: "x", problem: "That is too short." });
      const { ada } = await pressing(stand, () => formView(stand, [wrong]));
      await eventually(async () => (await ada.form()) !== undefined);
      const form = await ada.form();
      expect(form?.fields[0]?.value).toBe("x");
      expect(JSON.stringify(form)).toContain("That is too short.");
    });

    test(titles.choices, async (stand) => {
      const choices = ["open", "approval"].map((value) => ({ value, label: `join: ${value}` }));
      const { ada, updates } = await pressing(stand, () =>
        formView(stand, [field("policy", { kind: "choice", choices })]),
      );
      await eventually(async () => (await ada.form()) !== undefined);
      expect((await ada.form())?.fields[0]?.options).toEqual(["join: open", "join: approval"]);
      await ada.fills({ policy: "approval" });
      await eventually(() => submitted(updates).length === 1);
      expect(submitted(updates)[0]?.answers).toEqual({ policy: "approval" });
    });

    test(titles.hostile, async (stand) => {
      const most = stand.platform.capabilities.formFields;
      const texts = ["@everyone <!channel>", "x".repeat(5_000), "👍".repeat(400), "\u0000\ud800 **a**", "\u3164", ""];
      let at = 0;
      const view = () => {
        const text = texts[at]!;
        const choices = Array.from({ length: 130 }, (_, n) => ({
          value: `${text.slice(0, 50)}${n}`,
          label: `${text}${n}`,
        }));
        const fields = Array.from({ length: most }, (_, n) =>
          field(`f${n}`, {
            label: text,
            value: text,
            problem: text,
            maxLength: 9_000,
            ...(n === 1 && { kind: "choice", choices }),
          }),
        );
        return formView(stand, fields, { title: [text], form: { title: text, data: "event.create|x", fields } });
      };
      const { ada } = await pressing(stand, view);
      for (; at < texts.length; at++) {
        if (at > 0) await ada.presses("Plan");
        await eventually(async () => (await ada.form())?.fields.length === most);
        await ada.fills({});
      }
    });
  });

  describe("selects", () => {
    test(titles.select, async (stand) => {
      const updates: Update[] = [];
      await stand.start(async (update) => void updates.push(update));
      const ada = await stand.person("ada");
      const most = stand.platform.capabilities.selectOptions;
      const data = (n: number) => `pod.info|${n}`.padEnd(stand.platform.capabilities.buttonData, "x");
      const options = Array.from({ length: most }, (_, n) => ({ label: `Pod ${n} & <co>`, data: data(n) }));
      const select = { placeholder: "Which pod?", options };
      await stand.platform.send(ada.home, paragraphOf(stand, "Pods", { select }));
      await ada.picks(`Pod ${most - 1} & <co>`);
      const presses = () => updates.flatMap(({ deed }) => (deed.kind === "press" ? [deed.data] : []));
      await eventually(() => presses().length === 1);
      expect(presses()).toEqual([data(most - 1)]);
    });
  });
}

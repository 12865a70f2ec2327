// A small feature of notes for tests of the chat edge: actions that write, read, fail, wait, and ask for much.
import { z } from "zod";
import { AppError } from "../../../src/core/errors.ts";
import { button, defineAction } from "../../../src/core/kernel/action.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import { collection } from "../../../src/core/kernel/collection.ts";
import type { ActionContext, Feature } from "../../../src/core/kernel/house.ts";
import { ask, refTo } from "../../../src/core/kernel/input.ts";
import { note } from "../../../src/core/view.ts";

export const notes = collection(
  "notes",
  z.object({ text: z.string(), colour: z.string(), by: z.string(), at: z.number().int() }),
  { indexes: [["at"]] },
);

export interface NotesControl {
  /** How often each action ran. */
  readonly ran: Map<string, number>;
  /** Names of actions in the order they ended. */
  readonly ended: string[];
  /** What note.slow waits for. */
  wait: Promise<void>;
}

const Colour = z.enum(["red", "blue"]);

async function keep({ store, secrets, actor, clock }: ActionContext, text: string, colour: string): Promise<string> {
  await store.commit([insert(notes, { id: secrets.id(), text, colour, by: actor.displayName, at: clock.now() })]);
  return `kept ${colour} ${text}`;
}

const noteRef = refTo<string>({
  async find(ctx, named) {
    const { rows } = await ctx.store.find(notes, { limit: 100 });
    const row = rows.find(({ text }) => text === named);
    if (!row) throw new AppError("not_found", `There is no note “${named}”.`);
    return row.text;
  },
  suggest: async (ctx) =>
    (await ctx.store.find(notes, { limit: 3 })).rows.map(({ text }) => ({ value: text, label: `Note ${text}` })),
});

export function notesFeature(): { feature: Feature; control: NotesControl } {
  const control: NotesControl = { ran: new Map(), ended: [], wait: Promise.resolve() };
  const counted = async <T>(name: string, work: () => Promise<T> | T): Promise<T> => {
    control.ran.set(name, (control.ran.get(name) ?? 0) + 1);
    const outcome = await work();
    control.ended.push(name);
    return outcome;
  };
  const say = (text: string) => note(text);
  const addNote = defineAction({
    name: "note.add",
    summary: () => "Keep a note",
    who: "member",
    input: z.object({
      text: ask(() => "What should I note?", z.string().trim().min(1).max(20)),
      colour: ask(() => "Which colour?", Colour),
      times: ask(() => "How often?", z.number().int().min(1).max(5)).default(1),
    }),
    run: (ctx, { text, colour }) => counted("add", () => keep(ctx, text, colour)),
    view: say,
  });
  const showNote = defineAction({
    name: "note.show",
    summary: () => "Show a note",
    who: "member",
    input: z.object({ note: ask(() => "Which note?", noteRef) }),
    run: (_ctx, { note: text }) => counted("show", () => `here is ${text}`),
    view: say,
  });
  const postNote = defineAction({
    name: "note.post",
    summary: () => "Show everybody a note",
    who: "member",
    input: z.object({ note: ask(() => "Which note?", noteRef) }),
    run: (_ctx, { note: text }) => counted("post", () => `look at ${text}`),
    view: (text) => ({ ...note(text), audience: "channel" }),
  });
  const repeatNote = defineAction({
    name: "note.repeat",
    summary: () => "Repeat a note",
    who: "member",
    input: z.object({ times: ask(() => "How often?", z.number().int().min(1).max(5)) }),
    run: (_ctx, { times }) => counted("repeat", () => `${times} times`),
    view: say,
  });
  const failNote = defineAction({
    name: "note.fail",
    summary: () => "Fail",
    who: "member",
    input: z.object({}),
    run: () => counted("fail", () => Promise.reject(new Error("the disk is on fire"))),
    view: () => note("never"),
  });
  const slowNote = defineAction({
    name: "note.slow",
    summary: () => "Take long",
    who: "member",
    input: z.object({}),
    run: () => counted("slow", () => control.wait),
    view: () => note("slow is over"),
  });
  const quickNote = defineAction({
    name: "note.quick",
    summary: () => "Take no time",
    who: "member",
    input: z.object({}),
    run: () => counted("quick", () => undefined),
    view: () => note("quick is over"),
  });
  const longNote = defineAction({
    name: "note.long",
    command: false,
    who: "member",
    input: z.object({ text: z.string().max(200) }),
    run: (ctx, { text }) => counted("long", () => keep(ctx, text, "grey")),
    view: say,
  });
  const menuNote = defineAction({
    name: "note.menu",
    summary: () => "Many long buttons",
    who: "member",
    input: z.object({}),
    run: () => counted("menu", () => undefined),
    view: () => ({
      ...note("pick"),
      buttons: [1, 2, 3].map((n) => [button(`Long ${n}`, longNote, { text: `${n} ${"x".repeat(80)}` })]),
    }),
  });
  const actions = [addNote, showNote, postNote, repeatNote, failNote, slowNote, quickNote, longNote, menuNote];
  return { feature: { name: "notes", title: () => "Notes", collections: [notes], actions }, control };
}

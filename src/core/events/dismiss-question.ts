// The other button under a question: nothing happens.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { note } from "../view.ts";
import { eventTexts } from "./texts.ts";

export const dismissQuestion = defineAction({
  name: "event.dismiss",
  command: false,
  who: "member",
  input: z.object({}),
  run: async () => ({}),
  view: (_, reader) => ({ ...note(eventTexts(reader).dismissed), replaces: true }),
});

// Ending all mail: the address is forgotten.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { remove } from "../kernel/change.ts";
import { note } from "../view.ts";
import { mailAddresses, mailAddressOf } from "./mail-address.ts";
import { mailTexts } from "./mail-texts.ts";

export const removeMail = defineAction({
  name: "mail.remove",
  command: "mail off",
  summary: mailTexts.say("offSummary"),
  who: "member",
  input: z.object({}),
  async run({ store, actor }) {
    const row = await mailAddressOf(store, actor.id);
    if (row) await store.commit([remove(mailAddresses, row.id)]);
    return { removed: row !== undefined };
  },
  view: ({ removed }, reader) => {
    const t = mailTexts(reader);
    return note(removed ? t.removed : t.noneSet);
  },
});

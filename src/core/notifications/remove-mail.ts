// Ending all mail: the address is forgotten.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { patch } from "../kernel/change.ts";
import { note } from "../view.ts";
import { mailAddresses, mailAddressOf, noAddress } from "./mail-address.ts";
import { mailTexts } from "./mail-texts.ts";

export const removeMail = defineAction({
  name: "mail.remove",
  command: "mail off",
  summary: mailTexts.say("offSummary"),
  who: "member",
  input: z.object({}),
  async run({ store, actor }) {
    const row = await mailAddressOf(store, actor.id);
    const removed = row?.address !== undefined || row?.pending !== undefined;
    if (removed) await store.commit([patch(mailAddresses, row.id, noAddress)]);
    return { removed };
  },
  view: ({ removed }, reader) => {
    const t = mailTexts(reader);
    return note(removed ? t.removed : t.noneSet);
  },
});

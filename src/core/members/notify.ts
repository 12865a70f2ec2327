// Whoever gave a code hears which account came by it, where they are written to.
import { button } from "../kernel/action.ts";
import type { NotificationKind } from "../kernel/house.ts";
import { accounts } from "./account.ts";
import { namesOf } from "./account-names.ts";
import { membersMerged } from "./facts.ts";
import { memberTexts } from "./texts.ts";
import { unlinkAccount } from "./unlink-account.ts";

interface Told {
  readonly [key: string]: unknown;
  readonly names: string;
  /** The id of the one account, where it is one. */
  readonly account?: string;
}

export const accountLinkedNotification: NotificationKind<typeof membersMerged.payload, Told> = {
  type: "account_linked",
  group: "always",
  urgency: "asked",
  late: "tell",
  fact: membersMerged,
  async prepare({ store }, { kept, accounts: ids }) {
    const rows = (await store.getMany(accounts, ids)).filter((row) => row.memberId === kept);
    const [only, another] = rows;
    if (!only) return undefined;
    return { to: [kept], data: { names: namesOf(rows), ...(!another && { account: only.id }) } };
  },
  view({ names, account }, reader) {
    const t = memberTexts(reader);
    return {
      title: t.linkedTitle(names),
      body: [{ paragraph: t.linkedRemedy }],
      ...(account && { buttons: [[button(t.takeOff, unlinkAccount, { account }, "danger")]] }),
    };
  },
};

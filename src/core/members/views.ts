// What members see of themselves.
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import type { AccountRow } from "./account.ts";
import type { Profile } from "./profile.ts";
import { memberTexts } from "./texts.ts";

export function profileView(
  { profile, accounts, saved }: { profile: Profile; accounts: readonly AccountRow[]; saved: boolean },
  reader: Reader,
): View {
  const t = memberTexts(reader);
  return {
    title: profile.displayName,
    ...(saved && { body: [{ paragraph: t.saved }] }),
    fields: [
      { name: t.zone, value: profile.timezone },
      { name: t.language, value: t.languageName(profile.language) },
      { name: t.accounts, value: [...new Set(accounts.map((account) => account.platform))].join(", ") },
      { name: t.username, value: profile.username },
    ],
    footer: t.editHint,
  };
}

export function linkView(outcome: { code: string } | { linked: readonly string[] }, reader: Reader): View {
  const t = memberTexts(reader);
  if ("linked" in outcome) return note(t.linked([...new Set(outcome.linked)].join(", ")));
  return { title: t.linkTitle, body: [{ code: outcome.code }, { paragraph: t.linkHow(outcome.code) }] };
}

// What members see of themselves.
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { type AccountRow, inOrderOf } from "./account.ts";
import { namesOf } from "./account-names.ts";
import { appsIn } from "./app-ref.ts";
import type { Profile } from "./profile.ts";
import { memberTexts } from "./texts.ts";

export interface ShownProfile {
  readonly profile: Profile;
  readonly accounts: readonly AccountRow[];
  readonly saved: boolean;
}

/** Where direct messages go is said where there is a choice. */
export function profileView({ profile, accounts, saved }: ShownProfile, reader: Reader): View {
  const t = memberTexts(reader);
  const apps = appsIn(accounts);
  const [first] = inOrderOf(profile, accounts);
  return {
    title: profile.displayName,
    ...(saved && { body: [{ paragraph: t.saved }] }),
    fields: [
      { name: t.zone, value: profile.timezone },
      { name: t.language, value: t.languageName(profile.language) },
      { name: t.accounts, value: namesOf(accounts) },
      ...(first && accounts.length > 1 ? [{ name: t.writesOn, value: namesOf([first]) }] : []),
      { name: t.username, value: profile.username },
    ],
    footer: apps.length > 1 ? t.editHintApps(apps.find((app) => app !== first?.platform)!) : t.editHint,
  };
}

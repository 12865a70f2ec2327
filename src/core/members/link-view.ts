// What linking shows: the code, what will become of both members, and what has.
import { preferenceTexts } from "../notifications/read.ts";
import type { Reader, Text } from "../text.ts";
import { note, paragraph, type View } from "../view.ts";
import { type AccountRow, inOrderOf } from "./account.ts";
import { namesOf } from "./account-names.ts";
import type { Profile } from "./profile.ts";
import { memberTexts } from "./texts.ts";

type Quiet = { readonly from: number; readonly to: number } | undefined;

/** The one member of two. */
export interface Linked {
  readonly profile: Profile;
  readonly accounts: readonly AccountRow[];
  readonly quiet: Quiet;
}

export interface Offer extends Linked {
  readonly merged: Profile;
  readonly mine: readonly AccountRow[];
  readonly theirs: readonly AccountRow[];
  /** The quiet hours of the one who entered the code. */
  readonly before: Quiet;
}

export function codeView(code: string, reader: Reader): View {
  const t = memberTexts(reader);
  return { title: t.linkTitle, body: [{ code }, paragraph(t.linkHow(code))] };
}

export function linkedView({ accounts, ...one }: Linked, reader: Reader): View {
  const t = memberTexts({ ...reader, language: one.profile.language });
  const shown = rows({ accounts, ...one }, { ...reader, language: one.profile.language });
  return { ...note(t.linked(namesOf(accounts))), fields: shown, footer: t.editHint, replaces: true };
}

/** What will be other than it is for whoever reads it says what it is now. */
export function offerView(offer: Offer, reader: Reader): View {
  const t = memberTexts(reader);
  const { merged, mine, theirs, before } = offer;
  const now = rows({ profile: merged, accounts: mine, quiet: before }, reader);
  return {
    title: t.offerTitle(namesOf(theirs)),
    body: [paragraph(t.offer({ theirs: namesOf(theirs), mine: namesOf(mine) })), paragraph(t.offerWarning)],
    fields: rows(offer, reader).map(({ name, value }, index) => {
      const was = now[index]!.value;
      return { name, value: value === was ? value : t.becomes({ value, was }) };
    }),
  };
}

function rows({ profile, accounts, quiet }: Linked, reader: Reader): { name: Text; value: string }[] {
  const t = memberTexts(reader);
  const p = preferenceTexts(reader);
  return [
    { name: t.name, value: profile.displayName },
    { name: t.zone, value: profile.timezone },
    { name: t.language, value: t.languageName(profile.language) },
    { name: p.quiet, value: quiet ? `${p.quietIs(quiet)} (${profile.timezone})` : p.off },
    { name: t.writesOn, value: namesOf(inOrderOf(profile, accounts).slice(0, 1)) },
  ];
}

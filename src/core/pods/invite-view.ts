// What somebody sees who invites.
import { appName, type Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import type { Pod } from "./pod.ts";
import { podTexts } from "./texts.ts";

export type Invited =
  | {
      readonly kind: "code";
      readonly pod: Pod;
      readonly code: string;
      readonly uses: number;
      readonly expiresAt: number;
      /** Where one tap is enough. */
      readonly links: readonly { readonly platform: string; readonly url: string }[];
    }
  | {
      readonly kind: "member";
      readonly pod: Pod;
      readonly name: string;
      /** They had an open invitation already. */
      readonly again: boolean;
    };

export function inviteView(invited: Invited, reader: Reader): View {
  const t = podTexts(reader);
  const { pod } = invited;
  if (invited.kind === "member") {
    const said = { pod: pod.name, name: invited.name };
    return note(invited.again ? t.invitedBefore(said) : t.invited(said));
  }
  const { code, links } = invited;
  return {
    title: t.inviteTitle(pod.name),
    body: [
      { code },
      { paragraph: t.inviteHow(code) },
      ...links.map(({ platform, url }) => ({ paragraph: t.inviteLink({ platform: appName(platform), url }) })),
    ],
    footer: t.inviteLimits(invited),
  };
}

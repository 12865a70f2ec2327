// A passing notice as a view, for where it can't be shown in passing.
import { nearestLanguage } from "../../core/members/read.ts";
import type { Account, Fitted } from "../../core/ports/platform.ts";

export const noticeView = (text: string, platform: string, account: Account | undefined): Fitted => ({
  reader: { language: nearestLanguage(account?.language), zone: "UTC", platform },
  audience: "caller",
  body: [{ paragraph: [text] }],
  fields: [],
  buttons: [],
});

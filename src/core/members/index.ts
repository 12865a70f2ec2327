// Members: people and their accounts on the apps they come by.
import type { Feature } from "../kernel/house.ts";
import { accounts } from "./account.ts";
import { auditLog } from "./audit.ts";
import { editProfile } from "./edit-profile.ts";
import { accountUnlinked, memberJoined, memberMoved, membersMerged } from "./facts.ts";
import { forgetChat } from "./forget-chat.ts";
import { linkAccount } from "./link-account.ts";
import { linkCodes, linkTries } from "./link-code.ts";
import { mergeMembers } from "./merge-members.ts";
import { accountLinkedNotification } from "./notify.ts";
import { profiles } from "./profile.ts";
import { showProfile } from "./show-profile.ts";
import { memberTexts } from "./texts.ts";
import { unlinkAccount } from "./unlink-account.ts";

export const members: Feature = {
  name: "members",
  title: memberTexts.say("area"),
  collections: [profiles, accounts, linkCodes, linkTries, auditLog],
  actions: [showProfile, editProfile, linkAccount, unlinkAccount],
  facts: [memberJoined, memberMoved, membersMerged, accountUnlinked],
  listeners: [mergeMembers, forgetChat],
  notifications: [accountLinkedNotification],
};

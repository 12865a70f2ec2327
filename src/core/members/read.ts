// What members offer to other features.
export { type AccountRow, accountKept, accounts, accountsOf, inOrderOf, meet, memberWithHandle } from "./account.ts";
export { lacksZone, zoneButton } from "./ask-zone.ts";
export { audit } from "./audit.ts";
export { memberMoved } from "./facts.ts";
export { isZone, nearestLanguage, type Profile, profiles } from "./profile.ts";

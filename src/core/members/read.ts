// What members offer to other features.
export { type AccountRow, accounts, accountsOf } from "./account.ts";
export { audit } from "./audit.ts";
export { type Profile, profiles } from "./profile.ts";

// What members offer to other features.
export { type AccountRow, accounts, accountsOf, inOrderOf } from "./account.ts";
export { audit } from "./audit.ts";
export { type Profile, profiles } from "./profile.ts";

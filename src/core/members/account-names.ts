// How a member's accounts are called, two on one app told apart.
import { appName } from "../text.ts";
import type { AccountRow } from "./account.ts";

export const namesOf = (some: readonly AccountRow[]): string =>
  some.map(({ platform, name }) => `${appName(platform)} (${name})`).join(", ");

// Where somebody is, asked of those whose app does not tell.
import type { Actor } from "../kernel/house.ts";
import type { Reader } from "../text.ts";
import type { Button } from "../view.ts";
import { defaultZone } from "./profile.ts";
import { memberTexts } from "./texts.ts";

/** Nobody has told their zone yet: times are read in UTC for them. */
export const lacksZone = ({ timezone, zoneFrom }: Pick<Actor, "timezone" | "zoneFrom">): boolean =>
  zoneFrom === undefined && timezone === defaultZone;

/** Opens the question of their profile. */
export const zoneButton = (reader: Reader): Button => ({
  label: memberTexts(reader).setZone,
  call: { action: "profile.edit", input: { asks: "zone" } },
});

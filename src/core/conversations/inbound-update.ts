// Updates that were handled: what is redelivered is recognised by them, also after a restart.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";

/** The id is the platform and its own id of the update (`inboundId`). */
export const inboundUpdates = collection("inbound_updates", z.object({ at: z.number().int() }), {
  everyCall: true,
  indexes: [["at"]],
});

/** A row id for an update; ids of other characters or more than 36 are signed down to fit. */
export function inboundId(platform: string, updateId: string, sign: (text: string, length?: number) => string): string {
  const id = `${platform}.${updateId}`;
  return /^[a-z0-9._-]{1,36}$/.test(id) ? id : sign(id, 36);
}

// Updates that were handled: what is redelivered is recognised by them, also after a restart.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just } from "../plain-shapes.ts";

/** The id is the platform and its own id of the update (`inboundId`). */
export const inboundUpdates = collection("inbound_updates", z.object({ at: just.int }), {
  everyCall: true,
  indexes: [["at"]],
});

/**
 * A row id for an update. One of other characters, or of more than 36, is signed down behind how it begins: rows stand in the
 * order of their ids, so what comes one after the other is written side by side, and not all over the file.
 */
export function inboundId(platform: string, updateId: string, sign: (text: string, length?: number) => string): string {
  const id = `${platform}.${updateId}`;
  if (/^[a-z0-9._-]{1,36}$/.test(id)) return id;
  const [beginning] = /^[a-z0-9._-]{0,15}/.exec(id.toLowerCase()) ?? [""];
  return `${beginning}.${sign(id, 20)}`;
}

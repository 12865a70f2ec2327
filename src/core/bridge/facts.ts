// What happens to a bridge. `subject` is the pod's id.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";
import { just } from "../plain-shapes.ts";

const pod = { subject: just.string };

/** `bridge` is on from now on, or is over. */
export const bridgeSwitched = defineFact(
  "bridge.switched",
  z.object({ ...pod, bridge: just.string, on: just.boolean, by: just.string }),
);

const channel = { ...pod, binding: just.string, platform: just.string };

/** PeerSpark may not write in one of its channels for now. */
export const bridgeClosed = defineFact("bridge.closed", z.object(channel));
/** One of its channels is gone, or PeerSpark was thrown out of it. */
export const bridgeLost = defineFact("bridge.lost", z.object(channel));

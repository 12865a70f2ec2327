// The place where something was asked, kept for when its answer comes from elsewhere.
import { z } from "zod";
import { just, maybe } from "../plain-shapes.ts";

export const KeptPlace = z.object({
  platform: just.string,
  channel: just.string,
  thread: maybe.string,
  kind: z.enum(["direct", "channel"]),
  title: maybe.string,
  space: z.object({ id: just.string, title: just.string }).optional(),
});

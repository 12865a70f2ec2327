// The place where something was asked, kept for when its answer comes from elsewhere.
import { z } from "zod";

export const KeptPlace = z.object({
  platform: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
  kind: z.enum(["direct", "channel"]),
  title: z.string().optional(),
  space: z.object({ id: z.string(), title: z.string() }).optional(),
});

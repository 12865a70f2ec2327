// What a pod's admins have told all of its members.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import type { Row } from "../ports/store.ts";

export const longestAnnouncement = 1500;

export const announcements = collection(
  "pod_announcements",
  z.object({
    podId: z.string(),
    by: z.string(),
    text: z.string().max(longestAnnouncement),
    at: z.int(),
  }),
  { indexes: [["podId", "at"]], members: ["by"] },
);
export type Announcement = Row<typeof announcements>;

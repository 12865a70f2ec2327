// What a pod's admins have told all of its members.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";

export const longestAnnouncement = 1500;

export const announcements = collection(
  "pod_announcements",
  z.object({
    podId: just.string,
    by: just.string,
    text: just.string.max(longestAnnouncement),
    at: just.int,
  }),
  { indexes: [["podId", "at"]], members: ["by"] },
);
export type Announcement = Row<typeof announcements>;

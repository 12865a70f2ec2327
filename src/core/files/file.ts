// A file that somebody gave: what is known of it beside its bytes, which lie in its bucket under the same id.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";
import { bucketNames } from "./buckets.ts";

export const files = collection(
  "files",
  z.object({
    bucket: z.enum(bucketNames),
    /** As it was given: for `shownName` alone, never for a path. */
    name: just.string.max(255),
    /** By its kind, which its first bytes have shown. */
    type: just.string,
    bytes: just.int,
    /** In hex, once it is kept. */
    sha256: maybe.string,
    /** Who gave it, where that is a member. */
    memberId: maybe.string,
    /** `begun`: its bytes may be missing or half there. */
    state: z.enum(["begun", "kept"]),
    createdAt: just.int,
    /** What it belongs to, such as `bridge:<talk>:0`. */
    belongsTo: maybe.string,
    /** Then it goes. Absent: it stays as long as what it belongs to. */
    until: maybe.int,
  }),
  { indexes: [["until"], ["belongsTo"], ["bucket"]], members: ["memberId"] },
);
export type FileRow = Row<typeof files>;

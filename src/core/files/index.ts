// Files: what people give is checked, kept beside the store, linked to for a while and swept when nobody needs it.
import type { Feature } from "../kernel/house.ts";
import { files as rows } from "./file.ts";
import { lookThroughBuckets, sweepFiles } from "./sweep-files.ts";

export const files: Feature = {
  name: "files",
  collections: [rows],
  jobs: [sweepFiles, lookThroughBuckets],
};

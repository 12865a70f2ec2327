// What files offer to others: keeping one, linking to it, letting go of it.
export { type BucketPlan, bucketPlans } from "./buckets.ts";
export { dropFile, filesBelongingTo } from "./drop-file.ts";
export { type FileRow, files } from "./file.ts";
export { type GivenFile, keepFile } from "./keep-file.ts";
export { fileLink, linkedFile } from "./link.ts";
export { shownName } from "./shown-name.ts";
export { fileTexts } from "./texts.ts";

// Where a file lies, and where it lies until it is whole.
import { join } from "node:path";
import { AppError } from "../../../core/errors.ts";
import { type Bucket, isFileId } from "../../../core/ports/files.ts";
import { storageTexts } from "../texts.ts";

export interface Paths {
  readonly kept: string;
  readonly begun: string;
}

/** The folders of a bucket. */
export const begunAt = (folder: string, bucket: Bucket): Paths => ({
  kept: join(folder, bucket),
  begun: join(folder, "begun", bucket),
});

/** @throws AppError `invalid` for what is no id: it could lead out of the folder. */
export function pathsOf(folder: string, bucket: Bucket, id: string): Paths {
  if (!isFileId(id)) throw new AppError("invalid", storageTexts.say("refused"));
  const { kept, begun } = begunAt(folder, bucket);
  return { kept: join(kept, id), begun: join(begun, id) };
}

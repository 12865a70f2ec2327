// Makes the buckets that files are kept in, and brings those that are there up to what they have to take.
import { AppError } from "../../../core/errors.ts";
import type { BucketPlan } from "../../../core/files/read.ts";
import type { AppwriteApi } from "../../store/appwrite/api.ts";
import { AppwriteFailure } from "../../store/appwrite/failure.ts";
import { storageTexts } from "../texts.ts";
import { bucketIdOf, bucketNameOf } from "./buckets.ts";

/** As the server tells of it. */
interface FoundBucket {
  readonly name: string;
  readonly $permissions: readonly string[];
  readonly fileSecurity: boolean;
  readonly maximumFileSize: number;
  readonly allowedFileExtensions: readonly string[];
}

export interface BucketStep {
  readonly sentence: string;
  /** Repeatable. */
  run(): Promise<void>;
}

type Api = Pick<AppwriteApi, "storage">;

/**
 * What has to be done; changes nothing. What a bucket takes besides is left to it.
 * @throws AppError `unsupported` when a bucket is somebody else's: its files would be swept.
 */
export async function planBuckets(
  { storage }: Api,
  databaseId: string,
  plans: readonly BucketPlan[],
): Promise<readonly BucketStep[]> {
  const found = new Map<BucketPlan, FoundBucket>();
  for (const plan of plans) {
    const bucketId = bucketIdOf(databaseId, plan.bucket);
    const there = await storage.getBucket({ bucketId }).catch(unlessMissing);
    if (there && there.name !== bucketNameOf(databaseId, plan.bucket))
      throw new AppError("unsupported", storageTexts.say("notOurs", bucketId));
    if (there) found.set(plan, there);
  }
  const tight = plans.some((plan) => (found.get(plan)?.maximumFileSize ?? 0) < plan.mostBytes);
  const limit = tight ? await largestFile({ storage }) : Number.POSITIVE_INFINITY;
  return plans.flatMap((plan) => stepFor({ storage }, databaseId, plan, found.get(plan), limit));
}

function stepFor(
  { storage }: Api,
  databaseId: string,
  { bucket, extensions, mostBytes }: BucketPlan,
  there: FoundBucket | undefined,
  limit: number,
): BucketStep[] {
  const bucketId = bucketIdOf(databaseId, bucket);
  const name = bucketNameOf(databaseId, bucket);
  const most = Math.max(there?.maximumFileSize ?? 0, Math.min(mostBytes, limit));
  const missing = extensions.filter((one) => !there?.allowedFileExtensions.includes(one));
  // A list that is empty takes everything.
  const lacking = there?.allowedFileExtensions.length === 0 ? [] : missing;
  const settings = {
    bucketId,
    name,
    permissions: [],
    fileSecurity: false,
    maximumFileSize: most,
    allowedFileExtensions: [...(there?.allowedFileExtensions ?? []), ...lacking],
  };
  const size = `files of up to ${Math.floor(most / 1_000_000)} MB${most < mostBytes ? " (this server allows no more: _APP_STORAGE_LIMIT, or the plan)" : ""}`;
  if (!there) {
    const make = () => storage.createBucket({ ...settings, encryption: true, antivirus: true });
    return [{ sentence: `make the bucket ${bucketId} for ${size}`, run: () => unlessDone(make) }];
  }
  const changes = [
    ...(most > there.maximumFileSize ? [`take ${size}`] : []),
    ...(lacking.length ? [`take ${lacking.join(", ")} besides`] : []),
    ...(there.$permissions.length || there.fileSecurity ? ["open to nobody but keys"] : []),
  ];
  if (changes.length === 0) return [];
  const change = async () => void (await storage.updateBucket(settings));
  return [{ sentence: `let the bucket ${bucketId} ${changes.join(", ")}`, run: change }];
}

/** The server tells it to whoever asks for more; nothing is made by that. */
async function largestFile({ storage }: Api): Promise<number> {
  const bucketId = "peerspark-asks";
  try {
    await storage.createBucket({ bucketId, name: bucketId, maximumFileSize: Number.MAX_SAFE_INTEGER });
  } catch (error) {
    if (error instanceof AppwriteFailure && error.status === 400) return error.most ?? Number.POSITIVE_INFINITY;
    throw error;
  }
  await storage.deleteBucket({ bucketId });
  return Number.POSITIVE_INFINITY;
}

/** A request that got no answer may have been done before it was made again. */
async function unlessDone(make: () => Promise<unknown>): Promise<void> {
  await make().catch((error) => {
    if (!(error instanceof AppwriteFailure) || error.type !== "storage_bucket_already_exists") throw error;
  });
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof AppwriteFailure) || error.type !== "storage_bucket_not_found") throw error;
}

// `npm run appwrite:provision`: makes the Appwrite database ready for PeerSpark, or says why it must not.
import { parseArgs } from "node:util";
import { type Config, readConfig } from "../config/env.ts";
import { type Provisioning, planProvisioning } from "./adapters/store/appwrite/provision.ts";
import { collections } from "./build.ts";
import { AppError } from "./core/errors.ts";
import { bucketPlans } from "./core/files/read.ts";
import { progressBar } from "./progress-bar.ts";

const usage = `Usage:
  npm run appwrite:provision                 make what is missing, after saying what it is
  npm run appwrite:provision -- --dry-run    only say it
  npm run appwrite:provision -- --rebuild    look at every row and unique key again, as after restoring a backup`;

/** What a database lacks, of all that PeerSpark keeps there. @throws AppError as `planProvisioning`. */
export const plannedFor = (appwrite: NonNullable<Config["appwrite"]>, rebuild = false): Promise<Provisioning> =>
  planProvisioning({ ...appwrite, collections, buckets: bucketPlans, rebuild });

/** @throws AppError with what stands in the way. */
export async function provision(args: readonly string[], env = process.env): Promise<void> {
  const asked = parse(args);
  if (asked.help) return say(usage);
  const { appwrite } = readConfig(env);
  if (!appwrite)
    throw new AppError("invalid", "Set APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY first.");
  say(`Looking at the database ${appwrite.databaseId} of project ${appwrite.projectId} at ${appwrite.endpoint} …`);
  const plan = await plannedFor(appwrite, asked.rebuild);
  try {
    if (plan.steps.length === 0) return say("Everything is as it should be.");
    say(["To do, with nothing removed and nothing overwritten:", ...plan.steps.map((step) => `  ${step}`)].join("\n"));
    if (asked.dryRun) return;
    const bar = progressBar(process.stdout);
    await plan.apply(bar.show);
    bar.end();
    say("Done: the database is ready.");
  } finally {
    await plan.close();
  }
}

const say = (words: string): void => void process.stdout.write(`${words}\n`);

function parse(args: readonly string[]) {
  const options = {
    "dry-run": { type: "boolean" },
    rebuild: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    return { dryRun: values["dry-run"] ?? false, rebuild: values.rebuild ?? false, help: values.help ?? false };
  } catch {
    throw new AppError("invalid", `I don't understand “${args.join(" ")}”.\n${usage}`);
  }
}

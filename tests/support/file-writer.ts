// A process that keeps a file: it stalls in the middle until it is killed, or tells what memory a large one takes there and back.
import { setTimeout } from "node:timers/promises";
import { type FilesChoice, openFiles } from "../../src/adapters/files/index.ts";
import type { Files } from "../../src/core/ports/files.ts";
import { contentOf, sha256Of } from "./file-samples.ts";

const [choice = "", mode, id = "", size = "", behind = ""] = process.argv.slice(2);
const bucket = "attachments";
const say = (text: string) => void process.stdout.write(`${text}\n`);

/** Gives part of the content, waits until it must have been taken, and never goes on. */
async function* stalling(): AsyncGenerator<Uint8Array> {
  yield* contentOf(Number(behind));
  await setTimeout(500);
  say("given");
  await setTimeout(600_000);
}

/** The most that is resident while the work goes on, looked at often. */
async function peakOf(work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 5);
  await work().finally(() => clearInterval(timer));
  look();
  return peak;
}

async function round(files: Files): Promise<void> {
  // Small ones first: what is loaded at first use is no memory of a large file's.
  for (const bytes of [10, 6_000_000]) {
    await files.put(bucket, "small.mp4", contentOf(bytes), bytes);
    await sha256Of((await files.read(bucket, "small.mp4"))!);
    await files.remove(bucket, "small.mp4");
  }
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let kept = "";
  let got = "";
  const up = await peakOf(async () => {
    kept = await files.put(bucket, id, contentOf(Number(size)), Number(size));
  });
  const down = await peakOf(async () => {
    got = await sha256Of((await files.read(bucket, id))!);
  });
  await files.remove(bucket, id);
  say(JSON.stringify({ same: kept === got, before, up, down }));
}

const files = await openFiles(JSON.parse(choice) as FilesChoice);
if (mode === "round") await round(files);
else await files.put(bucket, id, stalling(), Number(size));
await files.close();

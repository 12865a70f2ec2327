// Sending a file to Appwrite: chunk by chunk, a few at once, and sure at the end that the server has what was given.
import { setImmediate } from "node:timers/promises";
import { AppError } from "../../../core/errors.ts";
import { withPatience } from "../../store/appwrite/backoff.ts";
import { isPassingFailure } from "../../store/appwrite/failure.ts";
import { storageTexts } from "../texts.ts";
import { type BucketAt, isComplete, type RemoteFile } from "./bucket-at.ts";
import { type Chunk, chunksOf, type Digests } from "./chunks.ts";
import { alreadyThere, filesFailure, isTaken } from "./failure.ts";
import { type ChunkBuffer, chunkBytes, chunkForm } from "./form.ts";

/** Chunks under way at once, besides the one that is being filled: memory for speed. */
const atOnce = 3;
const patience = { withinMs: 30_000, pauseMs: 200, longestPauseMs: 4_000 };

interface Given {
  readonly at: BucketAt;
  readonly id: string;
  readonly size: number;
}

/** Answers the SHA-256. @throws AppError as Files.put */
export async function upload(given: Given, content: AsyncIterable<Uint8Array>): Promise<string> {
  const { at, id, size } = given;
  const inChunks = size > chunkBytes;
  try {
    // A file of one request is refused by the server where there is one; the first chunk of another would overwrite a half one.
    if (inChunks && (await at.file(id))) throw alreadyThere();
    const form = chunkForm(id);
    const idle: ChunkBuffer[] = [];
    let digests: Digests | undefined;
    await eachAtOnce(
      chunksOf(content, size, () => idle.pop() ?? form.buffer()),
      async (chunk) => {
        const headers = { "content-type": form.contentType, accept: "application/json" };
        const sent = inChunks ? sendChunk(given, chunk, headers) : sendWhole(given, chunk, headers);
        // While it is under way: a megabyte takes two milliseconds.
        const digested = setImmediate().then(() => {
          digests ??= chunk.digests?.();
        });
        await Promise.all([sent, digested]);
        chunk.buffer.filled = 0;
        idle.push(chunk.buffer);
      },
    );
    if (inChunks) mustBe(await at.file(id), size, digests!.md5);
    return digests!.sha256;
  } catch (error) {
    // Nothing of it can be read. What can't be taken away now is swept.
    if (inChunks && !isOthers(error)) await at.remove(id).catch(() => undefined);
    throw filesFailure(error);
  }
}

const isOthers = (error: unknown) => isTaken(error) || (error instanceof AppError && error.code === "conflict");

/** The first alone, since it makes the file; of the others a few. What fails is thrown when none is under way any more. */
async function eachAtOnce(chunks: AsyncIterable<Chunk>, send: (chunk: Chunk) => Promise<void>): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failed: unknown[] = [];
  try {
    for await (const chunk of chunks) {
      const sent: Promise<void> = send(chunk)
        .catch((error) => void failed.push(error))
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
      if (chunk.start === 0) await sent;
      if (underWay.size === atOnce) await Promise.race(underWay);
      if (failed.length) break;
    }
  } finally {
    await Promise.all(underWay);
  }
  if (failed.length) throw failed[0];
}

type Headers = Readonly<Record<string, string>>;

/** Sent again only after a look whether it has become whole; the same bytes in the same place do no harm. */
function sendChunk({ at, id, size }: Given, { start, buffer }: Chunk, given: Headers): Promise<void> {
  const headers = {
    ...given,
    "content-range": `bytes ${start}-${start + buffer.filled - 1}/${size}`,
    ...(start > 0 && { "x-appwrite-id": id }),
  };
  return withPatience(patience, isPassingFailure, async (nth) => {
    const found = nth > 0 ? await at.file(id) : undefined;
    if (found && isComplete(found)) return;
    await at.post(headers, buffer.body()).catch((error) => {
      // A request that was given up has arrived after all. What has become of the file is looked at in the end.
      if (nth === 0 || !isTaken(error)) throw error;
    });
  });
}

function sendWhole({ at, id, size }: Given, { buffer, digests }: Chunk, headers: Headers): Promise<void> {
  return withPatience(patience, isPassingFailure, async (nth) => {
    const found = nth > 0 ? await at.file(id) : undefined;
    if (found && isIt(found, size, digests!().md5)) return;
    const made = await at.post(headers, buffer.body()).catch(async (error) => {
      if (nth === 0 || !isTaken(error)) throw error;
      const late = await at.file(id);
      if (late && isIt(late, size, digests!().md5)) return late;
      throw error;
    });
    if (isIt(made, size, digests!().md5)) return;
    await at.remove(id);
    mustBe(made, size, digests!().md5);
  });
}

const isIt = (file: RemoteFile, size: number, md5: string): boolean =>
  isComplete(file) && file.sizeOriginal === size && file.signature === md5;

/** @throws AppError `unavailable` when the server has put together something else. */
function mustBe(file: RemoteFile | undefined, size: number, md5: string): void {
  if (!file || !isIt(file, size, md5)) throw new AppError("unavailable", storageTexts.say("unavailable"));
}

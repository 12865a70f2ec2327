// Files behind signed links: whole or in one range, as a download, never as something that a browser opens by itself.
import { pipeline } from "node:stream/promises";
import { type Request, type Response, Router } from "express";
import { AppError } from "../core/errors.ts";
import { type FileRow, fileTexts, linkedFile, shownName } from "../core/files/read.ts";
import type { Context } from "../core/kernel/house.ts";
import { plain } from "../core/text.ts";
import { sendProblem } from "./problem.ts";

/** What links are read and files are fetched with. */
export type DownloadParts = Pick<Context, "store" | "files" | "secrets" | "clock" | "log">;

/** ms that whoever downloads may stand still. */
const patience = 60_000;

export function downloadRoutes(parts: DownloadParts): Router {
  const routes = Router();
  routes.get("/files/:token", async (request: Request<{ token: string }>, response: Response) => {
    try {
      await answer(parts, request, response);
    } catch (error) {
      if (response.destroyed) return;
      if (!(error instanceof AppError)) throw error;
      parts.log.warn({}, "a file could not be sent", error);
      sendProblem(response, 503);
    }
  });
  return routes;
}

async function answer(parts: DownloadParts, request: Request<{ token: string }>, response: Response): Promise<void> {
  const linked = await linkedFile(parts, request.params.token);
  if (!linked) return sendProblem(response, 404);
  if (linked.kind === "over") return sendProblem(response, 410, undefined, over(request));
  const { file } = linked;
  describe(response, file);
  const range = rangeOf(request, file);
  if (range === "none") {
    response.setHeader("content-range", `bytes */${file.bytes}`);
    return sendProblem(response, 416);
  }
  const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
  if (range) response.status(206).setHeader("content-range", `bytes ${start}-${end}/${file.bytes}`);
  response.setHeader("content-length", end - start + 1);
  if (request.method === "HEAD") return void response.end();
  const content = await parts.files.read(file.bucket, file.id, start, end + 1);
  if (!content) return sendProblem(response, 404);
  response.setTimeout(patience, () => response.destroy());
  await pipeline(content, response);
}

/** `attachment` writes the name as RFC 6266 has it, with what ASCII lacks in the form of RFC 5987. */
function describe(response: Response, { id, name, type, sha256 }: FileRow): void {
  response.attachment(shownName(name, `file${id.slice(id.lastIndexOf("."))}`));
  response.setHeader("content-type", type.startsWith("text/") ? `${type}; charset=utf-8` : type);
  response.setHeader("accept-ranges", "bytes");
  response.setHeader("etag", `"${sha256}"`);
}

/** Undefined: the whole file, also for several ranges at once and for a download that began with another file (RFC 9110, 14.2). */
function rangeOf(request: Request, { bytes, sha256 }: FileRow): { start: number; end: number } | "none" | undefined {
  const began = request.headers["if-range"];
  if (began !== undefined && began !== `"${sha256}"`) return undefined;
  const ranges = request.range(bytes);
  if (ranges === -1) return "none";
  return Array.isArray(ranges) && ranges.type === "bytes" && ranges.length === 1 ? ranges[0] : undefined;
}

const over = (request: Request): string => {
  const language = request.acceptsLanguages("en", "de") === "de" ? "de" : "en";
  const reader = { language, zone: "UTC", platform: "http" } as const;
  return plain(fileTexts(reader).linkOver, reader);
};

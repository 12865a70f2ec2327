// Files of a post: put into the workspace first, seen by nobody, and attached to the message as soon as that stands.

import { AppError } from "../../../core/errors.ts";
import type { MessageRef, Post } from "../../../core/ports/platform.ts";
import { endpointOf, type Wire, WireError } from "../pooled-wire.ts";
import { spotOf } from "./address.ts";
import type { Client } from "./client.ts";
import { clean } from "./rich-text.ts";
import { slackTexts } from "./texts.ts";

export interface PostFiles {
  /** @returns their ids. @throws AppError `unsupported` for what Slack refuses to take; nothing was posted then. */
  put(team: string, files: Post["files"]): Promise<readonly string[]>;
  /**
   * Files are shared in no other's name, but a message takes them (docs.slack.dev/reference/methods/chat.update, `file_ids`).
   * Once more does no harm: these are all that the message has then. Where Slack leaves them out, they go into the thread.
   */
  attach(ref: MessageRef, shown: object, ids: readonly string[], files: Post["files"]): Promise<void>;
}

type File = Post["files"][number];
type Shared = { readonly id: string; readonly title: string };

export function postFiles(client: Client, wire: Wire): PostFiles {
  async function upload(team: string, { name, content }: File): Promise<Shared> {
    const title = clean(name).replace(/[\p{C}/\\]/gu, "_") || "file";
    const given = { filename: title, length: `${content.length}` };
    const { upload_url: url = "", file_id: id = "" } = await client.call(team, "files.getUploadURLExternal", given);
    const headers = { "content-type": "application/octet-stream" };
    const request = { ...endpointOf(url), method: "POST", headers, body: content, timeoutMs: 60_000 } as const;
    const { status } = await wire.send(request).catch((error) => {
      throw error instanceof WireError ? noAnswer(error) : error;
    });
    if (status !== 200) throw noAnswer();
    return { id, title };
  }

  /** An upload can be completed once; without a place it is there for the app alone. */
  async function uploaded(team: string, files: Post["files"], place: object = {}): Promise<readonly string[]> {
    const shared: Shared[] = [];
    for (const file of files) shared.push(await upload(team, file));
    await client.call(team, "files.completeUploadExternal", { files: shared, ...place });
    return shared.map(({ id }) => id);
  }

  return {
    put: async (team, files) => (files.length ? uploaded(team, files).catch(asRefusal) : []),
    async attach(ref, shown, ids, files) {
      if (ids.length === 0) return;
      const { team, channel } = spotOf(ref);
      const given = { channel, ts: ref.message, ...shown, file_ids: ids };
      const changed = await client.call(team, "chat.update", given).catch(unlessRefused);
      const has = new Set(changed?.message?.files?.map(({ id }) => id));
      if (ids.every((id) => has.has(id))) return;
      const place = { channel_id: channel, thread_ts: ref.thread ?? ref.message };
      await uploaded(team, files, place).catch(asRefusal);
    },
  };
}

const noAnswer = (cause?: Error) => new AppError("unavailable", slackTexts.say("noAnswer"), { cause });

/** What may go well the next time. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof AppError) ||
  error.code === "rate_limited" ||
  (error.code === "unavailable" && error.detail.reason === undefined);

/** It is the file that was refused, whatever Slack says: the channel is neither gone nor closed by that. */
function asRefusal(error: unknown): never {
  if (mayPass(error)) throw error;
  throw new AppError("unsupported", slackTexts.say("noFile"), { cause: error });
}

function unlessRefused(error: unknown): undefined {
  if (mayPass(error)) throw error;
}

// Files: taken at an address of their own and shared afterwards (docs.slack.dev/messaging/working-with-files#uploading_files).
import { type Given, jsonOf } from "./given.ts";
import { refuse } from "./refusal.ts";
import type { State, StoredFile, Team } from "./state.ts";
import { echoed, keep, writable } from "./write.ts";

export function uploadUrl(state: State, { filename, length }: Given) {
  if (!filename || !/^\d+$/.test(length ?? "") || Number(length) < 1)
    refuse("invalid_arguments", "filename and length");
  const id = state.nextId("F");
  state.uploads.set(id, { id, name: filename!, length: Number(length) });
  return { upload_url: `${state.url}/upload/${id}`, file_id: id };
}

/** False when it is not what was announced. */
export function taken(state: State, id: string, content: Buffer): boolean {
  const upload = state.uploads.get(id);
  if (!upload || content.length !== upload.length) return false;
  upload.content = content;
  return true;
}

export function completeUpload(state: State, team: Team, given: Given) {
  const wanted = jsonOf(given.files ?? "", "files") as readonly { id: string; title?: string }[];
  const files = wanted.map(({ id }): StoredFile => {
    const { name, content } = state.uploads.get(id) ?? refuse("file_not_found");
    return { id, name, type: "application/octet-stream", content: content ?? refuse("file_not_found") };
  });
  for (const file of files) {
    state.files.set(file.id, file);
    state.uploads.delete(file.id);
  }
  if (given.channel_id === undefined) return { files: wanted };
  const channel = writable(state, team, given.channel_id);
  const message = { user: team.botUser, bot: true, text: "", blocks: [], files, thread: given.thread_ts };
  echoed(state, channel, keep(state, channel, message), { subtype: "file_share" });
  return { files: wanted };
}

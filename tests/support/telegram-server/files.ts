// Files that people sent: named by getFile, and given out under a path that holds the token.
import { type Params, textOf } from "./params.ts";
import { refuse } from "./refusal.ts";
import type { State } from "./state.ts";

const mostGiven = 20 * 1024 * 1024;

export function getFile(state: State, params: Params) {
  const id = textOf(params, "file_id") ?? "";
  const bytes = fileOf(state, id);
  if (!bytes) return refuse(400, "wrong file_id or the file is temporarily unavailable");
  if (bytes.length > mostGiven) return refuse(400, "file is too big");
  return { file_id: id, file_unique_id: id, file_size: bytes.length, file_path: `documents/${id}` };
}

/** Undefined where there is no such file under this address. */
export function fileAt(state: State, url: string): Buffer | undefined {
  const [, token, id] = /^\/file\/bot([^/]+)\/documents\/(.+)$/.exec(url) ?? [];
  return token === state.token && id ? fileOf(state, decodeURI(id)) : undefined;
}

function fileOf(state: State, id: string): Buffer | undefined {
  for (const { messages } of state.chats.values())
    for (const { file } of messages.values()) if (file?.id === id) return file.bytes;
  return undefined;
}

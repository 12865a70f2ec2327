// Answers at the address of an interaction: five of them, within half an hour, also where the bot is in no channel.
import type { ServerResponse } from "node:http";
import { checkedBlocks } from "./blocks.ts";
import { Refusal } from "./refusal.ts";
import type { State } from "./state.ts";
import { keep } from "./write.ts";

interface Said {
  readonly response_type?: string;
  readonly replace_original?: boolean;
  readonly delete_original?: boolean;
  readonly text?: string;
  readonly blocks?: unknown;
  readonly thread_ts?: string;
}

export function respond(state: State, id: string, body: Buffer, response: ServerResponse): void {
  const open = state.responses.get(id);
  if (!open || open.until < state.now()) return void response.writeHead(404).end("expired_url");
  if (open.left-- <= 0) return void response.writeHead(404).end("used_url");
  try {
    const said = JSON.parse(body.toString()) as Said;
    const { text = "", source } = { ...said, ...open };
    const blocks = said.blocks === undefined ? [] : checkedBlocks(said.blocks, "message");
    const channel = state.channels.get(open.channel)!;
    const botUser = state.teams.get(channel.team)!.botUser;
    if (said.replace_original && source) {
      Object.assign(source, { text, blocks, edits: source.edits + 1 });
    } else {
      const only = said.response_type === "in_channel" ? undefined : open.user;
      keep(state, channel, { user: botUser, bot: true, text, blocks, only, thread: said.thread_ts });
    }
    response.writeHead(200).end("ok");
  } catch (error) {
    const why = error instanceof Refusal ? error.message : "invalid_payload";
    response.writeHead(400).end(why);
  }
}

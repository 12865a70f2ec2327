// The methods by name, with the scopes that each wants.
import { completeUpload, uploadUrl } from "./files.ts";
import type { Given } from "./given.ts";
import { conversationsInfo, conversationsOpen, history, replies, usersInfo } from "./read.ts";
import { Refusal } from "./refusal.ts";
import type { State, Team, Token } from "./state.ts";
import { viewsOpen, viewsPublish } from "./views.ts";
import { postEphemeral, postMessage, react, remove, update } from "./write.ts";

type Method = (state: State, team: Team, given: Given, scopes: readonly string[]) => object;

interface Entry {
  readonly run: Method;
  readonly scope?: (given: Given, state: State) => string;
}

const history_ = ({ channel }: Given, state: State) => {
  const kind = state.channels.get(channel ?? "")?.kind;
  return kind === "im" ? "im:history" : kind === "group" ? "groups:history" : "channels:history";
};
const reading = ({ channel }: Given, state: State) => {
  const kind = state.channels.get(channel ?? "")?.kind;
  return kind === "im" ? "im:read" : kind === "group" ? "groups:read" : "channels:read";
};
const fixed = (scope: string) => () => scope;

const methods: Readonly<Record<string, Entry>> = {
  "auth.test": {
    run: (_, team) => ({
      team: team.name,
      team_id: team.id,
      user_id: team.botUser,
      bot_id: `B${team.botUser}`,
      url: "x",
    }),
  },
  "chat.postMessage": { run: postMessage, scope: fixed("chat:write") },
  "chat.postEphemeral": { run: postEphemeral, scope: fixed("chat:write") },
  "chat.update": { run: update, scope: fixed("chat:write") },
  "chat.delete": { run: remove, scope: fixed("chat:write") },
  "conversations.history": { run: history, scope: history_ },
  "conversations.replies": { run: replies, scope: history_ },
  "conversations.info": { run: conversationsInfo, scope: reading },
  "conversations.open": { run: conversationsOpen, scope: fixed("im:write") },
  "users.info": { run: usersInfo, scope: fixed("users:read") },
  "views.open": { run: viewsOpen },
  "views.publish": { run: viewsPublish },
  "reactions.add": { run: (...all) => react(all[0], all[1], all[2], true), scope: fixed("reactions:write") },
  "reactions.remove": { run: (...all) => react(all[0], all[1], all[2], false), scope: fixed("reactions:write") },
  "files.getUploadURLExternal": { run: (state, _, given) => uploadUrl(state, given), scope: fixed("files:write") },
  "files.completeUploadExternal": { run: completeUpload, scope: fixed("files:write") },
};

export function runMethod(state: State, token: Token, method: string, given: Given): object {
  const entry = methods[method];
  if (!entry) throw new Refusal("unknown_method");
  const needed = entry.scope?.(given, state);
  if (needed !== undefined && !token.scopes.includes(needed))
    throw new Refusal("missing_scope", { more: { needed, provided: token.scopes.join(",") } });
  return entry.run(state, state.teams.get(token.team)!, given, token.scopes);
}

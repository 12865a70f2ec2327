// Methods that read or open: who somebody is, channels, their history, direct messages.
import type { Given } from "./given.ts";
import { refuse } from "./refusal.ts";
import type { Message, State, Team } from "./state.ts";
import { channelFor } from "./write.ts";

export function usersInfo(state: State, team: Team, { user: id, include_locale: withLocale }: Given) {
  const user = state.users.get(id ?? "");
  if (!user || user.team !== team.id) return refuse("user_not_found");
  const { name, bot, admin, tz, locale } = user;
  const profile = { real_name: name, display_name: name, image_192: `https://avatars.slack-edge.example/${id}.png` };
  const flags = { is_bot: bot, is_admin: admin, is_owner: false, is_primary_owner: false, deleted: false };
  const team_id = user.from ?? team.id;
  return {
    user: { id, team_id, name, real_name: name, profile, ...flags, tz, ...(withLocale === "true" && { locale }) },
  };
}

export function conversationsInfo(state: State, team: Team, { channel: id }: Given) {
  const { name, creator, members, kind, archived } = channelFor(state, team, id);
  const is_member = members.has(team.botUser);
  return { channel: { id, name, creator, is_member, is_im: kind === "im", is_archived: archived } };
}

export function conversationsOpen(state: State, team: Team, { users }: Given) {
  const user = state.users.get(users ?? "");
  if (!user || user.team !== team.id) return refuse("user_not_found");
  if (user.bot) return refuse("cannot_dm_bot");
  return { channel: { id: user.direct } };
}

/** As the events show it. */
export function wireMessage(
  { user, ts, text, blocks, thread, bot, metadata, files, edits }: Message,
  withMetadata: boolean,
) {
  return {
    type: "message",
    user,
    ts,
    text,
    ...(blocks.length && { blocks }),
    ...(thread && { thread_ts: thread }),
    ...(bot && { bot_id: `B${user}` }),
    ...(withMetadata && metadata !== undefined && { metadata }),
    ...(files.length && { files: files.map(({ id, name }) => ({ id, name })) }),
    ...(edits > 0 && { edited: { user, ts } }),
  };
}

function page(messages: readonly Message[], { oldest = "0", limit = "100", cursor = "", ...given }: Given) {
  const newestFirst = messages
    .filter(({ ts, gone, only }) => !gone && only === undefined && Number(ts) > Number(oldest))
    .toReversed();
  const from = Number(cursor || 0);
  const some = newestFirst.slice(from, from + Number(limit));
  const more = from + some.length < newestFirst.length;
  return {
    messages: some.map((message) => wireMessage(message, given.include_all_metadata === "true")),
    has_more: more,
    response_metadata: { next_cursor: more ? `${from + some.length}` : "" },
  };
}

export function history(state: State, team: Team, given: Given) {
  const channel = channelFor(state, team, given.channel);
  if (!channel.members.has(team.botUser)) refuse("not_in_channel");
  return page(
    channel.messages.filter(({ thread }) => thread === undefined),
    given,
  );
}

export function replies(state: State, team: Team, given: Given) {
  const channel = channelFor(state, team, given.channel);
  const { ts: parent } = given;
  if (!channel.messages.some(({ ts }) => ts === parent)) refuse("thread_not_found");
  return page(
    channel.messages.filter(({ thread, ts }) => thread === parent || ts === parent),
    given,
  );
}

// Slack's events as what somebody did: messages, reactions, comings and goings. What is not for PeerSpark is nothing.
import type { Deed, Place, Talk, TalkFile } from "../../../core/ports/platform.ts";
import { channelOf, isDirect, refAt } from "./address.ts";
import { type Found, type Known, namedIn, placeAt, spelledOut } from "./decoded.ts";
import { emojiNamed } from "./emoji.ts";
import { openingHome } from "./home.ts";
import { type Event, type EventBody, isBuried, type MessageBody } from "./incoming.ts";

export function decodeEvent({ event }: EventBody, known: Known): Found | undefined {
  switch (event.type) {
    case "message":
    case "app_mention":
      return fromMessage(event, known);
    case "reaction_added":
    case "reaction_removed":
      return fromReaction(event, known);
    case "member_joined_channel":
      return fromArrival(event, known);
    case "channel_left":
    case "group_left":
    case "member_left_channel":
      return fromDeparture(event, known);
    case "channel_id_changed":
      return fromNewId(event, known);
    case "app_home_opened":
      return fromHome(event, known);
    case "app_uninstalled":
    case "tokens_revoked":
      return fromUninstall(event, known);
    default:
      return undefined;
  }
}

/** Slack may send the same message again under another event id: its channel and time name it. */
const idOf = (kind: string, known: Known, ...parts: (string | undefined)[]) =>
  [kind, known.team.id, ...parts].join(".");

function fromMessage(event: Event, known: Known): Found | undefined {
  if (isBuried(event)) return fromDeletion({ ...event, deleted_ts: event.message?.ts }, known);
  if (event.subtype === "message_changed") return fromEdit(event, known);
  if (event.subtype === "message_deleted") return fromDeletion(event, known);
  const { channel, ts, user } = event;
  if (!channel || !ts || !user || user === known.team.botUser || !isPersons(event)) return undefined;
  const place = placeAt(channel, known, { thread: threadOf(event) });
  const { text, named, mentioned } = said(event, known);
  const direct = place.kind === "direct";
  const deed: Deed = {
    kind: "text",
    text,
    addressed: direct || mentioned,
    ...(!direct && !mentioned && { talk: talkOf(event, channel, known) }),
  };
  return { id: idOf("message", known, channel, ts), place, account: known.person(user), deed, named };
}

/** What people post; what apps post has a bot's id (our files have only our user), what Slack itself says has another subtype. */
const isPersons = ({ bot_id: bot, subtype }: MessageBody): boolean =>
  !bot && (subtype === undefined || ["file_share", "thread_broadcast", "me_message"].includes(subtype));

const threadOf = ({ ts, thread_ts: thread }: MessageBody): string | undefined => (thread === ts ? undefined : thread);

/** A mention addresses wherever it stands, and is no part of what is said. */
function said({ text = "" }: MessageBody, known: Known) {
  const tag = `<@${known.team.botUser}(?:\\|[^<>]*)?>`;
  const rest = text.replace(new RegExp(`^\\s*${tag}[\\s,:]*`), "").replace(new RegExp(`\\s*${tag}`, "g"), "");
  return { text: spelledOut(rest, known), named: namedIn(rest, known), mentioned: rest !== text };
}

function talkOf(message: MessageBody, channel: string, known: Known): Talk {
  const spot = { team: known.team.id, channel };
  const thread = threadOf(message);
  const avatar = known.avatar(message.user ?? "");
  return {
    message: refAt(spot, message.ts!, thread),
    text: spelledOut(message.text ?? "", known),
    files: (message.files ?? []).flatMap((file) => fileOf(file, known)),
    ...(thread && { repliesTo: refAt(spot, thread) }),
    ...(avatar && { avatar }),
  };
}

/** A file that Slack hides or that lies elsewhere has no address to load it from. */
function fileOf(file: NonNullable<MessageBody["files"]>[number], known: Known): TalkFile[] {
  const { url_private_download: url, name, mimetype, size } = file;
  if (!url) return [];
  const type = mimetype || "application/octet-stream";
  return [{ name: name || "file", type, bytes: size ?? 0, source: `${known.team.id}|${url}` }];
}

/** A message also "changes" when Slack unfurls its links or somebody replies to it. */
function fromEdit({ channel, message, previous_message: before }: Event, known: Known): Found | undefined {
  if (!channel || !message?.ts || !message.user || !isPersons(message) || isOurs(channel, known)) return undefined;
  if (message.user === known.team.botUser) return undefined;
  if (before?.text === message.text) return undefined;
  const place = placeAt(channel, known, { thread: threadOf(message) });
  const id = idOf("edit", known, channel, message.ts, message.edited?.ts);
  return {
    id,
    place,
    account: known.person(message.user),
    deed: { kind: "edited", talk: talkOf(message, channel, known) },
  };
}

/** Direct messages are between us and one person: nothing is carried from there. */
const isOurs = (channel: string, known: Known) => placeAt(channel, known).kind === "direct";

function fromDeletion(event: Event, known: Known): Found | undefined {
  const { channel, deleted_ts: ts, previous_message: before } = event;
  if (!channel || !ts || before?.bot_id || isOurs(channel, known)) return undefined;
  if (before?.user === known.team.botUser) return undefined;
  const thread = before?.thread_ts === ts ? undefined : before?.thread_ts;
  const message = refAt({ team: known.team.id, channel }, ts, thread);
  const account = before?.user === undefined ? undefined : known.person(before.user);
  const place = placeAt(channel, known, { thread });
  return { id: idOf("deletion", known, channel, ts), place, account, deed: { kind: "deleted", message } };
}

function fromReaction({ type, user, item, reaction, event_ts: at }: Event, known: Known): Found | undefined {
  if (!user || user === known.team.botUser || item?.type !== "message" || !item.channel || !item.ts) return undefined;
  const emoji = reaction && emojiNamed(reaction);
  if (!emoji || isOurs(item.channel, known)) return undefined;
  const message = refAt({ team: known.team.id, channel: item.channel }, item.ts);
  return {
    id: idOf(type, known, item.channel, item.ts, user, reaction, at),
    place: placeAt(item.channel, known),
    account: known.person(user),
    deed: { kind: "reacted", message, emoji, on: type === "reaction_added" },
  };
}

function fromArrival({ user, channel, inviter, event_ts: at }: Event, known: Known): Found | undefined {
  if (user !== known.team.botUser || !channel) return undefined;
  const account = inviter === undefined ? undefined : known.person(inviter);
  return { id: idOf("joined", known, channel, at), place: placeAt(channel, known), account, deed: { kind: "joined" } };
}

/** Two events tell of it, in the same second. The workspace goes on without this channel, so the place is its own space. */
function fromDeparture({ type, user, channel, event_ts: at }: Event, known: Known): Found | undefined {
  if (!channel || (type === "member_left_channel" && user !== known.team.botUser)) return undefined;
  const { space: _, ...place } = placeAt(channel, known);
  return { id: idOf("left", known, channel, at?.split(".")[0]), place, deed: { kind: "left" } };
}

function fromNewId({ old_channel_id: from, new_channel_id: to }: Event, known: Known): Found | undefined {
  if (!from || !to) return undefined;
  const moved = channelOf({ team: known.team.id, channel: to });
  return { id: idOf("moved", known, from, to), place: placeAt(from, known), deed: { kind: "moved", to: moved } };
}

function fromHome({ user, channel, tab, event_ts: at }: Event, known: Known): Found | undefined {
  if (!user || !channel || !isDirect(channel) || tab !== "home") return undefined;
  return {
    id: idOf("home", known, user, at),
    place: placeAt(channel, known),
    account: known.person(user),
    deed: openingHome,
    means: { home: true },
  };
}

/** The token of the whole workspace is gone; where only people's own are, we had none. */
function fromUninstall({ type, tokens, event_ts: at }: Event, known: Known): Found | undefined {
  if (type === "tokens_revoked" && !tokens?.bot?.length) return undefined;
  const { id, name } = known.team;
  const place: Place = {
    platform: "slack",
    channel: channelOf({ team: id, channel: id }),
    kind: "channel",
    space: { id, title: name },
  };
  return { id: idOf("uninstalled", known, type, at), place, deed: { kind: "left" } };
}

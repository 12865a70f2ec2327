// The routes of Discord's REST API that the tests need, each with its checks.
import { checkedCommands } from "./command-limits.ts";
import { callback, followUp, followUpAt, removeFollowUp } from "./interaction-routes.ts";
import { Refusal, refuse } from "./refusal.ts";
import { channelOf, guildOf, mayIn, needs, right } from "./rights.ts";
import { scheduledEvents } from "./scheduled-events.ts";
import type { Body, State } from "./state.ts";
import { wireChannel, wireGuild, wireMember, wireMessage, wirePerson } from "./wire.ts";
import { changed, type Files, messageOf, reacted, removed, sent } from "./writing.ts";

export interface Asked {
  readonly state: State;
  /** The ids in the path, in their order. */
  readonly ids: readonly string[];
  readonly body: Body;
  readonly query: URLSearchParams;
  readonly files: Files;
}
/** Undefined is answered with 204. */
export type Route = (asked: Asked) => unknown;

const message = (asked: Asked) => messageOf(channelOf(asked.state, asked.ids[0]), asked.ids[1]);

function openDirect({ state, body }: Asked) {
  const person = state.people.get(String(body.recipient_id)) ?? refuse(10013);
  return wireChannel(state.channels.get(`dm of ${person.id}`)!, state.bot);
}

function react({ state, ids }: Asked, on: boolean): void {
  const target = message({ state, ids } as Asked);
  needs(state, target.channel, "readHistory", "addReactions");
  const emoji = decodeURIComponent(ids[2]!);
  if (!/^\p{RGI_Emoji}$/v.test(emoji)) refuse(10014);
  reacted(state, target, { who: state.bot, emoji, on });
}

const application = ({ application: { id, flags }, bot }: State) => ({
  id,
  flags,
  name: "PeerSpark",
  bot: wirePerson(bot),
});

export const routes: Readonly<Record<string, Route>> = {
  "GET /gateway/bot": ({ state }) => ({
    url: gatewayUrls.get(state),
    shards: 1,
    session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
  }),
  "GET /users/@me": ({ state }) => wirePerson(state.bot),
  "POST /users/@me/channels": openDirect,
  "GET /applications/@me": ({ state }) => application(state),
  "GET /oauth2/applications/@me": ({ state }) => application(state),
  "GET /applications/:id/commands": ({ state }) =>
    state.commands.map((command, n) => ({
      id: `${n}`,
      application_id: state.application.id,
      version: "1",
      nsfw: false,
      ...command,
    })),
  "PUT /applications/:id/commands": ({ state, body }) => {
    checkedCommands(body as unknown as Body[]);
    state.commands = body as unknown as Body[];
    return state.commands;
  },
  "GET /channels/:id": ({ state, ids }) => {
    const channel = channelOf(state, ids[0]);
    needs(state, channel);
    return wireChannel(channel, state.bot);
  },
  "POST /channels/:id/messages": ({ state, ids, body, files }) => {
    return wireMessage(sent(state, channelOf(state, ids[0]), body, files), state);
  },
  "GET /channels/:id/messages": ({ state, ids, query }) => {
    const channel = channelOf(state, ids[0]);
    needs(state, channel);
    const visible = [...channel.messages.values()].filter(({ only, loading }) => !only && !loading);
    const mayRead = !channel.guild || mayIn(channel.guild, state.bot.id, channel) & right.readHistory;
    const newest = visible.toReversed().slice(0, Number(query.get("limit") ?? 50));
    return mayRead ? newest.map((one) => wireMessage(one, state)) : [];
  },
  "GET /channels/:id/messages/:id": (asked) => {
    const target = message(asked);
    needs(asked.state, target.channel, "readHistory");
    return wireMessage(target, asked.state);
  },
  "PATCH /channels/:id/messages/:id": (asked) => {
    const target = message(asked);
    if (target.author.id !== asked.state.bot.id) refuse(50005);
    needs(asked.state, target.channel);
    return wireMessage(changed(asked.state, target, asked.body), asked.state);
  },
  "DELETE /channels/:id/messages/:id": (asked) => {
    const target = message(asked);
    if (target.author.id !== asked.state.bot.id) needs(asked.state, target.channel, "manageMessages");
    removed(asked.state, target);
  },
  "PUT /channels/:id/messages/:id/reactions/:emoji/@me": (asked) => react(asked, true),
  "DELETE /channels/:id/messages/:id/reactions/:emoji/@me": (asked) => react(asked, false),
  "GET /guilds/:id": ({ state, ids }) => wireGuild(guildOf(state, ids[0]), state),
  "GET /guilds/:id/members/:id": ({ state, ids }) => {
    const guild = guildOf(state, ids[0]);
    const person = state.people.get(ids[1]!);
    return person && guild.members.has(person.id) ? wireMember(guild, person) : refuse(10007);
  },
  "POST /interactions/:id/:token/callback": callback,
  "POST /webhooks/:id/:token": followUp,
  "GET /webhooks/:id/:token/messages/:id": (asked) => wireMessage(followUpAt(asked), asked.state),
  "PATCH /webhooks/:id/:token/messages/:id": (asked) =>
    wireMessage(changed(asked.state, followUpAt(asked), asked.body), asked.state),
  "DELETE /webhooks/:id/:token/messages/:id": removeFollowUp,
  ...scheduledEvents,
};

const gatewayUrls = new WeakMap<State, string>();
export const gatewayAt = (state: State, url: string) => void gatewayUrls.set(state, url);

/** "/channels/1/messages/2" as "/channels/:id/messages/:id" and its ids. */
export function routeOf(path: string): { readonly route: string; readonly ids: readonly string[] } {
  const ids: string[] = [];
  const kept = (id: string, as: string) => {
    ids.push(id);
    return as;
  };
  const route = path
    .split("/")
    .map((part, index, all) => {
      if (all[index - 1] === "reactions") return kept(part, ":emoji");
      if (["webhooks", "interactions"].includes(all[index - 2] ?? "") && index === 3) return kept(part, ":token");
      return /^\d{15,20}$/.test(part) || part === "@original" ? kept(part, ":id") : part;
    })
    .join("/");
  return { route, ids };
}

export const noRoute = (route: string): never => {
  throw new Refusal(404, 0, `404: Not Found (${route})`);
};

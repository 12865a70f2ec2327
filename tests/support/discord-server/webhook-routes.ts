// Webhooks of channels: made, executed under names of their own, their messages changed and removed.
import { invalid, must, refuse } from "./refusal.ts";
import { channelOf, needs } from "./rights.ts";
import type { Asked } from "./routes.ts";
import type { Channel, State, Webhook } from "./state.ts";
import { wireMessage, wirePerson } from "./wire.ts";
import { changed, messageOf, removed, written } from "./writing.ts";

const wire = ({ id, token, channel, owner }: Webhook, { bot }: State) => ({
  id,
  token,
  type: 1,
  channel_id: channel.id,
  application_id: owner,
  user: wirePerson(bot),
});

function hookOf({ state, ids: [id, token] }: Asked): Webhook {
  const all = [...state.channels.values()].flatMap(({ webhooks }) => webhooks);
  const hook = all.find((one) => one.id === id) ?? refuse(10015);
  return hook.token === token ? hook : refuse(50027);
}

function target(hook: Webhook, { state, query }: Asked): Channel {
  const thread = query.get("thread_id");
  if (!thread) return hook.channel.type === 15 ? invalid("thread_id", "is required in a forum") : hook.channel;
  const found = channelOf(state, thread);
  return found.parent === hook.channel ? found : refuse(10003);
}

function checkName(name: unknown): string {
  if (typeof name !== "string") return invalid("username", "must be a string");
  must(name.trim().length >= 1 && name.length <= 80, "username", "must be 1 to 80");
  must(!/discord|clyde/i.test(name), "username", `cannot contain "discord" or "clyde"`);
  must(!["everyone", "here"].includes(name.toLowerCase()), "username", "is reserved");
  return name;
}

function messageBy(asked: Asked) {
  const hook = hookOf(asked);
  const message = messageOf(target(hook, asked), asked.ids[2]);
  return message.webhook === hook ? message : refuse(10008);
}

export const webhookRoutes = {
  list(asked: Asked) {
    const channel = channelOf(asked.state, asked.ids[0]);
    needs(asked.state, channel, "manageWebhooks");
    return channel.webhooks.map((hook) => wire(hook, asked.state));
  },
  create(asked: Asked) {
    const channel = channelOf(asked.state, asked.ids[0]);
    needs(asked.state, channel, "manageWebhooks");
    if (channel.webhooks.length >= 15) refuse(30007);
    checkName(asked.body.name);
    const id = asked.state.id();
    const hook = { id, token: `hook-token-${id}`, channel, owner: asked.state.application.id };
    channel.webhooks.push(hook);
    return wire(hook, asked.state);
  },
  execute(asked: Asked) {
    const { state, body, files, query } = asked;
    const hook = hookOf(asked);
    const name = checkName(body.username ?? "PeerSpark");
    const author = { id: hook.id, username: name, global_name: null, avatar: null, bot: true, locale: "en-US" };
    const message = written(state, target(hook, asked), body, { author, webhook: hook, files });
    return query.get("wait") === "true" ? wireMessage(message, state) : undefined;
  },
  edit: (asked: Asked) => wireMessage(changed(asked.state, messageBy(asked), asked.body), asked.state),
  remove: (asked: Asked) => removed(asked.state, messageBy(asked)),
};

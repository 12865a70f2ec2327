// The Slack of a city: the real adapter against the strict server, and people with lines, modals and buttons.

import { commandNameOf } from "../../../src/adapters/chat/slack/command-names.ts";
import { slack } from "../../../src/adapters/chat/slack/index.ts";
import { eventually } from "../eventually.ts";
import type { LeapingClock } from "../leaping-clock.ts";
import { type ShownMessage, type SlackServer, slackServer, type TestUser } from "../slack-server/index.ts";
import { type District, type Hand, inWords, newestWith, type Seen } from "./district.ts";

export type SlackMode = "socket" | "http";

export interface SlackDistrict extends District {
  readonly server: SlackServer;
  userOf(hand: Hand): TestUser;
}

const locales = { en: "en-US", de: "de-DE" } as const;

export async function slackDistrict(clock: LeapingClock, mode: SlackMode = "socket"): Promise<SlackDistrict> {
  const server = await slackServer({ now: clock.now, echoes: true });
  const users = new Map<Hand, TestUser>();
  const { token, appToken, signingSecret, apiUrl } = server;

  return {
    name: "slack",
    server,
    secrets: [token, appToken, signingSecret],
    userOf: (hand) => users.get(hand)!,
    platform({ publicUrl, ...parts }) {
      if (mode === "http") server.requestUrl = `${publicUrl}/slack/events`;
      const socket = mode === "socket" && { appToken };
      return slack({ ...parts, apiUrl, botToken: token, signingSecret, rates: "none", ...socket });
    },
    person(name, { language = "en", zone = "UTC" } = {}) {
      const user = server.user(name, { locale: locales[language], tz: zone });
      const hand = handOf(server, user);
      users.set(hand, user);
      return hand;
    },
    square({ title, people, arrives = false }) {
      const [first, ...others] = people.map((one) => users.get(one)!);
      const { id, members } = server.channel(title, [first!, ...others], { creator: first!.id, bot: !arrives });
      if (arrives) {
        const user = server.team.botUser;
        members.add(user);
        const event = { type: "member_joined_channel", user, channel: id, channel_type: "C", team: server.team.id };
        void server.tell({ ...event, inviter: first!.id, event_ts: server.state.ts() });
      }
      return { platform: "slack", id };
    },
    seenIn: ({ id }) => server.messages(id).map(seenOf),
    dataOf: ({ wire }, label) => (wire as ShownMessage).buttons.find((one) => one.label === label)!.value!,
    carrying: (data) => data,
    async again() {
      await server.again("same");
      await server.again("new id");
    },
    drained: () => eventually(() => mode === "http" || server.socket.connections > 0),
    calls: () => server.calls.length,
    everything: () =>
      [...server.state.channels.values()].flatMap(({ id, messages }) =>
        messages
          .filter(({ bot, gone }) => bot && !gone)
          .map((message) => ({ where: `slack ${id} ${message.only ?? ""}`, text: words(server, id, message.ts) })),
      ),
    close: server.close,
  };
}

function words(server: SlackServer, channel: string, ts: string): string {
  const { text, blocks } = server.state.channels.get(channel)!.messages.find((one) => one.ts === ts)!;
  return JSON.stringify([text, blocks]);
}

function seenOf(message: ShownMessage): Seen {
  const { ts, text, buttons, edits } = message;
  return { id: ts, text, buttons: buttons.map(({ label }) => label), edits, wire: message };
}

function handOf(server: SlackServer, user: TestUser): Hand {
  const visible = (where?: { id: string }) => (where ? server.messages(where.id) : user.sees()).map(seenOf);
  const acknowledged = ({ status }: { readonly status: number }) => {
    if (status !== 200) throw new Error(`Slack was answered ${status}`);
  };
  return {
    name: user.name,
    userId: user.id,
    async asks(path, fields, where) {
      const [area = "", ...rest] = path.split(" ");
      const line = [...rest, inWords(fields)].filter(Boolean).join(" ");
      acknowledged(await user.command(where?.id ?? user.direct, commandNameOf(area), line));
    },
    async says(text, where) {
      const mention = `<@${server.team.botUser}> ${text}`;
      acknowledged(await (where ? user.say(where.id, mention, { raw: true }) : user.say(user.direct, text)));
    },
    async presses(label, where) {
      const message = newestWith(label, visible(where));
      acknowledged(await user.press(message.wire as ShownMessage, label));
      return "";
    },
    async forges({ data }, under) {
      const message = under.wire as ShownMessage;
      const forged = { label: "Forged", action_id: "0.0", value: data };
      acknowledged(await user.press({ ...message, buttons: [forged] }, "Forged"));
      return "";
    },
    form() {
      const form = user.form();
      return form && { title: form.title, fields: form.fields.map(({ name }) => name) };
    },
    async fills(answers) {
      acknowledged(await user.fill(answers));
    },
    sees: visible,
  };
}

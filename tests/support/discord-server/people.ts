// People in the tests: what they write, press, pick, fill in, type and call, and what they see of it.
import { listOf } from "./limits.ts";
import { mayIn } from "./rights.ts";
import type { Answered, Body, Channel, Component, Interaction, Message, Person, State } from "./state.ts";
import { wireChannel, wireMessage, wirePerson } from "./wire.ts";
import { changed, cleared, reacted, removed, written } from "./writing.ts";

export interface TestUser extends Person {
  readonly direct: Channel;
  /** Writes a message; answers it. */
  say(
    channel: Channel,
    text: string,
    options?: { readonly replyTo?: string; readonly files?: Message["files"] },
  ): Message;
  edit(message: Message, text: string): void;
  erase(message: Message): void;
  react(message: Message, emoji: string, on?: boolean): void;
  /** As a moderator. */
  clear(message: Message, emoji?: string): void;
  /** Presses a button of a message by its label. Resolves with the first answer. @throws Error without one. */
  press(message: Message, label: string): Promise<Answered>;
  pick(message: Message, label: string): Promise<Answered>;
  /** `command("event create", { title: "x" })`, or a message's context menu with `on`. */
  command(
    path: string,
    options?: Readonly<Record<string, string | number | boolean>>,
    where?: Channel,
    on?: Message,
  ): Promise<Answered>;
  /** What is offered while an option is being typed. */
  type(
    path: string,
    option: string,
    typed: string,
    where?: Channel,
  ): Promise<readonly { name: string; value: string }[]>;
  /** The form that is open before them. */
  form(): Body | undefined;
  /** Sends the open form off; what is not given stays as it is. */
  fill(answers: Readonly<Record<string, string>>): Promise<Answered>;
  /** Whether they take direct messages. */
  close(closed?: boolean): void;
}

export function newUser(
  state: State,
  { name = "Ada", locale = "en-US" }: { name?: string; locale?: string },
): TestUser {
  const person: Person = {
    id: state.id(),
    username: name.toLowerCase().replaceAll(" ", "_"),
    global_name: name,
    avatar: null,
    locale,
  };
  state.people.set(person.id, person);
  const direct: Channel = { id: state.id(), type: 1, person, overwrites: [], messages: new Map() };
  state.channels.set(direct.id, direct);
  state.channels.set(`dm of ${person.id}`, direct);

  function interact(type: number, channel: Channel, data: Body, source?: Message): Promise<Answered> {
    const { guild } = channel;
    const id = state.id();
    const settled = Promise.withResolvers<Answered>();
    const interaction: Interaction = {
      id,
      token: `token-of-${id}`,
      type,
      person,
      channel,
      source,
      at: state.now(),
      settled,
    };
    state.interactions.set(id, interaction);
    const who = guild
      ? {
          member: {
            user: wirePerson(person),
            roles: [...(guild.members.get(person.id) ?? [])],
            permissions: `${mayIn(guild, person.id, channel)}`,
          },
        }
      : { user: wirePerson(person) };
    state.emit(
      "INTERACTION_CREATE",
      {
        id,
        token: interaction.token,
        type,
        application_id: state.application.id,
        channel_id: channel.id,
        channel: wireChannel(channel, state.bot),
        ...(guild && {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
        }),
        ...who,
        locale: person.locale,
        version: 1,
        entitlements: [],
        authorizing_integration_owners: {},
        context: guild ? 0 : 1,
        app_permissions: "0",
        ...(source && { message: wireMessage(source, state) }),
        data,
      },
      { guild, intent: 0, private: true },
    );
    const timer = setTimeout(() => settled.reject(new Error("The application did not respond")), 3_500);
    return settled.promise.finally(() => clearTimeout(timer));
  }

  const commandData = (path: string, options: readonly Body[], on?: Message): Body => {
    const [first = "", ...rest] = path.split(" ");
    const registered = state.commands.find((one) => one.name === (on ? path : first));
    if (!registered) throw new Error(`no command ${path}`);
    if (on)
      return {
        id: "1",
        type: 3,
        name: path,
        target_id: on.id,
        resolved: { messages: { [on.id]: wireMessage(on, state) } },
      };
    const base = { id: "1", type: 1, name: first, ...mentionedIn(options) };
    if (rest.length === 0) return { ...base, options };
    return { ...base, options: [{ type: 1, name: rest.join("-"), options }] };
  };

  const mentionedIn = (options: readonly Body[]): Body => {
    const ids = options.flatMap(({ value }) => [...String(value).matchAll(/<@!?(\d+)>/g)].map(([, who]) => who!));
    const users = ids.flatMap((id) => state.people.get(id) ?? []).map((one) => [one.id, wirePerson(one)] as const);
    return users.length > 0 ? { resolved: { users: Object.fromEntries(users) } } : {};
  };

  return {
    ...person,
    direct,
    say: (channel, text, { replyTo, files } = {}) =>
      written(
        state,
        channel,
        { content: text, ...(replyTo && { message_reference: { message_id: replyTo } }) },
        { author: person, files },
      ),
    edit: (message, content) => void changed(state, message, { content }),
    erase: (message) => removed(state, message),
    clear: (message, emoji) => cleared(state, message, emoji),
    react(message, emoji, on = true) {
      reacted(state, message, { who: person, emoji, on });
    },
    async press(message, label) {
      const button = controlsOf(message).find((one) => one.type === 2 && one.label === label);
      if (!button) throw new Error(`no button "${label}"`);
      return interact(3, message.channel, { component_type: 2, custom_id: button.custom_id }, message);
    },
    async pick(message, label) {
      const select = controlsOf(message).find(({ type }) => type === 3);
      const option = listOf(select?.options).find((one) => one.label === label);
      if (!option) throw new Error(`no option "${label}"`);
      return interact(
        3,
        message.channel,
        { component_type: 3, custom_id: select!.custom_id, values: [option.value] },
        message,
      );
    },
    command: async (path, options = {}, where = direct, on) =>
      interact(2, where, commandData(path, Object.entries(options).map(valued), on)),
    async type(path, option, typed, where = direct) {
      const answer = await interact(
        4,
        where,
        commandData(path, [{ type: 3, name: option, value: typed, focused: true }]),
      );
      return answer.data.choices as { name: string; value: string }[];
    },
    form: () => state.modals.get(person.id)?.data,
    async fill(answers) {
      const open = state.modals.get(person.id);
      if (!open) throw new Error("no form is open");
      state.modals.delete(person.id);
      const components = listOf(open.data.components).map(({ component }) => ({
        type: 18,
        component: filled(component as Component, answers),
      }));
      return interact(5, open.from.channel, { custom_id: open.data.custom_id, components }, open.from.source);
    },
    close: (closed = true) => void state.closedTo[closed ? "add" : "delete"](person.id),
  };
}

const valued = ([name, value]: [string, string | number | boolean]) => ({
  name,
  value,
  type: typeof value === "string" ? 3 : typeof value === "number" ? 4 : 5,
});

/** As Discord's own app does: what must be given can't be left empty. */
function filled(input: Component, answers: Readonly<Record<string, string>>): Body {
  const id = String(input.custom_id);
  if (input.type === 4) {
    const value = answers[id] ?? String(input.value ?? "");
    return { type: 4, custom_id: id, value: value === "" && input.required !== false ? "x" : value };
  }
  const options = listOf(input.options);
  const picked = options.find(({ value }) => value === answers[id]) ?? options.find((one) => one.default);
  const chosen = picked ?? (input.required === false ? undefined : options[0]);
  return { type: 3, custom_id: id, values: chosen ? [chosen.value] : [] };
}

/** Buttons and selects of a message, wherever they stand. */
export const controlsOf = (message: Pick<Message, "components">): readonly Component[] =>
  message.components.flatMap(function inside(component): readonly Component[] {
    return [2, 3].includes(component.type) ? [component] : listOf(component.components).flatMap(inside);
  });

/** Texts of a message, wherever they stand. */
export const textOf = (message: Pick<Message, "components" | "content">): string =>
  [
    message.content,
    ...message.components.flatMap(function inside(component): readonly string[] {
      return component.type === 10 ? [String(component.content)] : listOf(component.components).flatMap(inside);
    }),
  ]
    .filter(Boolean)
    .join("\n");

// Commands, presses, filled-in forms and what is being typed into an option.
import { ApplicationCommandType, InteractionType, MessageFlags } from "discord-api-types/v10";
import { compiled } from "../../../core/kernel/compiled.ts";
import type { Account, CommandEntry, Deed, MessageRef, Place } from "../../../core/ports/platform.ts";
import { optionName } from "./command-table.ts";
import { type Around, accountOf, discordPlace, type Heard, updateOf } from "./decoded.ts";
import { isThread } from "./directory.ts";
import type { Token } from "./exchange.ts";
import { type CommandOption, type Filled, Interaction, Message } from "./incoming.ts";
import { messageWords, shownWords } from "./message-words.ts";
import { carried } from "./render.ts";
import { mentionsIn, writtenOut } from "./tags.ts";

const interactions = compiled(Interaction);

export function decodeInteraction(raw: unknown, around: Around): readonly Heard[] {
  const interaction = interactions.parse(raw);
  const user = interaction.member?.user ?? interaction.user;
  const channel = interaction.channel?.id ?? interaction.channel_id;
  if (!user || user.bot || !channel) return [];
  const place = discordPlace(channelOf(interaction, channel), interaction.guild_id, around);
  const account = accountOf(user, interaction.locale);
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
    return typingIn(interaction, account, place, around);
  const deed = deedOf(interaction, around);
  if (!deed) return [];
  const { message } = interaction;
  const hidden = Boolean((message?.flags ?? 0) & MessageFlags.Ephemeral);
  const source = message && deed.kind === "press" ? sourceIn(place, message.id) : undefined;
  const permissions = interaction.member?.permissions;
  return [
    updateOf(interaction.id, place, deed, {
      once: true,
      account,
      token: tokenOf(interaction, place),
      source,
      hidden,
      permissions,
      named: namedBy(interaction),
    }),
  ];
}

const channelOf = ({ channel }: Interaction, id: string) => ({
  id,
  ...(channel?.name && { title: channel.name }),
  ...(isThread({ type: channel?.type }) && channel?.parent_id && { parent: channel.parent_id }),
});

const sourceIn = ({ platform, channel, thread }: Place, message: string): MessageRef => ({
  platform,
  channel,
  ...(thread && { thread }),
  message,
});

const tokenOf = ({ id, token, type, message }: Interaction, { kind }: Place): Token => ({
  id,
  token,
  type,
  onMessage: message !== undefined,
  direct: kind === "direct",
});

function deedOf(interaction: Interaction, around: Around): Deed | undefined {
  const { type, data } = interaction;
  if (type === InteractionType.ApplicationCommand) return commandOf(interaction, around);
  if (type === InteractionType.MessageComponent) {
    const id = data?.values ? data.values[0] : data?.custom_id;
    return id ? { kind: "press", data: carried(id) } : undefined;
  }
  if (type !== InteractionType.ModalSubmit || !data?.custom_id) return undefined;
  const answers = filledIn(data)
    .flatMap(answerOf)
    .map(([field, words]) => [field, writtenOut(words, usersIn(data))]);
  return { kind: "submit", data: data.custom_id, answers: Object.fromEntries(answers) };
}

const filledIn = (data: Interaction["data"]): readonly Filled[] =>
  (data?.components ?? []).flatMap(({ component, components = [] }) => component ?? components);

const usersIn = (data: Interaction["data"]) => Object.values(data?.resolved?.users ?? {});

function namedBy({ data }: Interaction) {
  const options = (data?.options ?? []).flatMap((given) => [given, ...(given.options ?? [])]);
  const answers = filledIn(data).map(({ value }) => value);
  return mentionsIn([...options.map(({ value }) => value), ...answers].join(" "), usersIn(data));
}

const answerOf = ({ custom_id, value, values }: Filled): [string, string][] =>
  custom_id ? [[custom_id, value ?? values?.[0] ?? ""]] : [];

function commandOf({ data }: Interaction, { commands }: Around): Deed | undefined {
  const found = entryOf(data, commands);
  if (found) {
    const users = usersIn(data);
    const given = found.options.flatMap(({ name, value: typed }) => {
      const value = typeof typed === "string" ? writtenOut(typed, users) : typed;
      const field = found.entry.fields.find((one) => optionName(one) === name);
      return field && value !== undefined ? [[field.name, value] as const] : [];
    });
    return { kind: "command", call: { action: found.entry.action, input: Object.fromEntries(given) } };
  }
  const entry = data?.type === ApplicationCommandType.Message ? commands.byLabel.get(data.name ?? "") : undefined;
  if (!entry) return undefined;
  const read = Message.safeParse(data?.resolved?.messages?.[data.target_id ?? ""]);
  const text = read.success ? saidIn(read.data) : "";
  const input = text ? { [entry.shortcut!.field]: text } : {};
  return { kind: "command", call: { action: entry.action, input }, shortcut: true };
}

function saidIn(message: Message): string {
  const forwards = message.message_snapshots.map((snapshot) => snapshot.message);
  return messageWords(message, forwards).trim() || shownWords(message);
}

const subcommand = 1;

function entryOf(data: Interaction["data"], { byPath }: Around["commands"]) {
  if (!data?.name || (data.type ?? ApplicationCommandType.ChatInput) !== ApplicationCommandType.ChatInput)
    return undefined;
  const { options = [] } = data;
  const sub = options.find(({ type }) => type === subcommand);
  const entry = byPath.get(sub ? `${data.name} ${sub.name}` : data.name);
  return entry && { entry, options: (sub ? (sub.options ?? []) : options) satisfies readonly CommandOption[] };
}

function typingIn(interaction: Interaction, account: Account, place: Place, { commands }: Around): readonly Heard[] {
  const found = entryOf(interaction.data, commands);
  const focused = found?.options.find((option) => option.focused);
  const field = focused && fieldOf(found!.entry, focused.name);
  if (!found || !field) return [];
  const typed = `${focused.value ?? ""}`;
  const typing = { account, place, action: found.entry.action, field: field.name, typed };
  return [{ kind: "typing", typing, token: tokenOf(interaction, place) }];
}

const fieldOf = ({ fields }: CommandEntry, name: string) => fields.find((field) => optionName(field) === name);

// Answers to interactions: one first answer within three seconds, follow-ups for a quarter of an hour.
import { checkedModal } from "./limits.ts";
import { must, refuse } from "./refusal.ts";
import type { Asked } from "./routes.ts";
import { type Body, flag, type Interaction, type Message, type State } from "./state.ts";
import { wireMessage } from "./wire.ts";
import { changed, removed, written } from "./writing.ts";

const deadline = 3_000;
const tokenLife = 15 * 60_000;

const kind = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

/** Which first answers a command (2), a press (3), typing (4) and a form (5) take. */
function fits({ type, source }: Interaction, answer: number): boolean {
  if (type === 4) return answer === kind.choices;
  if (answer === kind.message || answer === kind.deferred) return true;
  if (answer === kind.deferredUpdate || answer === kind.update)
    return type === 3 || (type === 5 && source !== undefined);
  return answer === kind.modal && type !== 5;
}

export function callback({ state, ids: [id, token], body, query }: Asked): unknown {
  const interaction = state.interactions.get(id!);
  if (!interaction || interaction.token !== token) return refuse(10062);
  if (interaction.answered !== undefined) return refuse(40060);
  if (state.now() - interaction.at > deadline) return refuse(10062);
  const type = Number(body.type);
  const data = (body.data ?? {}) as Body;
  must(fits(interaction, type), "type", `${type} is no answer to an interaction of type ${interaction.type}`);
  answer(state, interaction, type, data);
  interaction.answered = type;
  interaction.settled.resolve({ type, data });
  if (query.get("with_response") !== "true") return undefined;
  const { original } = interaction;
  const message = type === kind.message && original ? { message: wireMessage(original, state) } : {};
  return { interaction: { id, type: interaction.type }, resource: { type, ...message } };
}

function answer(state: State, interaction: Interaction, type: number, data: Body): void {
  if (type === kind.message) interaction.original = shown(state, interaction, data, false);
  if (type === kind.deferred) interaction.original = shown(state, interaction, data, true);
  if (type === kind.deferredUpdate || type === kind.update) interaction.original = interaction.source;
  if (type === kind.update) changed(state, interaction.source!, data);
  if (type === kind.choices) checkChoices(data);
  if (type !== kind.modal) return;
  checkedModal(data);
  state.modals.set(interaction.person.id, { data, from: interaction });
}

function checkChoices({ choices }: Body): void {
  const all = (choices ?? []) as { name: string; value: string }[];
  must(all.length <= 25, "choices", "must be 25 or fewer");
  for (const { name, value } of all)
    must(
      name.length >= 1 && name.length <= 100 && value.length >= 1 && value.length <= 100,
      "choice",
      "must be 1 to 100",
    );
}

function shown(state: State, { person, channel }: Interaction, body: Body, loading: boolean): Message {
  const only = Number(body.flags ?? 0) & flag.ephemeral ? person.id : undefined;
  return written(state, channel, body, { author: state.bot, only, loading });
}

function alive({ state, ids: [, token] }: Asked): Interaction {
  const found = [...state.interactions.values()].find((one) => one.token === token);
  if (!found) return refuse(50027);
  if (state.now() - found.at > tokenLife) return refuse(50027);
  return found.answered === undefined ? refuse(10015) : found;
}

/** What follows a message that says "thinking" is filled in there, and is seen by whom that was for. */
export function followUp(asked: Asked): unknown {
  const { state, body } = asked;
  const interaction = alive(asked);
  const { original } = interaction;
  if (original?.loading && interaction.channel.messages.has(original.id))
    return wireMessage(changed(state, original, body), state);
  const only = Number(body.flags ?? 0) & flag.ephemeral ? interaction.person.id : undefined;
  const message = written(state, interaction.channel, body, { author: state.bot, only, files: asked.files });
  return wireMessage(message, state);
}

export function followUpAt(asked: Asked): Message {
  const interaction = alive(asked);
  if (asked.ids[2] === "@original") return original(interaction);
  return interaction.channel.messages.get(asked.ids[2]!) ?? refuse(10008);
}

const original = ({ original: first, channel }: Interaction): Message =>
  first && channel.messages.has(first.id) ? first : refuse(10008);

export function removeFollowUp(asked: Asked): void {
  removed(asked.state, followUpAt(asked));
}

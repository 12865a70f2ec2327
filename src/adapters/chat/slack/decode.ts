// What Slack sends as what somebody did. Pure: what it needs to know of people and teams is looked up before.
import { conversationOf } from "../conversation.ts";
import { refAt } from "./address.ts";
import { callbackOf, commandLine } from "./command-names.ts";
import { decodeEvent } from "./decode-event.ts";
import { type Decoded, type Found, type Known, namedIn, placeAt, spelledOut } from "./decoded.ts";
import type { Command, Incoming, Press, Shortcut, Submission } from "./incoming.ts";
import { Origin } from "./modal.ts";

export function decode({ kind, body }: Incoming, known: Known): Decoded | undefined {
  const found =
    kind === "event"
      ? decodeEvent(body, known)
      : kind === "command"
        ? fromCommand(body, known)
        : kind === "press"
          ? fromPress(body, known)
          : kind === "submission"
            ? fromSubmission(body, known)
            : fromShortcut(body, known);
  const once = kind === "event" ? undefined : true;
  return found && { conversation: conversationOf(found.place), once, means: {}, ...found };
}

function fromCommand(body: Command, known: Known): Found {
  const words = spelledOut(body.text, known).trim();
  return {
    id: body.trigger_id,
    place: placeAt(body.channel_id, known, { title: body.channel_name }),
    account: known.person(body.user_id),
    deed: { kind: "text", text: commandLine(body.command, words), addressed: true },
    named: namedIn(body.text, known),
    means: { trigger: body.trigger_id, respond: body.response_url },
  };
}

/** A link's button says so too, but carries nothing. */
function fromPress(body: Press, known: Known): Found | undefined {
  const [action] = body.actions;
  const data = action?.selected_option?.value ?? action?.value;
  if (!action || data === undefined) return undefined;
  const { container, channel, message } = body;
  const ts = container.message_ts ?? message?.ts;
  const thread = container.thread_ts ?? message?.thread_ts;
  const inThread = thread !== undefined && thread !== ts ? thread : undefined;
  const where = channel?.id ?? known.direct;
  if (where === undefined) return undefined;
  const place = placeAt(where, known, { thread: inThread, title: channel?.name });
  return {
    id: `press.${body.trigger_id ?? action.action_ts}.${body.user.id}.${action.action_id}`,
    place,
    account: known.person(body.user.id),
    deed: { kind: "press", data },
    ...(ts && { source: refAt({ team: known.team.id, channel: where }, ts, inThread) }),
    means: {
      trigger: body.trigger_id,
      respond: body.response_url,
      ephemeral: container.is_ephemeral,
      ...(container.type === "view" && { home: true }),
    },
  };
}

function fromSubmission({ view, user, trigger_id: trigger }: Submission, known: Known): Found | undefined {
  const origin = originOf(view.private_metadata);
  const where = origin?.channel ?? known.direct;
  if (!origin || where === undefined) return undefined;
  const answers = Object.entries(view.state.values).map(([field, elements]) => {
    const [answer] = Object.values(elements);
    return [field, answer?.selected_option?.value ?? answer?.value ?? ""];
  });
  return {
    id: `submit.${view.id}.${view.hash ?? ""}`,
    place: placeAt(where, known, { thread: origin.thread, title: origin.title }),
    account: known.person(user.id),
    deed: { kind: "submit", data: origin.data, answers: Object.fromEntries(answers) },
    means: { trigger, respond: origin.respond, until: origin.until, ...(origin.home && { home: true }) },
  };
}

function originOf(metadata: string): Origin | undefined {
  try {
    return Origin.safeParse(JSON.parse(metadata)).data;
  } catch {
    return undefined;
  }
}

/** The message's text becomes the field that the shortcut names. */
function fromShortcut(body: Shortcut, known: Known): Found | undefined {
  const shortcut = callbackOf(body.callback_id);
  if (!shortcut) return undefined;
  const { action, field } = shortcut;
  const text = spelledOut(body.message.text ?? "", known);
  const { ts, thread_ts: thread } = body.message;
  return {
    id: `shortcut.${body.trigger_id}`,
    place: placeAt(body.channel.id, known, {
      thread: thread !== ts ? thread : undefined,
      title: body.channel.name,
    }),
    account: known.person(body.user.id),
    deed: { kind: "command", call: { action, input: { [field]: text } }, shortcut: true },
    means: { trigger: body.trigger_id, respond: body.response_url },
  };
}

// The part of what Slack sends that is read (docs.slack.dev/apis/events-api and /interactivity), checked before anything believes it.
import { z } from "zod";
import { compiled } from "../../../core/kernel/compiled.ts";
import { just, maybe } from "../../../core/plain-shapes.ts";

const File = z.object({
  name: just.string.nullish(),
  mimetype: just.string.nullish(),
  size: z.number().nullish(),
  url_private_download: maybe.string,
});

const MessageBody = z.object({
  user: maybe.string,
  bot_id: maybe.string,
  subtype: maybe.string,
  text: maybe.string,
  ts: maybe.string,
  thread_ts: maybe.string,
  edited: z.object({ ts: just.string }).optional(),
  files: z.array(File).optional(),
});
export type MessageBody = z.infer<typeof MessageBody>;

/** One shape for all kinds of events: each has a few of these. */
const Event = MessageBody.extend({
  type: just.string,
  channel: maybe.string,
  event_ts: maybe.string,
  message: MessageBody.optional(),
  previous_message: MessageBody.optional(),
  deleted_ts: maybe.string,
  item: z.object({ type: just.string, channel: maybe.string, ts: maybe.string }).optional(),
  reaction: maybe.string,
  inviter: maybe.string,
  tab: maybe.string,
  old_channel_id: maybe.string,
  new_channel_id: maybe.string,
  tokens: z.object({ bot: z.array(just.string).optional() }).optional(),
});
export type Event = z.infer<typeof Event>;

/** A message that is deleted although it has replies stays as one of Slack's own, which holds them. */
export const isBuried = ({ subtype, message }: Event): boolean =>
  subtype === "message_changed" && message?.subtype === "tombstone";

export const EventBody = z.object({
  type: z.literal("event_callback"),
  team_id: just.string,
  authorizations: z.array(z.object({ team_id: just.string.nullish() })).nullish(),
  event: Event,
});
export type EventBody = z.infer<typeof EventBody>;

export const Command = z.object({
  command: just.string,
  text: just.string.default(""),
  team_id: just.string,
  channel_id: just.string,
  channel_name: maybe.string,
  user_id: just.string,
  user_name: maybe.string,
  response_url: maybe.string,
  trigger_id: just.string,
});
export type Command = z.infer<typeof Command>;

const Person = z.object({ id: just.string, username: maybe.string, name: maybe.string });
const base = {
  team: z.object({ id: just.string, domain: maybe.string }),
  user: Person,
  trigger_id: maybe.string,
};
const Channel = z.object({ id: just.string, name: maybe.string });

export const Press = z.object({
  ...base,
  type: z.literal("block_actions"),
  channel: Channel.optional(),
  message: z.object({ ts: just.string, thread_ts: maybe.string }).optional(),
  container: z.object({
    type: just.string,
    message_ts: maybe.string,
    thread_ts: maybe.string,
    is_ephemeral: maybe.boolean,
  }),
  response_url: maybe.string,
  actions: z.array(
    z.object({
      type: just.string,
      action_id: just.string,
      action_ts: maybe.string,
      value: maybe.string,
      selected_option: z.object({ value: just.string }).nullish(),
    }),
  ),
});
export type Press = z.infer<typeof Press>;

const Answer = z.object({
  value: just.string.nullish(),
  selected_option: z.object({ value: just.string }).nullish(),
});
export const Submission = z.object({
  ...base,
  type: z.literal("view_submission"),
  view: z.object({
    id: just.string,
    hash: maybe.string,
    app_installed_team_id: just.string.nullish(),
    callback_id: maybe.string,
    private_metadata: just.string.default(""),
    state: z.object({ values: z.record(just.string, z.record(just.string, Answer)) }),
  }),
});
export type Submission = z.infer<typeof Submission>;

export const Shortcut = z.object({
  ...base,
  type: z.literal("message_action"),
  callback_id: just.string,
  channel: Channel,
  message: MessageBody,
  response_url: maybe.string,
});
export type Shortcut = z.infer<typeof Shortcut>;

/** Whatever comes in: three kinds of envelopes, told apart by what they have. */
export type Incoming =
  | { readonly kind: "event"; readonly body: EventBody }
  | { readonly kind: "command"; readonly body: Command }
  | { readonly kind: "press"; readonly body: Press }
  | { readonly kind: "submission"; readonly body: Submission }
  | { readonly kind: "shortcut"; readonly body: Shortcut };

const read = {
  command: compiled(Command),
  event: compiled(EventBody),
  press: compiled(Press),
  submission: compiled(Submission),
  shortcut: compiled(Shortcut),
};

/** Undefined for what is not asked for. @throws ZodError for what should be read and can't be. */
export function readIncoming(raw: unknown): Incoming | undefined {
  if (typeof raw !== "object" || raw === null) return undefined;
  if ("command" in raw) return { kind: "command", body: read.command.parse(raw) };
  const type = "type" in raw ? raw.type : undefined;
  if (type === "event_callback") return { kind: "event", body: read.event.parse(raw) };
  if (type === "block_actions") return { kind: "press", body: read.press.parse(raw) };
  if (type === "view_submission") return { kind: "submission", body: read.submission.parse(raw) };
  if (type === "message_action") return { kind: "shortcut", body: read.shortcut.parse(raw) };
  return undefined;
}

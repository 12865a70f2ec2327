// The part of what Slack sends that is read (docs.slack.dev/apis/events-api and /interactivity), checked before anything believes it.
import { z } from "zod";
import { compiled } from "../../../core/kernel/compiled.ts";

const File = z.object({
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private_download: z.string().optional(),
});

const MessageBody = z.object({
  user: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().optional(),
  ts: z.string().optional(),
  thread_ts: z.string().optional(),
  edited: z.object({ ts: z.string() }).optional(),
  files: z.array(File).optional(),
});
export type MessageBody = z.infer<typeof MessageBody>;

/** One shape for all kinds of events: each has a few of these. */
const Event = MessageBody.extend({
  type: z.string(),
  channel: z.string().optional(),
  event_ts: z.string().optional(),
  message: MessageBody.optional(),
  previous_message: MessageBody.optional(),
  deleted_ts: z.string().optional(),
  item: z.object({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() }).optional(),
  reaction: z.string().optional(),
  inviter: z.string().optional(),
  tab: z.string().optional(),
  old_channel_id: z.string().optional(),
  new_channel_id: z.string().optional(),
  tokens: z.object({ bot: z.array(z.string()).optional() }).optional(),
});
export type Event = z.infer<typeof Event>;

/** A message that is deleted although it has replies stays as one of Slack's own, which holds them. */
export const isBuried = ({ subtype, message }: Event): boolean =>
  subtype === "message_changed" && message?.subtype === "tombstone";

export const EventBody = z.object({
  type: z.literal("event_callback"),
  team_id: z.string(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).nullish(),
  event: Event,
});
export type EventBody = z.infer<typeof EventBody>;

export const Command = z.object({
  command: z.string(),
  text: z.string().default(""),
  team_id: z.string(),
  channel_id: z.string(),
  channel_name: z.string().optional(),
  user_id: z.string(),
  user_name: z.string().optional(),
  response_url: z.string().optional(),
  trigger_id: z.string(),
});
export type Command = z.infer<typeof Command>;

const Person = z.object({ id: z.string(), username: z.string().optional(), name: z.string().optional() });
const base = {
  team: z.object({ id: z.string(), domain: z.string().optional() }),
  user: Person,
  trigger_id: z.string().optional(),
};
const Channel = z.object({ id: z.string(), name: z.string().optional() });

export const Press = z.object({
  ...base,
  type: z.literal("block_actions"),
  channel: Channel.optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  container: z.object({
    type: z.string(),
    message_ts: z.string().optional(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  response_url: z.string().optional(),
  actions: z.array(
    z.object({
      type: z.string(),
      action_id: z.string(),
      action_ts: z.string().optional(),
      value: z.string().optional(),
      selected_option: z.object({ value: z.string() }).nullish(),
    }),
  ),
});
export type Press = z.infer<typeof Press>;

const Answer = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});
export const Submission = z.object({
  ...base,
  type: z.literal("view_submission"),
  view: z.object({
    id: z.string(),
    hash: z.string().optional(),
    app_installed_team_id: z.string().nullish(),
    callback_id: z.string().optional(),
    private_metadata: z.string().default(""),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), Answer)) }),
  }),
});
export type Submission = z.infer<typeof Submission>;

export const Shortcut = z.object({
  ...base,
  type: z.literal("message_action"),
  callback_id: z.string(),
  channel: Channel,
  message: MessageBody,
  response_url: z.string().optional(),
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

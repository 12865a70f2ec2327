// From Slack's payloads to the inbox: checked, acknowledged, looked up, decoded, and handed over in their order.
import { passes } from "../../../core/errors.ts";
import type { Inbox, Reply, Update } from "../../../core/ports/platform.ts";
import { underWay } from "../under-way.ts";
import { within } from "../within.ts";
import { isDirect } from "./address.ts";
import { lookUp } from "./api.ts";
import { decode } from "./decode.ts";
import type { Decoded, Known } from "./decoded.ts";
import { homeOf, openingHome } from "./home.ts";
import { inOrder } from "./in-order.ts";
import { type Incoming, isBuried, readIncoming } from "./incoming.ts";
import type { People, Person } from "./people.ts";
import { peopleNamedIn } from "./plain-text.ts";
import { type ReplyParts, replyTo } from "./reply.ts";
import type { Tokens } from "./tokens.ts";
import { answerUnhandled, type UnhandledParts } from "./unhandled.ts";

export interface Receiver {
  /** Resolves as soon as Slack can be answered, with what to answer: when it is done or kept, or the handling takes long. */
  take(raw: unknown): Promise<{ readonly answer?: object }>;
  /** Hands over what was heard by other ways. */
  tell(update: Decoded): Promise<void>;
  /** Resolves when nothing is under way, at the latest after so many ms. */
  idle(withinMs: number): Promise<void>;
}

export interface ReceiveParts extends ReplyParts, UnhandledParts {
  readonly people: People;
  readonly tokens: Tokens;
  /** PeerSpark was thrown out of the workspace. */
  uninstalled(team: string): Promise<void>;
}

/** ms that a form which was sent off stays open while its answers are handled, to be shown again with what is wrong. */
const formWaits = 2_000;
/** ms that an acknowledgement waits for the handling: Slack gives it three seconds. */
const longestWait = 2_000;

interface Answering {
  /** Shows a view in place of the form that was just sent off; false when it is too late. */
  readonly instead?: (view: object) => boolean;
  /** The first answer is on its way: what was asked for is done, or kept. */
  readonly begun?: () => void;
}

export function receiver(parts: ReceiveParts, inbox: Inbox): Receiver {
  const { clock, log } = parts;
  const { track, idle } = underWay(clock);
  const queued = inOrder();

  const hand = async (decoded: Decoded, at: number, { instead, begun }: Answering = {}): Promise<void> => {
    const { means, account, deed } = decoded;
    const home = means.home && account ? homeOf(parts.client, account) : undefined;
    const reply = replyTo(parts, decoded, at, { instead, home });
    await inbox.receive(updateOf(decoded, begun ? sayingWhen(begun, reply) : reply));
    if (!home?.isAnswered() || deed === openingHome) return;
    const opening = { ...decoded, id: `${decoded.id}.home`, deed: openingHome };
    await inbox.receive(updateOf(opening, replyTo(parts, opening, at, { home })));
  };

  async function handle(incoming: Incoming, at: number, answering?: Answering): Promise<void> {
    try {
      const ready = prepare(parts, incoming);
      await queued(lineOf(incoming), ready, (decoded) => (decoded ? hand(decoded, at, answering) : Promise.resolve()));
      if (isUninstall(incoming) && (await ready)) await parts.uninstalled(incoming.body.team_id);
    } catch (error) {
      log.error({ kind: incoming.kind }, "an update could not be handled", error);
      await answerUnhandled(parts, incoming, error);
    }
  }

  /** Slack shows the form until it is answered: at once when the handling is over, with another form, or after a while. */
  function answerForm(incoming: Incoming, at: number): Promise<{ answer?: object }> {
    const answered = Promise.withResolvers<{ answer?: object }>();
    let open = true;
    const end = (answer?: object) => {
      if (!open) return false;
      open = false;
      cancel();
      answered.resolve(answer === undefined ? {} : { answer });
      return true;
    };
    const cancel = clock.after(formWaits, () => void end());
    void track(
      handle(incoming, at, { instead: (view) => end({ response_action: "update", view }) }).finally(() => end()),
    );
    return answered.promise;
  }

  /** Cut off before, by a crash, an event comes again, and Slack says of all else that it failed: of what is not done. */
  async function answerWhenDone(incoming: Incoming, at: number): Promise<object> {
    const begun = Promise.withResolvers<void>();
    const comesAgain = incoming.kind === "event";
    const handling = handle(incoming, at, comesAgain ? {} : { begun: begun.resolve });
    void track(handling);
    await within(clock, longestWait, comesAgain ? handling : Promise.race([handling, begun.promise]));
    return {};
  }

  return {
    async take(raw) {
      const at = clock.now();
      const incoming = readSafely(raw, parts);
      if (!incoming) return {};
      if (incoming.kind === "submission") return answerForm(incoming, at);
      return answerWhenDone(incoming, at);
    },
    async tell(update) {
      const handling = hand(update, clock.now());
      void track(handling.catch((error) => log.error({}, "an update could not be handled", error)));
      await handling;
    },
    idle,
  };
}

const updateOf = ({ id, once, conversation, account, place, deed, named }: Decoded, reply: Reply): Update => ({
  id,
  once,
  conversation,
  account,
  place,
  deed,
  named,
  reply,
});

function sayingWhen(begun: () => void, reply: Reply): Reply {
  const first =
    <Given extends unknown[], Result>(write: (...given: Given) => Result) =>
    (...given: Given): Result => {
      begun();
      return write(...given);
    };
  return { ...reply, show: first(reply.show), replace: first(reply.replace), notice: first(reply.notice) };
}

function readSafely(raw: unknown, { log }: ReceiveParts): Incoming | undefined {
  try {
    return readIncoming(raw);
  } catch (error) {
    log.warn({}, "an update that could not be read was dropped", error);
    return undefined;
  }
}

type Uninstall = Extract<Incoming, { kind: "event" }>;
const isUninstall = (incoming: Incoming): incoming is Uninstall =>
  incoming.kind === "event" &&
  (incoming.body.event.type === "app_uninstalled" ||
    (incoming.body.event.type === "tokens_revoked" && Boolean(incoming.body.event.tokens?.bot?.length)));

/** Which workspace's PeerSpark it is for: where a channel is shared, an event is said to be of its owner's, a form of its reader's. */
function teamOf({ kind, body }: Incoming): string {
  if (kind === "event") return body.authorizations?.[0]?.team_id ?? body.team_id;
  if (kind === "command") return body.team_id;
  return (kind === "submission" && body.view.app_installed_team_id) || body.team.id;
}

/** What must be handled in the order it came. */
function lineOf(incoming: Incoming): string {
  if (incoming.kind === "event") return incoming.body.event.channel ?? incoming.body.team_id;
  if (incoming.kind === "command") return incoming.body.channel_id;
  if (incoming.kind === "submission") return incoming.body.user.id;
  return incoming.body.channel?.id ?? incoming.body.user.id;
}

/** Looks up what decoding needs to know. Bots are nobody: theirs is nothing. */
async function prepare(parts: ReceiveParts, incoming: Incoming): Promise<Decoded | undefined> {
  if (isUninstall(incoming) && (await isInstalled(parts, incoming.body.team_id))) return undefined;
  const team = await teamKnown(parts, incoming);
  const doer = doerOf(incoming);
  const [direct, people] = await Promise.all([directOf(parts, incoming), peopleIn(parts, team.id, incoming)]);
  if (doer && doer !== team.botUser && people.get(doer)?.bot) return undefined;
  const known: Known = {
    team,
    person: (id) => people.get(id)?.account,
    isBot: (id) => id === team.botUser || people.get(id)?.bot === true,
    avatar: (id) => people.get(id)?.avatar,
    direct,
  };
  return decode(incoming, known);
}

/** What comes late or again tells of an installation that another has followed. Where Slack does not answer, it counts as there. */
async function isInstalled({ api, tokens }: ReceiveParts, team: string): Promise<boolean> {
  try {
    await api.call(await tokens.of(team), "auth.test", {}, lookUp);
    return true;
  } catch (error) {
    return passes(error) && error.detail.reason !== "gone";
  }
}

/** After an uninstallation the team is known by its id alone. */
async function teamKnown({ tokens }: ReceiveParts, incoming: Incoming): Promise<Known["team"]> {
  const id = teamOf(incoming);
  return tokens.team(id).catch((error) => {
    if (!isUninstall(incoming)) throw error;
    return { id, name: id, botUser: "" };
  });
}

function doerOf({ kind, body }: Incoming): string | undefined {
  if (kind === "command") return body.user_id;
  if (kind !== "event") return body.user.id;
  const { event } = body;
  if (isBuried(event)) return event.previous_message?.user;
  return event.type === "member_joined_channel"
    ? event.inviter
    : (event.message?.user ?? event.user ?? event.previous_message?.user);
}

async function peopleIn({ people }: ReceiveParts, team: string, incoming: Incoming): Promise<Map<string, Person>> {
  const named = textsOf(incoming).flatMap(peopleNamedIn).slice(0, 30);
  const doer = doerOf(incoming);
  const ids = [...new Set([...(doer ? [doer] : []), ...named])];
  const called = (id: string) => (id === doer ? nameOf(incoming) : undefined);
  return new Map(await Promise.all(ids.map(async (id) => [id, await people.of(team, id, called(id))] as const)));
}

function textsOf({ kind, body }: Incoming): string[] {
  if (kind === "command") return [body.text];
  if (kind === "shortcut") return [body.message.text ?? ""];
  if (kind !== "event") return [];
  return [body.event.text ?? "", body.event.message?.text ?? ""];
}

function nameOf({ kind, body }: Incoming): string | undefined {
  if (kind === "command") return body.user_name;
  return kind === "event" ? undefined : (body.user.name ?? body.user.username);
}

/** Only where the payload leaves open whose direct messages it came from. */
async function directOf({ messages }: ReceiveParts, incoming: Incoming): Promise<string | undefined> {
  if (incoming.kind === "event") return undefined;
  const where =
    incoming.kind === "command"
      ? incoming.body.channel_id
      : "channel" in incoming.body
        ? incoming.body.channel?.id
        : undefined;
  if (where !== undefined && !isDirect(where)) return undefined;
  const account = { workspace: teamOf(incoming), userId: doerOf(incoming)! };
  return messages.direct(account, lookUp).then(
    ({ channel }) => channel.split(":")[1],
    () => undefined,
  );
}

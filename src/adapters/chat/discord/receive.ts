// From the gateway to the inbox: placed, decoded, handed over, and its interaction closed.

import { InteractionResponseType } from "discord-api-types/v10";
import { ZodError } from "zod";
import { isGone, reasonOf } from "../../../core/errors.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Inbox } from "../../../core/ports/platform.ts";
import { cutTo, plain } from "../../../core/text.ts";
import type { UnderWay } from "../under-way.ts";
import { within } from "../within.ts";
import type { Administrators } from "./administrators.ts";
import { catchUp } from "./catch-up.ts";
import type { CommandTable } from "./command-table.ts";
import { decode } from "./decode.ts";
import type { Around, Decoded, Dispatch, Heard } from "./decoded.ts";
import type { Directory } from "./directory.ts";
import { firstResponse } from "./first-response.ts";
import { Ready } from "./incoming.ts";
import { answering, type ReplyParts } from "./reply.ts";
import { discordTexts } from "./texts.ts";

export interface ReceiverParts extends ReplyParts {
  readonly log: Log;
  readonly places: Directory;
  readonly admins: Administrators;
  readonly inbox: Inbox;
  readonly self: string;
  readonly commands: CommandTable;
  readonly content: boolean;
  readonly underWay: UnderWay;
}

export interface Receiver {
  receive(shard: number, event: Omit<Dispatch, "session">): void;
}

/** ms: what is suggested later than this comes too late to be shown. */
const suggestWithin = 2_300;
/** ms: a guild joined since then may have been so while nobody heard. */
const recently = 60 * 60_000;
const most = { suggestions: 25, length: 100 } as const;

export function receiver(parts: ReceiverParts): Receiver {
  const { log, places, inbox } = parts;
  const sessions = new Map<number, string>();
  const guilds = new Set<string>();
  const isRecent = (joinedAt = "") => Math.abs(parts.clock.now() - Date.parse(joinedAt)) < recently;
  const wasIn: Around["wasIn"] = (guild, joinedAt) => guilds.has(guild) && !isRecent(joinedAt);
  const around = { ...parts, guildName: places.guildName, wasIn };

  async function handle(event: Dispatch, meant = (heard: Heard): readonly Heard[] => [heard]): Promise<void> {
    try {
      const first = decode(event, around);
      if (first.length === 0) return;
      const heard = await placed(event, first);
      await Promise.all(heard.flatMap(meant).map(handOver));
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      log.warn({ event: event.t, at: error.issues[0]?.path.join(".") }, "an event that could not be read was dropped");
    }
  }

  /** A message in a server says only its channel's id, which may be a thread's. */
  async function placed(event: Dispatch, first: readonly Heard[]): Promise<readonly Heard[]> {
    if (!event.t.startsWith("MESSAGE_") || !hasChannel(event.d) || event.d.guild_id === undefined) return first;
    try {
      const channel = await places.channel(event.d.channel_id);
      return decode(event, { ...around, channel } satisfies Around);
    } catch (error) {
      if (isGone(error)) return first;
      log.warn({ event: event.t, reason: reasonOf(error) }, "where something was said could not be found out");
      await Promise.all(first.map(sayNotNow));
      return [];
    }
  }

  /** Whoever called PeerSpark is told to try again: nothing is done in the wrong place. */
  async function sayNotNow(heard: Heard): Promise<void> {
    if (heard.kind === "typing" || heard.deed.kind !== "text" || !heard.deed.addressed) return;
    const reader = { language: "en", zone: "UTC", platform: "discord" } as const;
    const body = [{ paragraph: [plain(discordTexts.say("noAnswer")(reader), reader)] }];
    const { reply, finish } = answering(parts, heard);
    await reply.show({ reader, audience: "channel", body, fields: [], buttons: [] }).finally(finish);
  }

  async function handOver(heard: Heard): Promise<void> {
    if (heard.kind === "typing") return suggest(heard);
    if (heard.deed.kind === "deleted" && parts.messages.removed(heard.deed.message.message)) return;
    const { id, once, conversation, account, place, deed, named, permissions } = heard;
    const guild = place.space?.id;
    if (permissions && guild && account) parts.admins.note(account, guild, permissions);
    const { reply, finish } = answering(parts, heard satisfies Decoded);
    try {
      await inbox.receive({ id, once, conversation, account, place, deed, named, reply });
    } finally {
      await finish();
    }
  }

  async function suggest({ typing, token }: Extract<Heard, { kind: "typing" }>): Promise<void> {
    let found: Awaited<ReturnType<Inbox["suggest"]>> = [];
    const asking = inbox.suggest(typing).then((some) => {
      found = some;
    });
    await within(parts.clock, suggestWithin, asking);
    const choices = found.slice(0, most.suggestions).map(({ value, label }) => ({
      name: cutTo(label.trim() || value, most.length),
      value: value.slice(0, most.length),
    }));
    await firstResponse(parts.api, token)(InteractionResponseType.ApplicationCommandAutocompleteResult, { choices });
  }

  /** What is to be remembered of events, whether or not anybody did something. */
  function remember(shard: number, { t, d }: Omit<Dispatch, "session">): void {
    if (t === "READY") {
      const ready = Ready.parse(d);
      sessions.set(shard, ready.session_id);
      for (const { id } of ready.guilds) guilds.add(id);
    }
    if (!isNamed(d)) return;
    if (t === "GUILD_CREATE" || t === "GUILD_UPDATE") places.nameGuild(d.id, d.name);
    if (/^(CHANNEL|THREAD)_(UPDATE|DELETE)$/.test(t)) places.forget(d.id);
  }

  function afterwards({ t, d, session }: Dispatch): void {
    if (t === "READY" && parts.content) {
      const ids = Ready.parse(d).guilds.map(({ id }) => id);
      const hear = (message: object) => handle({ t: "MESSAGE_CREATE", s: 0, session, d: message }, amongPeople);
      const work = catchUp(parts, ids, hear).catch((error) =>
        log.error({}, "what was written meanwhile is lost", error),
      );
      void parts.underWay.track(work);
    }
    if (!isNamed(d)) return;
    if (t === "GUILD_CREATE") guilds.add(d.id);
    if (t !== "GUILD_DELETE" || d.unavailable) return;
    guilds.delete(d.id);
    places.nameGuild(d.id, undefined);
  }

  return {
    receive(shard, event) {
      remember(shard, event);
      const whole = { ...event, session: sessions.get(shard) ?? "" };
      const work = handle(whole).catch((error) =>
        log.error({ event: event.t }, "an event could not be handled", error),
      );
      afterwards(whole);
      void parts.underWay.track(work);
    },
  };
}

/** Of what was written while nobody heard: whoever called PeerSpark then waits for no answer now. */
const amongPeople = (heard: Heard): readonly Heard[] =>
  heard.kind === "update" && heard.deed.kind === "text" && heard.deed.talk
    ? [{ ...heard, deed: { ...heard.deed, addressed: false } }]
    : [];

const hasChannel = (d: unknown): d is { channel_id: string; guild_id?: string } =>
  typeof d === "object" && d !== null && "channel_id" in d && typeof d.channel_id === "string";

const isNamed = (d: unknown): d is { id: string; name?: string; unavailable?: boolean } =>
  typeof d === "object" && d !== null && "id" in d && typeof d.id === "string";

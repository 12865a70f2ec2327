// From Telegram's JSON to the inbox: checked, decoded, handed over, and its button press answered.
import { compiled } from "../../../core/kernel/compiled.ts";
import type { Inbox } from "../../../core/ports/platform.ts";
import { underWay } from "../under-way.ts";
import { decodeAll, movedId, movedTo, type Self } from "./decode.ts";
import { Incoming } from "./incoming.ts";
import { pressAnswer, type ReplyParts, replyTo } from "./reply.ts";

export interface Receiver {
  /** Resolves when the update is handled; never rejects. What is malformed is logged and dropped. */
  receive(update: unknown): Promise<void>;
  /** A refused send told of a move before its service message did. */
  moved(from: string, to: string): Promise<void>;
  /** Resolves when nothing is under way, at the latest after so many ms. */
  idle(withinMs: number): Promise<void>;
}

const updates = compiled(Incoming);

export function receiver(parts: ReplyParts, inbox: Inbox, self: () => Promise<Self>): Receiver {
  const { track, idle } = underWay(parts.clock);

  async function handle(raw: unknown): Promise<void> {
    const read = updates.safeParse(raw);
    if (!read.success) {
      const at = read.error.issues[0]?.path.join(".");
      return parts.log.warn({ update: idOf(raw), at }, "an update that could not be read was dropped");
    }
    const update = read.data;
    const query = update.callback_query?.id;
    const press = query === undefined ? undefined : pressAnswer(parts, query);
    try {
      for (const decoded of decodeAll(update, await self())) {
        const { id, conversation, account, place, deed, named } = decoded;
        await inbox.receive({ id, conversation, account, place, deed, named, reply: replyTo(parts, decoded, press) });
      }
    } catch (error) {
      parts.log.error({ update: update.update_id }, "an update could not be handled", error);
    } finally {
      if (press) void track(press.finish());
    }
  }

  return {
    receive: (raw) => track(handle(raw)),
    moved: (from, to) => track(handOverMove(parts, inbox, from, to)),
    idle,
  };
}

async function handOverMove(parts: ReplyParts, inbox: Inbox, from: string, to: string): Promise<void> {
  const place = { platform: "telegram", channel: from, kind: "channel", space: { id: from, title: from } } as const;
  const update = { id: movedId(from, to), conversation: from, place, deed: movedTo(to) } as const;
  const decoded = { ...update };
  await inbox.receive({ ...update, reply: replyTo(parts, decoded, undefined) });
}

const idOf = (raw: unknown): number | undefined => {
  const id = typeof raw === "object" && raw !== null && "update_id" in raw ? raw.update_id : undefined;
  return typeof id === "number" ? id : undefined;
};

// The one gate of every inbound update: each once, also after a restart, and in order within its conversation.
import { inboundId, inboundUpdates } from "../../core/conversations/read.ts";
import { AppError, isConflict, isStoreAway } from "../../core/errors.ts";
import { insert } from "../../core/kernel/change.ts";
import type { Context } from "../../core/kernel/house.ts";
import { bound } from "../../core/kernel/outbox.ts";
import type { Update } from "../../core/ports/platform.ts";
import { type Change, mostChanges, type Store } from "../../core/ports/store.ts";
import { bounded } from "./bounded.ts";
import { chatTexts } from "./texts.ts";

type Needs = Pick<Context, "store" | "clock" | "secrets" | "inTurn" | "log">;

/** Thrown out of a commit when another process has handled the same update meanwhile. */
export class AlreadyHandled extends Error {}

/** What handling one update is handed. */
export interface Passage {
  /** Commits the update's id together with its first change, so that a redelivery after a crash can't change anything twice. */
  readonly store: Store;
  /** Whether anything was committed by `store`. */
  changed(): boolean;
  /** Has these ride with the next commit, or, when there is none, follow at the end; in place of what rode before. */
  ride(changes: readonly Change[]): void;
}

/** "reading": only what needs nothing but what is at hand, since the store can't be asked. */
export type Beginning = "now" | "reading";

export interface Gate {
  /** Runs `handle` for an update that was not handled "before". */
  through(
    update: Update,
    handle: (passage: Passage) => Promise<void>,
    beginning?: Beginning,
  ): Promise<"handled" | "before">;
  /** Resolves when every update that is over has been noted. */
  noted(): Promise<void>;
}

/** How many are recognised that come once only. */
const mostRecent = 2_000;

export function gate(ctx: Needs): Gate {
  const notes = noteBook(ctx);
  const recent = bounded<string, true>(mostRecent);
  const store = bound(ctx.store);
  return {
    noted: notes.written,
    through(update, handle, beginning = "now") {
      const id = inboundId(update.place.platform, update.id, ctx.secrets.sign);
      return ctx.inTurn(conversationKey(update), async () => {
        const look = beginning === "reading" ? "nobody knows" : update.once ? lookAround(id) : await lookFor(id);
        if (look === "before") return look;
        const note = insert(inboundUpdates, { id, at: ctx.clock.now() });
        const first = withFirstCommit(look === "nobody knows" ? readingOnly(store) : store, note);
        try {
          await handle(first);
          await first.end();
          if (!first.changed() && !update.once) notes.add(id, note);
          return "handled";
        } catch (error) {
          recent.delete(id);
          if (!(error instanceof AlreadyHandled)) throw error;
          return "before";
        }
      });
    },
  };

  /** Should another process have it too, the note in the first commit keeps it from being done twice. */
  function lookAround(id: string): "before" | "new" {
    if (recent.get(id)) return "before";
    recent.set(id, true);
    return "new";
  }

  async function lookFor(id: string): Promise<"before" | "new" | "nobody knows"> {
    try {
      return notes.has(id) || (await store.get(inboundUpdates, id)) ? "before" : "new";
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      return "nobody knows";
    }
  }
}

/** What is handled in its order: one conversation. */
export const conversationKey = ({ place, conversation }: Pick<Update, "place" | "conversation">): string =>
  `conversation:${place.platform}:${conversation}`;

const storeAway = () => new AppError("unavailable", chatTexts.say("storeAway"), { detail: { reason: "store" } });

/** Without the gate's own look nothing may be changed: it might be for the second time. */
const readingOnly = (store: Store): Store => ({
  ...store,
  commit: async () => {
    throw storeAway();
  },
});

/** @param store its methods are plain functions. */
function withFirstCommit(store: Store, note: Change): Passage & { end(): Promise<void> | undefined } {
  let done = false;
  let riding: readonly Change[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const withNote = async (changes: readonly Change[]): Promise<void> => {
    if (done && riding.length === 0) return store.commit(changes);
    try {
      const along = riding;
      await store.commit([...changes, ...along, ...(done ? [] : [note])]);
      if (riding === along) riding = [];
      done = true;
    } catch (error) {
      if (isConflict(error) && error.detail.collection === inboundUpdates.name) throw new AlreadyHandled();
      throw error;
    }
  };
  /** Commits made side by side take turns until one of them carries the note. */
  const commit: Store["commit"] = (changes) => {
    if (done && riding.length === 0) return store.commit(changes);
    const mine = turn.then(() => withNote(changes));
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    store: { ...store, commit },
    changed: () => done,
    ride(changes) {
      riding = changes;
    },
    end: () => (riding.length ? commit([]) : undefined),
  };
}

/** How long (ms) the note of an update that changed nothing may wait for others, to share their commit, and for how many. */
const noteWithin = 20;
const mostNotes = 16;

/**
 * Updates that changed nothing are noted together, a moment later: a crash in between has such an update answered again,
 * which does no harm.
 */
function noteBook({ store, clock, log }: Pick<Needs, "store" | "clock" | "log">) {
  const waiting = new Map<string, Change>();
  let cancel: (() => void) | undefined;
  let writing: Promise<void> | undefined;

  /** One commit at a time: what comes meanwhile waits for the next. */
  function write(): Promise<void> {
    cancel?.();
    cancel = undefined;
    writing ??= writeSome().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  async function writeSome(): Promise<void> {
    const some = [...waiting.entries().take(mostChanges)];
    const notes = some.map(([, note]) => note);
    await commitNotes(store, notes).catch((error) => {
      if (!isStoreAway(error)) log.warn({}, "updates could not be noted", error);
    });
    for (const [id] of some) waiting.delete(id);
  }

  return {
    has: (id: string) => waiting.has(id),
    add(id: string, note: Change) {
      waiting.set(id, note);
      if (waiting.size >= mostNotes && !writing) void write();
      else cancel ??= clock.after(noteWithin, () => void write());
    },
    async written() {
      while (waiting.size > 0) await write();
    },
  };
}

/** Together; each alone when another process has noted one of them. */
async function commitNotes(store: Store, notes: readonly Change[]): Promise<void> {
  try {
    await store.commit(notes);
  } catch (error) {
    if (!isConflict(error)) throw error;
    for (const note of notes)
      await store.commit([note]).catch((clash) => {
        if (!isConflict(clash)) throw clash;
      });
  }
}

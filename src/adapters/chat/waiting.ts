// What waiting for the store takes: where updates are kept, who knows whether it answers, and how one is handled after all.
import type { Context } from "../../core/kernel/house.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Reply, Update } from "../../core/ports/platform.ts";
import type { Secrets } from "../../core/ports/secrets.ts";
import type { KeptUpdate, Spool } from "../../core/ports/spool.ts";
import type { StoreWatch } from "../../core/ports/store-watch.ts";
import type { Beginning } from "./gate.ts";

/** What a store over a network needs besides: where updates wait for it, and who knows whether it answers. */
export interface Waits {
  readonly spool: Spool;
  readonly watch: StoreWatch;
}

/** @param asked when the update came (epoch ms), where it had to wait. @throws AppError (`isStoreAway`) and nothing else. */
export type Attempt = (update: Update, beginning?: Beginning, asked?: number) => Promise<"handled" | "before">;

export type Word = "kept" | "notKept" | "doneSince";

export interface WaitingParts extends Waits {
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly inTurn: Context["inTurn"];
  readonly attempt: Attempt;
  /** To whoever meant PeerSpark, about what came at `at`. Never rejects. */
  tell(update: Update, word: Word, at: number): Promise<void>;
  /** For what is left of an update in a later process; undefined where its platform is off. */
  reply(update: KeptUpdate["update"]): Reply | undefined;
}

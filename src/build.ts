// Puts the house together: the only file that sees every room.
import { commandEntries } from "./adapters/chat/commands.ts";
import { inboxOf } from "./adapters/chat/inbox.ts";
import { messengerOf } from "./adapters/chat/messenger.ts";
import { type Receiving, receivers, receiving } from "./adapters/chat/receiver.ts";
import { slackInstallations } from "./adapters/chat/slack/installations.ts";
import { slackSends } from "./adapters/chat/slack/once.ts";
import { terminalMessages } from "./adapters/chat/terminal/mailbox.ts";
import { leases } from "./adapters/migration/lease.ts";
import { marks } from "./adapters/migration/mark.ts";
import type { watched as Watched } from "./adapters/store/watched.ts";
import { features } from "./core/features.ts";
import { houseOf } from "./core/kernel/feature.ts";
import type { Context } from "./core/kernel/house.ts";
import { withOutbox } from "./core/kernel/outbox.ts";
import { inTurns } from "./core/kernel/serial.ts";
import type { Clock } from "./core/ports/clock.ts";
import type { Files } from "./core/ports/files.ts";
import type { Log } from "./core/ports/log.ts";
import type { Mailer } from "./core/ports/mailer.ts";
import type { CommandEntry, Inbox, Platform } from "./core/ports/platform.ts";
import type { Pusher } from "./core/ports/pusher.ts";
import type { Queue } from "./core/ports/queue.ts";
import type { Secrets } from "./core/ports/secrets.ts";
import type { Spool } from "./core/ports/spool.ts";
import type { AnyCollection, Store } from "./core/ports/store.ts";
import { embeddedQueue, jobCollections } from "./jobs/drivers/embedded.ts";
import { replay } from "./jobs/replay.ts";
import { registerRecurring, worker } from "./jobs/work.ts";

export const house = houseOf(features);

/** What moves with the data: the features' rows, the queue's and the platforms' own. */
export const movedCollections: readonly AnyCollection[] = [
  ...house.collections,
  ...jobCollections,
  terminalMessages,
  slackInstallations,
  slackSends,
];

/** What the store keeps; the last three are about its own processes. */
export const collections: readonly AnyCollection[] = [...movedCollections, receivers, leases, marks];

export interface Parts {
  readonly store: Store;
  readonly files: Files;
  /** Where jobs are kept outside the store. */
  readonly queue?: Queue & { close(): Promise<void> };
  /** Keeps what comes in while the store can't be reached; absent where the store is on this machine. */
  readonly spool?: Spool;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Without a slash at its end. */
  readonly publicUrl?: string;
  readonly mailer?: Mailer;
  readonly pusher?: Pusher;
  /** The platforms messages can be sent to; made from the store, since the terminal lives in it. */
  platforms(store: Store): readonly Platform[] | Promise<readonly Platform[]>;
}

export interface Service {
  readonly context: Omit<Context, "correlation">;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly inbox: Inbox;
  /** Updates that wait until the store answers. */
  kept(): Promise<number>;
  readonly receiving: Receiving;
  readonly commands: readonly CommandEntry[];
  /** Takes jobs until `stop`. */
  work(): Promise<void>;
  /** Gives a dead letter its turn again. @throws AppError `not_found`, or `conflict` when it waits already */
  replay(id: string): Promise<void>;
  /** Takes nothing new, lets what is under way end, `withinMs` at most, and closes the store and the files. */
  stop(withinMs: number): Promise<void>;
}

/** Loaded only where there is one. */
const overNetwork = async (...given: Parameters<typeof Watched>) =>
  (await import("./adapters/store/watched.ts")).watched(...given);

export async function build({ spool, files, publicUrl, platforms: open, ...parts }: Parts): Promise<Service> {
  const { clock, secrets, log } = parts;
  const { store: driver, watch } = spool ? await overNetwork(parts.store, { clock, log }) : { store: parts.store };
  const queue = parts.queue ?? embeddedQueue({ store: driver, clock, secrets, log });
  const store = withOutbox(driver, queue, house, (error) => log.warn({}, "facts wait for the sweep", error));
  const platforms = new Map((await open(store)).map((platform) => [platform.name, platform]));
  const messenger = messengerOf({ house, store, secrets, clock }, platforms);
  const { mailer, pusher } = parts;
  const context = {
    store,
    files,
    queue,
    clock,
    secrets,
    messenger,
    log,
    house,
    publicUrl,
    mailer,
    pusher,
    inTurn: inTurns(),
  };
  const inbox = inboxOf(context, platforms, spool && watch && { spool, watch });
  await inbox.open();
  const receivingHere = receiving({ store: driver, clock, log });
  return {
    context,
    platforms,
    inbox,
    kept: inbox.kept,
    receiving: receivingHere,
    commands: commandEntries(house),
    async work() {
      await registerRecurring(context);
      queue.start(worker(context));
    },
    replay: (id) => replay(context, id),
    async stop(withinMs) {
      // Jobs first: what they are sending needs the platforms' connections.
      const until = clock.now() + withinMs;
      await Promise.all([queue.stop(withinMs / 2), inbox.rest(withinMs / 2)]);
      await Promise.all([...platforms.values()].map((platform) => platform.stop(Math.max(0, until - clock.now()))));
      await inbox.noted();
      await receivingHere.release().catch((error) => log.warn({}, "others take over in half a minute", error));
      await parts.queue?.close();
      await Promise.all([mailer?.close(), pusher?.close()]);
      await files.close();
      watch?.stop();
      await driver.close();
      await spool?.close();
    },
  };
}

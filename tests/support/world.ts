// A whole house on the embedded drivers with a clock of its own, driven by what people type and press in terminals.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Terminal, terminal } from "../../src/adapters/chat/terminal/index.ts";
import { numbered } from "../../src/adapters/chat/terminal/screen.ts";
import { openDisk } from "../../src/adapters/files/disk.ts";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { build, collections, type Service } from "../../src/build.ts";
import type { Clock } from "../../src/core/ports/clock.ts";
import type { Log } from "../../src/core/ports/log.ts";
import type { Platform } from "../../src/core/ports/platform.ts";
import type { Secrets } from "../../src/core/ports/secrets.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { noApology } from "./apology.ts";
import { type TestClock, testClock } from "./clock.ts";
import { seededSecrets } from "./secrets.ts";

export interface Person {
  readonly name: string;
  /** Says a line and answers what the screen then shows (also kept for `sees`). @throws Error for an unexpected failure. */
  says(line: string): Promise<string>;
  /** Presses the newest button with this label. @throws Error when no button is called so. */
  presses(label: string): Promise<string>;
  /** Labels of the buttons on the screen, oldest first. */
  buttons(): readonly string[];
  /** Everything that came since the last `sees`, what arrived by itself included. */
  sees(): Promise<string>;
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

export interface World {
  readonly clock: TestClock;
  readonly service: Service;
  readonly store: Store;
  readonly secrets: Secrets;
  /** What was logged as a warning or an error. */
  readonly troubles: LogLine[];
  /** Somebody at a terminal; the same name is the same person. `zone` is what their machine says. */
  terminal(name: string, options?: { zone?: string; language?: string }): Person;
  advance(time: { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number }): Promise<void>;
  advanceTo(instant: string): Promise<void>;
  /** Lets everything that is due be done. */
  settled(): Promise<void>;
  /** Stops the service as SIGTERM does and starts it anew on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** ISO 8601; 2026-03-02T09:00:00Z (a Monday) when absent. */
  readonly now?: string;
  readonly seed?: number;
  /** Platforms besides the terminal. */
  readonly platforms?: (needs: { clock: Clock; secrets: Secrets; log: Log; store: Store }) => readonly Platform[];
  /** A store that misbehaves, around the real one. */
  readonly around?: (store: Store) => Store;
  /** Where the internet reaches it; nowhere when absent. */
  readonly publicUrl?: string;
}

export async function world(options: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-world-"));
  const clock = testClock(options.now);
  const secrets = seededSecrets(clock, options.seed);
  const troubles: LogLine[] = [];
  const log = recordingLog(troubles);
  let running = await start();
  const people = new Map<string, Person>();

  async function start() {
    const store = await openSqlite({ path: join(folder, "peerspark.db"), collections });
    let seats: Terminal | undefined;
    const service = await build({
      store: options.around?.(store) ?? store,
      files: await openDisk(join(folder, "files")),
      publicUrl: options.publicUrl,
      clock,
      secrets,
      log,
      platforms: (of) => {
        seats = terminal({ store: of, clock, secrets });
        return [seats, ...(options.platforms?.({ clock, secrets, log, store: of }) ?? [])];
      },
    });
    for (const platform of service.platforms.values()) await platform.start(service.inbox, service.commands);
    await service.work();
    return { service, seats: seats! };
  }

  function sit(name: string, { zone = "UTC", language = "en" }: { zone?: string; language?: string } = {}): Person {
    let unseen: string[] = [];
    let labels: string[] = [];
    const screen = numbered((text) => unseen.push(stripVTControlCharacters(text)));
    const watching: typeof screen = {
      ...screen,
      answer(content) {
        const before = unseen.length;
        screen.answer(content);
        keepLabels(content, unseen.slice(before).join("\n"));
      },
      arrive(message) {
        const before = unseen.length;
        screen.arrive(message);
        keepLabels(message, unseen.slice(before).join("\n"));
      },
    };
    const keepLabels = (content: { buttons: readonly { label: string }[] }, shown: string) => {
      if (content.buttons.length && / {2}!1 /.test(shown)) labels = [];
      labels.push(...content.buttons.map((button) => button.label));
    };
    const hear = async (line: string) => {
      const from = unseen.length;
      const session = running.seats.attach({ name, screen: watching, zone, language }, running.service.inbox);
      await session.hear(line);
      const shown = unseen.slice(from).join("\n");
      noApology(shown, troubles);
      return shown;
    };
    return {
      name,
      says: hear,
      async presses(label) {
        const index = labels.lastIndexOf(label);
        if (index < 0) throw new Error(`no button “${label}” among ${labels.join(", ") || "none"}`);
        return hear(`!${index + 1}`);
      },
      buttons: () => labels,
      async sees() {
        await settled();
        await running.seats.attach({ name, screen: watching, zone, language }, running.service.inbox).look();
        const seen = unseen.join("\n");
        unseen = [];
        return seen;
      },
    };
  }

  /** Jobs beget jobs: lets the clock's due timers run until nothing moves. */
  async function settled(): Promise<void> {
    for (let round = 0; round < 4; round++) await clock.advance(0);
  }

  return {
    clock,
    secrets,
    troubles,
    get service() {
      return running.service;
    },
    get store() {
      return running.service.context.store;
    },
    terminal(name, seat) {
      const known = people.get(name);
      if (known) return known;
      const person = sit(name, seat);
      people.set(name, person);
      return person;
    },
    async advance({ days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }) {
      await clock.advance((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms);
      await settled();
    },
    async advanceTo(instant) {
      await clock.advanceTo(instant);
      await settled();
    },
    settled,
    async restart() {
      await running.service.stop(1000);
      running = await start();
    },
    async close() {
      await running.service.stop(1000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function recordingLog(into: LogLine[], carried: Readonly<Record<string, unknown>> = {}): Log {
  const line = (level: string) => (fields: object, message: string, error?: unknown) =>
    void into.push({ level, message, fields: { ...carried, ...fields }, error });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: line("warn"),
    error: line("error"),
    with: (fields) => recordingLog(into, { ...carried, ...fields }),
  };
}

// A whole house on a file, at its own HTTP port, that can be stopped or killed and started again on the same data.
import { mkdtemp, rm } from "node:fs/promises";
import type { RequestListener, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDisk } from "../../src/adapters/files/disk.ts";
import { embeddedSpool } from "../../src/adapters/spool/embedded.ts";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { build, collections, type Service } from "../../src/build.ts";
import { bound } from "../../src/core/kernel/outbox.ts";
import type { Log } from "../../src/core/ports/log.ts";
import type { Inbox, Platform } from "../../src/core/ports/platform.ts";
import type { Secrets } from "../../src/core/ports/secrets.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { httpApp } from "../../src/http/app.ts";
import { listen } from "../../src/http/listen.ts";
import type { LeapingClock } from "./leaping-clock.ts";
import { seededSecrets } from "./secrets.ts";

export interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

export interface HouseParts {
  readonly store: Store;
  readonly clock: LeapingClock;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly publicUrl: string;
}

export interface HouseOptions {
  readonly clock: LeapingClock;
  readonly platforms: (parts: HouseParts) => readonly Platform[];
  /** Shared with other houses, and theirs to take away; one of its own when absent. */
  readonly folder?: string;
  /** Of the ids it makes; houses on one folder need different ones. */
  readonly seed?: number;
  /** A store that misbehaves, around the real one. */
  readonly around?: (store: Store) => Store;
  /** A store over a network, in place of the file; what comes in while it is away is kept in the folder. */
  readonly remote?: () => Promise<Store>;
  /** Written to besides `lines`. */
  readonly log?: Log;
}

export interface RunningHouse {
  readonly service: Service;
  /** Updates that came in, and those of them that are not handled yet. */
  readonly heard: { readonly count: number; readonly underWay: number };
  readonly publicUrl: string;
  /** Everything that was logged. */
  readonly lines: readonly Line[];
  /** Stops as SIGTERM does, or leaves everything where it is as SIGKILL does, and starts another on the same data. */
  restart(how?: "stop" | "kill"): Promise<void>;
  /** Ends without another being started: the platforms stop, the store is closed. */
  close(): Promise<void>;
}

export async function runningHouse(options: HouseOptions): Promise<RunningHouse> {
  const { clock } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "peerspark-house-")));
  const { id, random } = seededSecrets(clock, options.seed);
  const secrets = { ...seededSecrets(clock), id, random };
  const lines: Line[] = [];
  const log = recording(lines, options.log);
  const front = await swinging();
  const closing: (() => Promise<void>)[] = [];
  let heard = { count: 0, underWay: 0 };
  let running = await start();

  async function start(): Promise<{ service: Service; die: () => Promise<void> }> {
    const whole = await (options.remote?.() ?? openSqlite({ path: join(folder, "peerspark.db"), collections }));
    const { store, die } = mortal(options.around?.(whole) ?? whole);
    const spool = options.remote && embeddedSpool({ path: join(folder, "waiting.db") });
    closing.push(() => whole.close());
    const { publicUrl } = front;
    const platforms = (of: Store) => options.platforms({ store: of, clock, secrets, log, publicUrl });
    const files = await openDisk(join(folder, "files"));
    const service = await build({ store, spool, files, publicUrl, clock, secrets, log, platforms });
    const webhooks = [...service.platforms.values()].flatMap((platform) => platform.webhooks);
    front.answer = httpApp({ webhooks, log, context: service.context, ready: async () => ({ ok: true, parts: {} }) });
    await service.work();
    heard = { count: heard.count, underWay: 0 };
    const inbox = counting(service.inbox, heard);
    for (const platform of service.platforms.values()) await platform.start(inbox, service.commands);
    const killed = async () => {
      die();
      await Promise.all([...service.platforms.values()].map((platform) => platform.stop(0)));
    };
    return { service, die: killed };
  }

  return {
    lines,
    publicUrl: front.publicUrl,
    get service() {
      return running.service;
    },
    get heard() {
      return heard;
    },
    async restart(how = "stop") {
      front.answer = closedDoor;
      if (how === "stop") await running.service.stop(1000);
      else {
        clock.silence();
        await running.die();
        front.cut();
      }
      running = await start();
    },
    async close() {
      await running.service.stop(1000);
      await front.close();
      clock.silence();
      for (const close of closing) await close();
      if (!options.folder) await rm(folder, { recursive: true, force: true });
    },
  };
}

const closedDoor: RequestListener = (_, response) => void response.writeHead(503).end();

/** An HTTP server whose answers another house can take over. */
async function swinging() {
  const open = new Set<ServerResponse>();
  const door = { answer: closedDoor };
  const front: RequestListener = (request, response) => {
    open.add(response);
    response.on("close", () => open.delete(response));
    door.answer(request, response);
  };
  const http = await listen(front, { host: "127.0.0.1", port: 0 });
  return Object.assign(door, {
    publicUrl: `http://127.0.0.1:${http.port}`,
    cut() {
      for (const response of open) response.destroy();
    },
    close: () => http.close(100),
  });
}

function counting(inbox: Inbox, heard: { count: number; underWay: number }): Inbox {
  return {
    suggest: inbox.suggest,
    bridged: inbox.bridged,
    async receive(update) {
      heard.count++;
      heard.underWay++;
      await inbox.receive(update).finally(() => heard.underWay--);
    },
  };
}

/** A store that answers nothing more once its process is dead. */
function mortal(store: Store): { readonly store: Store; readonly die: () => void } {
  let dead = false;
  const never = new Promise<never>(() => undefined);
  const living = Object.entries(bound(store)).map(([name, ask]) => {
    const call = async (...given: readonly unknown[]) => {
      if (dead) return never;
      const answer = await (ask as (...given: readonly unknown[]) => unknown)(...given);
      return dead ? never : answer;
    };
    return [name, call];
  });
  const die = () => {
    dead = true;
  };
  return { store: Object.fromEntries(living) as Store, die };
}

function recording(into: Line[], also?: Log, carried: Readonly<Record<string, unknown>> = {}): Log {
  const line = (level: "debug" | "info" | "warn" | "error") => (fields: object, message: string, error?: unknown) => {
    into.push({ level, message, fields: { ...carried, ...fields }, error });
    also?.[level](fields as never, message, error);
  };
  return {
    debug: line("debug"),
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
    with: (fields) => recording(into, also?.with(fields), { ...carried, ...fields }),
  };
}

/** What was logged as a warning or an error. */
export const troublesIn = (lines: readonly Line[]): readonly string[] =>
  lines.filter(({ level }) => level === "warn" || level === "error").map((line) => `${line.message} ${line.error}`);

// The service: starts the roles asked for, says what is on and what is off, and stops when it is told to.
import type { Config } from "../config/env.ts";
import { entries } from "./adapters/chat/index.ts";
import { keptAdminToken } from "./adapters/data-dir.ts";
import { pinoLog } from "./adapters/log.ts";
import type { Service } from "./build.ts";
import { type Connections, connectPlatforms } from "./connect-platforms.ts";
import type { Platform } from "./core/ports/platform.ts";
import { hello } from "./hello.ts";
import type { AdminParts } from "./http/admin.ts";
import { httpApp } from "./http/app.ts";
import { type Listening, listen } from "./http/listen.ts";
import { interactive, localTerminal, logBeside, secretsOf, toldTo } from "./local.ts";
import { type Opened, open } from "./open.ts";
import { readiness } from "./readiness.ts";
import { type StopSignal, stopSignal } from "./signals.ts";

/** From the signal to the end of the process, in ms. */
const stopWithin = 8000;
/** How long (ms) the first words wait for the chat apps to be connected. */
const patience = 3000;

export async function serve(config: Config, key: string, name: string): Promise<void> {
  const talking = config.roles.has("chat") && interactive();
  const stop = stopSignal({ window: talking });
  const seat = talking ? localTerminal(name) : undefined;
  try {
    const log = seat
      ? toldTo(seat.console.say, logBeside(config, key))
      : pinoLog({ level: config.logLevel, to: "stderr", secrets: secretsOf(config, key) });
    const opened = await open(config, key, log, seat?.local);
    await serveUntil(stop, { ...opened, config, talker: seat && { name, close: seat.console.close } });
    if (seat) process.stdout.write("Stopped.\n");
  } finally {
    stop.hurry();
    seat?.console.close();
  }
}

interface Serving extends Opened {
  readonly config: Config;
  /** Who sits at this process's own terminal. */
  readonly talker?: { readonly name: string; close(): void };
}

async function serveUntil(stop: StopSignal, { config, talker, ...opened }: Serving): Promise<void> {
  const { service, terminal, evicted } = opened;
  const { log } = service.context;
  const { roles } = config;
  const chats = connectionsOf(service, config);
  let http: Listening | undefined;
  try {
    if (roles.has("http")) http = await listen(httpOf(service, chats, await adminOf(opened, config)), config);
    if (roles.has("worker")) await service.work();
    await Promise.race([chats.open(patience), stop.asked]);
    process.stdout.write(`${hello({ config, http, chats, name: talker?.name })}\n`);
    log.info({ roles: [...roles].join(","), port: http?.port }, "started");
    if (talker) await terminal.start(service.inbox, service.commands);
    await Promise.race([
      stop.asked,
      chats.refused,
      service.receiving.lost,
      evicted,
      ...(talker ? [terminal.ended] : []),
    ]);
  } finally {
    log.info({}, "stopping");
    stop.hurry();
    chats.stop();
    talker?.close();
    await Promise.all([http?.close(stopWithin / 2), service.stop(stopWithin)]);
    log.info({}, "stopped");
  }
}

const remotePlatforms = ({ platforms }: Service) => [...platforms.values()].filter(({ name }) => name !== "terminal");

/** A platform that is called is started where HTTP is served, one that calls out where the chats are; some do both. */
function connectionsOf(service: Service, config: Config): Connections {
  const { roles } = config;
  const { clock, log } = service.context;
  const isStarted = ({ connects, webhooks }: Platform) =>
    (connects && roles.has("chat")) || (webhooks.length > 0 && roles.has("http"));
  return connectPlatforms({
    platforms: remotePlatforms(service).filter(isStarted),
    clock,
    log,
    async start(platform, told) {
      const line = entries.find(({ name }) => name === platform.name)?.line?.(config);
      if (line && platform.connects) await service.receiving.hold(line);
      await platform.start(service.inbox, service.commands, told);
    },
  });
}

const adminOf = async ({ service, board }: Opened, config: Config): Promise<AdminParts> => ({
  token: config.adminToken ?? (await keptAdminToken(config.dataDir)),
  queue: { ...service.context.queue, replay: service.replay },
  board,
});

function httpOf(service: Service, chats: Connections, admin: AdminParts) {
  const { context } = service;
  const webhooks = [...service.platforms.values()].flatMap((platform) => platform.webhooks);
  const connections = () =>
    remotePlatforms(service).map(({ name }): [string, string] => [name, chats.stateOf(name) ?? "sends only"]);
  const ready = () => readiness(service, connections());
  return httpApp({ webhooks, log: context.log, context, admin, ready });
}

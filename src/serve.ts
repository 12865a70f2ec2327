// The service: starts the roles asked for, says what is on and what is off, and stops when it is told to.
import type { Config } from "../config/env.ts";
import { entries } from "./adapters/chat/index.ts";
import { pinoLog } from "./adapters/log.ts";
import type { Service } from "./build.ts";
import { httpApp } from "./http/app.ts";
import { type Listening, listen } from "./http/listen.ts";
import { interactive, localTerminal, logBeside, logFile, secretsOf } from "./local.ts";
import { open, storeFile } from "./open.ts";

/** SIGTERM to the end of the process, in ms; half of it for what is under way in each role. */
const stopWithin = 8000;

export async function serve(config: Config, key: string, name: string): Promise<void> {
  const talking = config.roles.has("chat") && interactive();
  const log = talking
    ? logBeside(config, key)
    : pinoLog({ level: config.logLevel, to: "stderr", secrets: secretsOf(config, key) });
  const seat = talking ? localTerminal(name) : undefined;
  const { service, terminal } = await open(config, key, log, seat?.local);
  let http: Listening | undefined;
  const stopping = once(async () => {
    seat?.console.close();
    await Promise.all([http?.close(stopWithin / 2), service.stop(stopWithin)]);
  });
  try {
    if (config.roles.has("http")) http = await listen(httpOf(service, log), config);
    if (config.roles.has("worker")) await service.work();
    if (config.roles.has("chat")) await startChats(service);
  } catch (error) {
    await stopping();
    throw error;
  }
  process.stdout.write(`${hello(config, http?.port, talking ? name : undefined)}\n`);
  log.info({ roles: [...config.roles].join(","), port: http?.port }, "started");
  if (seat) await terminal.start(service.inbox, service.commands);
  await Promise.race([signal(), ...(seat ? [terminal.ended] : [])]);
  log.info({}, "stopping");
  await stopping();
  log.info({}, "stopped");
}

async function startChats(service: Service): Promise<void> {
  const remote = [...service.platforms.values()].filter((platform) => platform.name !== "terminal");
  await Promise.all(remote.map((platform) => platform.start(service.inbox, service.commands)));
}

function httpOf(service: Service, log: Service["context"]["log"]) {
  const platforms = [...service.platforms.values()];
  const { store, queue } = service.context;
  return httpApp({
    webhooks: platforms.flatMap((platform) => platform.webhooks),
    log,
    async ready() {
      const store_ = await store.ping().then(
        () => "ok",
        () => "no answer",
      );
      const queue_ = await queue.counts().then(
        () => "ok",
        () => "no answer",
      );
      const parts = { store: store_, queue: queue_, ...Object.fromEntries(platforms.map(({ name }) => [name, "on"])) };
      return { ok: store_ === "ok" && queue_ === "ok", parts };
    },
  });
}

/** A few lines: what is on, what is off and the variable that turns it on, where the data is, how to talk to it. */
function hello(config: Config, port: number | undefined, name: string | undefined): string {
  const on = [
    ...entries.filter((entry) => entry.configured(config)).map((entry) => entry.name),
    "terminal",
    ...(port === undefined ? [] : [`http://${config.host}:${port}`]),
    ...(config.roles.has("worker") ? ["jobs"] : []),
  ];
  return [
    "PeerSpark is running.",
    `  on    ${on.join(", ")}`,
    ...config.off.map(({ variable, absent }) => `  off   ${absent}: set ${variable} (see .env.example)`),
    `  data  ${storeFile(config)}`,
    ...(name
      ? [`  log   ${logFile(config)}`, `  talk  as ${name}, right here: try /help; Ctrl-C stops`]
      : ["  talk  npm run chat -- --as NAME"]),
    "",
  ].join("\n");
}

function signal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const)
      process.once(name, () => {
        process.once(name, () => process.exit(130));
        resolve();
      });
  });
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= action();
    return running;
  };
}

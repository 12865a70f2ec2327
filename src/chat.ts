// A terminal on the data of a service that may run beside it: lines in, answers out, until the input ends.
import { setTimeout } from "node:timers/promises";
import type { Config } from "../config/env.ts";
import type { Queue } from "./core/ports/queue.ts";
import { interactive, localTerminal, logBeside } from "./local.ts";
import { open } from "./open.ts";
import { stopSignal } from "./signals.ts";

/** How long (ms) what the last line set off may take before the terminal closes; the rest waits for the service. */
const lastWords = 3000;

export async function chat(config: Config, key: string, name: string): Promise<void> {
  const stop = stopSignal({ window: interactive() });
  const { console, local } = localTerminal(name);
  try {
    const { service, terminal, evicted } = await open(config, key, logBeside(config, key), local);
    try {
      await service.work();
      if (interactive())
        console.say(`You are ${name}. /help lists what you can do, !1 presses the first button, Ctrl-D leaves.\n`);
      await terminal.start(service.inbox, service.commands);
      await Promise.race([terminal.ended.then(() => quiet(service.context.queue)), stop.asked, evicted]);
    } finally {
      stop.hurry();
      console.close();
      await service.stop(lastWords);
    }
  } finally {
    stop.hurry();
    console.close();
  }
}

/** Resolves when nothing is due any more, or nobody can be asked. */
async function quiet(queue: Queue): Promise<void> {
  const until = Date.now() + lastWords;
  const due = () =>
    queue.counts().then(
      (counts) => counts.due,
      () => 0,
    );
  while (Date.now() < until && (await due()) > 0) await setTimeout(25);
}

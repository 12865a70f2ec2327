// Being told to stop: by the system, or by a person who presses Ctrl-C.

/** ms in which a signal counts once: a terminal or systemd tells npm and the service, and npm passes it on. */
const echo = 500;

export interface StopSignal {
  /** Resolves at the first signal. */
  readonly asked: Promise<void>;
  /** From now on another signal ends the process at once. */
  hurry(): void;
}

/** A closed window ends a terminal; a service in the background may be told by `nohup` to outlive it. */
export function stopSignal({ window }: { readonly window: boolean }): StopSignal {
  const asked = Promise.withResolvers<void>();
  let hurrying = false;
  let toldAt: number | undefined;
  // Waiting for a signal keeps no process alive by itself.
  const waiting = setInterval(() => undefined, 2 ** 30);
  for (const name of ["SIGTERM", "SIGINT", ...(window ? ["SIGHUP"] : [])])
    process.on(name, () => {
      const again = toldAt === undefined || performance.now() > toldAt + echo;
      if (hurrying && again) process.exit(130);
      toldAt ??= performance.now();
      asked.resolve();
    });
  return {
    asked: asked.promise,
    hurry() {
      hurrying = true;
      clearInterval(waiting);
    },
  };
}

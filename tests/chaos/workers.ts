// The processes of a chaos run: one that talks to the chat apps, and workers that are killed and come again.
import type { House, Program } from "../support/program.ts";
import type { Apps } from "./apps.ts";
import { type Accident, type AppName, type Front, front } from "./front.ts";

export interface Workers {
  readonly kills: number;
  /** One of them ends as in a rolling restart, and another takes its place. */
  restart(index: number): Promise<void>;
  /** SIGKILL, whatever it is at. */
  kill(index: number): void;
  close(): Promise<void>;
}

export interface WorkersOptions {
  readonly house: House;
  readonly apps: Apps;
  readonly env: Readonly<Record<string, string>>;
  readonly count: number;
  accident(app: AppName): Accident | undefined;
}

const names = ["discord", "slack", "telegram"] as const satisfies readonly AppName[];

export async function workers({ house, apps, env, count, accident }: WorkersOptions): Promise<Workers> {
  const running: Program[] = [];
  const fronts: Front[] = [];
  let [kills, over] = [0, false];

  const kill = (index: number) => {
    if (over) return;
    kills += 1;
    running[index]!.signal("SIGKILL");
  };
  const seats = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const urls = await Promise.all(
        names.map(async (app) => {
          const made = await front({ app, to: apps.urls[app], accident: () => accident(app), kill: () => kill(index) });
          fronts.push(made);
          return [app, made.url] as const;
        }),
      );
      return { ...env, ...apps.env(Object.fromEntries(urls) as Record<AppName, string>), ROLES: "worker" };
    }),
  );
  /** Whatever ends it, another is started on its place. */
  const begin = (index: number) => {
    const program = house.start([], seats[index]);
    running[index] = program;
    void program.ended.then(() => over || begin(index));
  };
  for (let index = 0; index < count; index++) begin(index);

  return {
    get kills() {
      return kills;
    },
    async restart(index) {
      const { ended, signal } = running[index]!;
      signal("SIGTERM");
      await ended;
    },
    kill,
    async close() {
      over = true;
      const ends = running.map(({ signal, ended }) => {
        signal("SIGTERM");
        return ended;
      });
      await Promise.all(ends);
      await Promise.all(fronts.map((one) => one.close()));
    },
  };
}

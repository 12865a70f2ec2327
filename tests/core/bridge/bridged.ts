// A pod at home in channels of two chat apps, whose bridge can be turned on.
import { patch } from "../../../src/core/kernel/change.ts";
import { pods } from "../../../src/core/pods/read.ts";
import { type ChatApp, chatApp } from "../../support/chat-app.ts";
import { type LogLine, type World, type WorldOptions, world } from "../../support/world.ts";

export interface Bridged {
  readonly w: World;
  /** Shows a repeated post once. */
  readonly alpha: ChatApp;
  /** Shows it twice. */
  readonly beta: ChatApp;
  /** Lets everything that is due be done. */
  rest(): Promise<void>;
  /** Ada, who owns the pod, turns the bridge on, and each channel agrees. */
  connect(): Promise<void>;
  /** What was logged as a warning or an error since the last look. */
  troubles(): readonly LogLine[];
  close(): Promise<void>;
}

/** The channels, and who administers each. */
export const channels = [
  ["alpha", "red"],
  ["alpha", "blue"],
  ["beta", "green"],
] as const;

interface BridgedOptions extends WorldOptions {
  readonly privacy?: "private";
  /** For how long (ms) the second app shows a repeated post once. */
  readonly idempotentMs?: number;
}

async function hide({ store }: World, privacy: "private"): Promise<void> {
  const { rows } = await store.find(pods, { limit: 1 });
  await store.commit([patch(pods, rows[0]!.id, { privacy })]);
}

export async function bridged(options: BridgedOptions = {}): Promise<Bridged> {
  const alpha = chatApp("alpha");
  const beta = chatApp("beta", { idempotentMs: options.idempotentMs ?? 0, text: 300, fileBytes: 500 });
  const w = await world({ ...options, platforms: () => [alpha, beta] });
  const apps = { alpha, beta };
  const rest = () => w.advance({ ms: 50 }).then(() => w.settled());
  for (const [app, channel] of channels) {
    apps[app].administrators.set(channel, new Set(["Ada"]));
    await apps[app].happens("joined", channel);
  }
  await alpha.says("Ada", "red", "/pod create Logic");
  await alpha.says("Ada", "red", "/pod bind Logic");
  await alpha.says("Ada", "blue", "/pod bind Logic");
  const code = /^(\w{8})$/m.exec(await alpha.says("Ada", "red", "/link"))?.[1];
  await beta.says("Ada", "green", `/link ${code}`);
  await beta.presses("Ada", "green", "Link");
  await beta.says("Ada", "green", "/pod bind Logic");
  if (options.privacy) await hide(w, options.privacy);
  await rest();
  return {
    w,
    alpha,
    beta,
    rest,
    async connect() {
      await alpha.says("Ada", "red", "/pod bridge on");
      await rest();
      for (const [app, channel] of channels) await apps[app].presses("Ada", channel, "Take part");
      await rest();
    },
    troubles: () => (w.troubles as LogLine[]).splice(0),
    close: () => w.close(),
  };
}

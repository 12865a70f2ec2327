// `npm run doctor`: looks whether everything is as it should be, and says what to do where it is not.
import { entries } from "./adapters/chat/index.ts";
import { redactor } from "./adapters/log.ts";
import {
  type Entries,
  type Found,
  failed,
  type Look,
  lookAtClock,
  lookAtFiles,
  lookAtFolder,
  lookAtKey,
  lookAtMail,
  lookAtNode,
  lookAtPlatform,
  lookAtQueue,
  lookAtSettings,
  lookAtStore,
} from "./checks.ts";
import { AppError } from "./core/errors.ts";
import type { Finding } from "./core/ports/platform.ts";
import { secretsOf } from "./local.ts";

export interface DoctorOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly json: boolean;
  readonly write: (text: string) => void;
  /** The chat apps there are; the real ones when absent. */
  readonly apps?: Entries;
  /** ms that each look may take; 10 s when absent. */
  readonly patience?: number;
}

/** True when nothing is broken. */
export async function doctor({ env, json, write, apps = entries, patience = 10_000 }: DoctorOptions): Promise<boolean> {
  const found: Found[] = [];
  const secrets = await examine({ env, apps, look: looking(found, patience), found });
  const ok = found.every(({ state }) => state !== "broken");
  const text = json ? `${JSON.stringify({ ok, findings: found }, null, 2)}\n` : report(found);
  write(redactor(secrets)(text));
  return ok;
}

/** Each look by itself: one that fails or hangs leaves the others theirs. */
const looking =
  (found: Found[], patience: number): Look =>
  async (area, work) => {
    const mine: Finding[] = [];
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(tooLate(patience)), patience);
    try {
      return await Promise.race([work((...findings) => void mine.push(...findings)), late.promise]);
    } catch (error) {
      mine.push(failed(error));
      return undefined;
    } finally {
      clearTimeout(timer);
      found.push(...mine.map((one) => ({ area, ...one })));
    }
  };

const tooLate = (patience: number) =>
  new AppError("unavailable", `no answer within ${patience / 1000} s: check the way to it, then look again`);

interface Examination extends Required<Pick<DoctorOptions, "env" | "apps">> {
  readonly look: Look;
  readonly found: Found[];
}

/** Answers what must not be shown. */
async function examine({ env, apps, look, found }: Examination): Promise<readonly string[]> {
  await lookAtNode(look);
  const config = await lookAtSettings(look, env);
  if (!config) return [];
  await lookAtFolder(look, config);
  const key = await lookAtKey(look, config);
  const store = await lookAtStore(look, config);
  await lookAtFiles(look, config);
  try {
    await lookAtQueue(look, config);
    await lookAtClock(look, config);
    for (const app of apps) {
      if (!app.configured(config))
        found.push({ area: app.name, state: "off", what: `set ${app.variable} to turn it on` });
      else if (key && store) await lookAtPlatform(look, app, { config, key, store });
    }
    if (config.mail) await lookAtMail(look, config);
    else found.push({ area: "mail", state: "off", what: "set SMTP_URL and MAIL_FROM to turn it on" });
    if (config.push) found.push({ area: "push", state: "well", what: "the keys are set" });
    else
      found.push({ area: "push", state: "off", what: "set the two keys that `npm run -s vapid` prints to turn it on" });
  } finally {
    await store?.close();
  }
  return secretsOf(config, key ?? "");
}

const words: Record<Found["state"], string> = { well: "ok", warning: "warning", broken: "BROKEN", off: "off" };

function report(found: readonly Found[]): string {
  const wide = Math.max(...found.map(({ area }) => area.length));
  const lines = found.flatMap(({ area, state, what, remedy }) => [
    `  ${words[state].padEnd(8)} ${area.padEnd(wide)}  ${indented(what, wide)}`,
    ...(remedy ? [`  ${" ".repeat(8)} ${" ".repeat(wide)}  → ${indented(remedy, wide)}`] : []),
  ]);
  const wrong = found.filter(({ state }) => state === "broken").length;
  const sum = wrong === 0 ? "Nothing is broken." : `${wrong} of these ${wrong === 1 ? "is" : "are"} broken.`;
  return `${lines.join("\n")}\n\n${sum}\n`;
}

const indented = (text: string, wide: number) => text.replaceAll("\n", `\n${" ".repeat(wide + 13)}`);

// The adapter against discord-digital-twin, a Discord that somebody else wrote: a command, a press, a message.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "@jest/globals";
import { discord } from "../../../../src/adapters/chat/discord/index.ts";
import type { Platform, Update } from "../../../../src/core/ports/platform.ts";
import { commandEntry, hearing } from "../../../support/inbox.ts";
import { goButton, quietLog, realClock, saying, until } from "./connected.ts";

const servers = new URL("../../../servers/", import.meta.url);
const installed = existsSync(new URL("node_modules/discord-digital-twin/package.json", servers));

let twin: ChildProcess | undefined;
let platform: Platform | undefined;
afterEach(async () => {
  await platform?.stop(500);
  twin?.kill();
});

interface Line {
  readonly url: string;
  readonly token: string;
  readonly messages: readonly { readonly id: string; readonly components?: unknown }[];
}
const next = (lines: Interface) =>
  new Promise<Line>((resolve) => lines.once("line", (line) => resolve(JSON.parse(line) as Line)));

(installed ? it : it.skip)(
  `answers a command, a press and a message (skipped where tests/servers is not installed)`,
  async () => {
    twin = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", fileURLToPath(new URL("discord-twin.ts", servers))],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    const lines = createInterface({ input: twin.stdout! });
    const asks = (what: object) => {
      twin!.stdin!.write(`${JSON.stringify(what)}\n`);
      return next(lines);
    };
    const { url, token } = await next(lines);
    platform = discord({ token, apiUrl: url, clock: realClock, log: quietLog().log });
    const done: Update[] = [];
    const answers = { command: saying("card", { buttons: [[goButton]] }), press: saying("done"), text: saying("said") };
    const inbox = hearing(async (update) => {
      const kind = update.deed.kind as keyof typeof answers;
      await (kind === "press" ? update.reply.replace(answers.press) : update.reply.show(answers[kind]));
      done.push(update);
    });
    await platform.start(inbox, [commandEntry("help", () => "Help")]);
    await asks({ command: "help" });
    await until(() => done.length === 1, 10_000);
    const [card] = (await asks({})).messages;
    expect(JSON.stringify(card)).toContain('"card"');
    await asks({ press: [card!.id, "0go"] });
    await until(() => done.length === 2, 10_000);
    await asks({ say: "/hello" });
    await until(() => done.length === 3, 10_000);
    const shown = JSON.stringify((await asks({})).messages);
    expect(shown).toContain('"done"');
    expect(shown).toContain('"said"');
    expect(shown).not.toContain('"card"');
  },
);

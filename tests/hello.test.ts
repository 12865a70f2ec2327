// The first words: what is on, what waits, what is off, and how to talk, for whatever is configured.
import { expect, it } from "@jest/globals";
import { readConfig } from "../config/env.ts";
import { hello } from "../src/hello.ts";

const nowhere = "/no-such-folder/.env";
const token = `123456:${"aB3_-".repeat(7)}`;
const waiting = { stateOf: () => "connecting" as const };
const all = { stateOf: () => "on" as const };
const sending = { stateOf: () => undefined };

it("an address of IPv6 stands in brackets", () => {
  const config = readConfig({ HOST: "::1" }, nowhere);
  expect(hello({ config, http: { port: 4001 }, chats: sending })).toContain("http://[::1]:4001, jobs\n");
});

it("a chat app is on when it is connected, and waits when it is not; a process without chats sends to it", () => {
  const config = readConfig({ TELEGRAM_BOT_TOKEN: token, PUBLIC_URL: "https://example.org" }, nowhere);
  expect(hello({ config, chats: all })).toContain(
    "  on    Telegram, terminal, jobs\n  off   no Discord: set DISCORD_TOKEN",
  );
  expect(hello({ config, chats: waiting })).toContain("  on    terminal, jobs\n  wait  Telegram does not answer yet;");
  expect(hello({ config, chats: sending })).toContain("  on    Telegram, terminal, jobs\n");
  for (const words of [hello({ config, chats: all }), hello({ config, chats: waiting })])
    expect(words).not.toContain(token);
});

it("who sits at the service's own terminal is told so, and where the log is", () => {
  const config = readConfig({ DATA_DIR: "/srv/spark" }, nowhere);
  const words = hello({ config, chats: sending, name: "ada" });
  expect(words).toContain("  log   /srv/spark/peerspark.log\n  talk  as ada, right here: try /help;");
  expect(hello({ config, chats: sending })).toContain("  talk  npm run chat -- --as NAME\n");
});

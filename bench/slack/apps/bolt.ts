// Bare Bolt with its own receiver and client: the same answer, nothing kept, nothing looked up.
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import type { KnownBlock } from "@slack/types";
import { serveContender } from "../../contender.ts";
import { signingSecret, token } from "../web-api.ts";

const bold = (text: string) => ({ type: "text" as const, text, style: { bold: true } });
const text = (text: string) => ({ type: "text" as const, text });
const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: false });
const fields = [
  [bold("Time zone"), text(": "), text("Etc/UTC"), text("\n")],
  [bold("Language"), text(": "), text("English"), text("\n")],
  [bold("Accounts"), text(": "), text("slack"), text("\n")],
  [bold("Username"), text(": "), text("ada-lovelace")],
];
const hint = "/profile edit zone:Berlin changes your time zone; name: and language: work the same way.";
const blocks: KnownBlock[] = [
  { type: "header", text: plain("Ada Lovelace") },
  { type: "rich_text", elements: [{ type: "rich_text_section", elements: fields.flat() }] },
  { type: "context", elements: [plain(hint)] },
];

const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
const app = new App({
  token,
  receiver,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.API_ROOT! },
});
app.command("/profile", async ({ ack, respond }) => {
  await ack();
  await respond({ response_type: "ephemeral", replace_original: false, text: "Ada Lovelace", blocks });
});
const server = await receiver.start(0);
await serveContender(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);

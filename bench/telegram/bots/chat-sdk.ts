// A Chat SDK bot with its Telegram adapter and memory state, on node:http.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createMemoryState } from "@chat-adapter/state-memory";
import { createTelegramAdapter } from "@chat-adapter/telegram";
import { Chat } from "chat";
import { serveContender } from "../../contender.ts";
import { secret, token } from "../bot-api.ts";

const chat = new Chat({
  userName: "bench_bot",
  adapters: {
    telegram: createTelegramAdapter({
      botToken: token,
      secretToken: secret,
      mode: "webhook",
      apiUrl: process.env.API_ROOT!,
    }),
  },
  state: createMemoryState(),
  logger: "error",
});
chat.onSlashCommand("/profile", async (event) => {
  await event.channel.post(
    "**Ada Lovelace**\n\n**Time zone**: UTC\n**Language**: English\n**Accounts**: telegram\n\n*/profile edit zone:Berlin changes your time zone.*",
  );
});
await chat.initialize();
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await chat.webhooks.telegram(
    new Request(`http://127.0.0.1${request.url}`, {
      method: "POST",
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks),
    }),
  );
  response.statusCode = answer.status;
  response.end(await answer.text());
});
server.listen(0, "127.0.0.1", () => serveContender(`http://127.0.0.1:${(server.address() as AddressInfo).port}/chat`));

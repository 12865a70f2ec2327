// The other end of the wire: a Bot API server that answers at once and says who was written to. Not strict; the tests have one that is.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export const token = `123456:${"A".repeat(35)}`;

export interface BotApi {
  readonly url: string;
  /** Resolves when `methods` have all been called for this chat (a callback answer counts for the chat of its query). */
  called(chat: number, methods: readonly string[]): Promise<void>;
  /** The newest message with buttons in a chat: its id and what each button carries, by label. */
  card(chat: number): { readonly message: number; readonly buttons: ReadonlyMap<string, string> };
  close(): void;
}

interface Wait {
  readonly missing: Set<string>;
  readonly resolve: () => void;
}

export async function botApi(): Promise<BotApi> {
  const waits = new Map<number, Wait>();
  const cards = new Map<number, ReturnType<BotApi["card"]>>();
  let messageId = 1;

  const note = (chat: number, method: string) => {
    const wait = waits.get(chat);
    if (wait?.missing.delete(method) && wait.missing.size === 0) {
      waits.delete(chat);
      wait.resolve();
    }
  };
  const resultOf = (method: string, body: Record<string, unknown>): unknown => {
    const chat = { id: Number(body.chat_id), type: "private", first_name: "Ada" };
    if (method === "getMe") return { id: 123456, is_bot: true, first_name: "Bench", username: "bench_bot" };
    if (method === "getMyCommands") return [];
    if (method === "getWebhookInfo") return { url: "", has_custom_certificate: false, pending_update_count: 0 };
    if (method === "sendMessage" || method === "editMessageText")
      return { message_id: Number(body.message_id ?? messageId++), date: 1_800_000_000, chat, text: body.text };
    return true;
  };
  const keepCard = (sent: { message_id: number }, body: Record<string, unknown>) => {
    const { inline_keyboard: rows = [] } = body.reply_markup as {
      inline_keyboard?: { text: string; callback_data?: string }[][];
    };
    const buttons = new Map(rows.flat().map(({ text, callback_data = "" }) => [text, callback_data]));
    cards.set(Number(body.chat_id), { message: sent.message_id, buttons });
  };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const method = request.url!.slice(request.url!.lastIndexOf("/") + 1);
      const text = Buffer.concat(chunks).toString();
      const body = (text.startsWith("{") ? JSON.parse(text) : {}) as Record<string, unknown>;
      const result = resultOf(method, body);
      if (method === "sendMessage" && body.reply_markup) keepCard(result as { message_id: number }, body);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ok: true, result }));
      note(Number(body.chat_id ?? String(body.callback_query_id).split("-")[0]), method);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    card(chat) {
      const card = cards.get(chat);
      if (!card) throw new Error(`nobody sent buttons to ${chat}`);
      return card;
    },
    called: (chat, methods) =>
      new Promise((resolve) => {
        waits.set(chat, { missing: new Set(methods), resolve });
      }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

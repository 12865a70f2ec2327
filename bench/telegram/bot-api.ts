// The other end of the wire: a Bot API server that answers at once and says who was written to. Not strict; the tests have one that is.
import { jsonServer } from "../wire.ts";

export const token = `123456:${"A".repeat(35)}`;
/** What a bot wants to see in the header of an update. */
export const secret = "bench-secret-0123456789";

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
  /** An edit that changes nothing answers nothing. */
  const edits = new Map<number, string>();
  let messageId = 1;

  const note = (chat: number, method: string) => {
    const wait = waits.get(chat);
    if (wait?.missing.delete(method) && wait.missing.size === 0) {
      waits.delete(chat);
      wait.resolve();
    }
  };
  const resultOf = (method: string, chat: number, text: string): string => {
    if (method === "getMe") return ok({ id: 123456, is_bot: true, first_name: "Bench", username: "bench_bot" });
    if (method === "getMyCommands") return ok([]);
    if (method === "getWebhookInfo") return ok({ url: "", has_custom_certificate: false, pending_update_count: 0 });
    if (method !== "sendMessage" && method !== "editMessageText") return '{"ok":true,"result":true}';
    const message = Number(/"message_id":"?(\d+)/.exec(text)?.[1] ?? messageId++);
    if (text.includes('"inline_keyboard":[[')) keepCard(message, JSON.parse(text));
    return `{"ok":true,"result":{"message_id":${message},"date":1800000000,"chat":{"id":${chat},"type":"private","first_name":"Ada"},"text":"ok"}}`;
  };
  const keepCard = (message: number, body: Record<string, unknown>) => {
    const { inline_keyboard: rows = [] } = body.reply_markup as {
      inline_keyboard?: { text: string; callback_data?: string }[][];
    };
    const buttons = new Map(rows.flat().map(({ text, callback_data = "" }) => [text, callback_data]));
    cards.set(Number(body.chat_id), { message, buttons });
  };
  const server = await jsonServer((path, text) => {
    const method = path.slice(path.lastIndexOf("/") + 1);
    if (method === "getUpdates") return undefined; // nothing new, ever
    const chat = Number(/"(?:chat_id|callback_query_id)":"?(\d+)/.exec(text)?.[1]);
    const answer = resultOf(method, chat, text);
    const repeated = method === "editMessageText" && edits.get(chat) === text;
    if (method === "editMessageText") edits.set(chat, text);
    if (!repeated) queueMicrotask(() => note(chat, method));
    return answer;
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    card(chat) {
      const card = cards.get(chat);
      if (!card) throw new Error(`nobody sent buttons to ${chat}`);
      return card;
    },
    called: (chat, methods) =>
      new Promise((resolve) => {
        waits.set(chat, { missing: new Set(methods), resolve });
      }),
    close: () => server.close(),
  };
}

const ok = (result: unknown) => JSON.stringify({ ok: true, result });

// How updates reach the bot: fetched by one long poll at a time, or posted to its webhook and again until it takes them.
import { Agent, request } from "node:http";
import { flagOf, listOf, numberOf, type Params, textOf } from "./params.ts";
import { Refusal, refuse } from "./refusal.ts";
import type { State, Update } from "./state.ts";

interface Waiting {
  answer(updates: readonly Update[]): void;
  terminate(error: Refusal): void;
}

export interface Delivery {
  emit(update: Readonly<Record<string, unknown>>): void;
  /** The last update comes once more, under its id. */
  again(): void;
  /** A week without an update, after which Telegram chooses the next number by chance: here it is lower. */
  quietWeek(): void;
  /** @param gone called back when the caller hangs up. */
  getUpdates(params: Params, gone: (callback: () => void) => void): Promise<readonly Update[]>;
  setWebhook(params: Params): true;
  deleteWebhook(params: Params): true;
  getWebhookInfo(): object;
  /** Resolves when every update has been confirmed or taken. */
  drained(): Promise<void>;
  close(): void;
}

const optional = new Set(["chat_member", "message_reaction", "message_reaction_count"]);

/** An offset that is further beyond the last update than this is taken for none (tdlib's TQueue: "from_id is in the future"). */
const furthestOffset = 11;
const numberedFrom = 100_000_000;

/** @param retryMs the first wait after a post that was not taken; it doubles. */
export function delivery(state: State, retryMs: number): Delivery {
  const pending: Update[] = [];
  const sending = new Set<Update>();
  const busyChats = new Set<number>();
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const drains: (() => void)[] = [];
  let waiting: Waiting | undefined;
  let lastId = numberedFrom;
  let last: Update | undefined;
  let closed = false;

  function settle(): void {
    if (waiting && pending.length) {
      const { answer } = waiting;
      waiting = undefined;
      answer(pending);
    }
    if (pending.length === 0) for (const resolve of drains.splice(0)) resolve();
  }

  function post(): void {
    const { webhook } = state;
    if (!webhook || closed) return;
    for (const update of pending) {
      if (sending.size >= webhook.maxConnections) return;
      const chat = chatIn(update);
      if (sending.has(update) || busyChats.has(chat)) continue;
      sending.add(update);
      busyChats.add(chat);
      void deliver(update, retryMs).finally(() => {
        sending.delete(update);
        busyChats.delete(chat);
        settle();
        post();
      });
    }
  }

  async function deliver(update: Update, wait: number): Promise<void> {
    const { webhook } = state;
    if (!webhook || closed) return;
    const status = await postTo(agent, webhook, update).catch((error: Error) => error.message);
    if (typeof status === "number" && status >= 200 && status < 300) {
      const at = pending.indexOf(update);
      if (at >= 0) pending.splice(at, 1);
      return;
    }
    webhook.lastError = `Wrong response from the webhook: ${status}`;
    await new Promise((resolve) => setTimeout(resolve, wait).unref());
    return deliver(update, Math.min(wait * 2, 60_000));
  }

  return {
    emit(update) {
      const kind = Object.keys(update)[0]!;
      const wanted = state.allowedUpdates;
      if (wanted ? !wanted.includes(kind) : optional.has(kind)) return;
      last = { update_id: ++lastId, ...update };
      pending.push(last);
      settle();
      post();
    },
    again() {
      pending.push({ ...last! });
      settle();
      post();
    },
    quietWeek() {
      if (pending.length) throw new Error("there are updates left, which Telegram goes on numbering from");
      lastId -= numberedFrom / 2;
    },
    getUpdates(params, gone) {
      if (state.webhook)
        refuse(
          409,
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      setAllowed(state, params);
      const { offset = 0, limit, timeout } = pollOf(params);
      waiting?.terminate(
        new Refusal(
          409,
          "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        ),
      );
      waiting = undefined;
      if (offset < 0) pending.splice(0, Math.max(0, pending.length + offset));
      else if (offset <= lastId + furthestOffset)
        while (pending.length && pending[0]!.update_id < offset) pending.shift();
      if (pending.length === 0) settle();
      if (pending.length || timeout === 0) return Promise.resolve(pending.slice(0, limit));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => mine.answer([]), timeout * 1000);
        const mine: Waiting = {
          answer(updates) {
            clearTimeout(timer);
            if (waiting === mine) waiting = undefined;
            resolve(updates.slice(0, limit));
          },
          terminate(error) {
            clearTimeout(timer);
            reject(error);
          },
        };
        gone(() => mine.answer([]));
        waiting = mine;
      });
    },
    setWebhook(params) {
      const url = textOf(params, "url") ?? "";
      if (url === "") return this.deleteWebhook(params);
      const secret = textOf(params, "secret_token");
      if (!isSecure(url)) refuse(400, "bad webhook: An HTTPS URL must be provided for webhook");
      if (!isOnPort(url)) refuse(400, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
      if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret))
        refuse(400, "secret token contains unallowed characters");
      setAllowed(state, params);
      state.webhook = {
        url,
        secret,
        maxConnections: Math.min(100, Math.max(1, numberOf(params, "max_connections") ?? 40)),
      };
      if (flagOf(params, "drop_pending_updates")) pending.length = 0;
      post();
      return true;
    },
    deleteWebhook(params) {
      state.webhook = undefined;
      if (flagOf(params, "drop_pending_updates")) pending.length = 0;
      return true;
    },
    getWebhookInfo: () => ({
      url: state.webhook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: pending.length,
      ...(state.webhook && { max_connections: state.webhook.maxConnections, allowed_updates: state.allowedUpdates }),
      ...(state.webhook?.lastError && { last_error_message: state.webhook.lastError }),
    }),
    drained: () => (pending.length === 0 ? Promise.resolve() : new Promise((resolve) => drains.push(resolve))),
    close() {
      closed = true;
      agent.destroy();
      waiting?.answer([]);
    },
  };
}

function pollOf(params: Params) {
  const limit = Math.min(100, Math.max(1, numberOf(params, "limit") ?? 100));
  return { offset: numberOf(params, "offset"), limit, timeout: Math.min(50, numberOf(params, "timeout") ?? 0) };
}

/** An empty list stands for everything but the optional kinds; without one, what was set last stays. */
function setAllowed(state: State, params: Params): void {
  const allowed = listOf(params, "allowed_updates") as readonly string[] | undefined;
  if (allowed) state.allowedUpdates = allowed.length ? allowed : undefined;
}

/** A server of the tests: it has no certificate, and any port. */
const isHere = (url: string) => /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url);
const isSecure = (url: string) => URL.canParse(url) && (url.startsWith("https://") || isHere(url));
const isOnPort = (url: string) => isHere(url) || ["", "80", "88", "443", "8443"].includes(new URL(url).port);

function chatIn(update: Update): number {
  const part = (update.message ?? update.my_chat_member ?? (update.callback_query as { message?: object })?.message) as
    | { chat?: { id: number } }
    | undefined;
  return part?.chat?.id ?? update.update_id;
}

function postTo(agent: Agent, { url, secret }: { url: string; secret?: string }, update: Update): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(update);
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      ...(secret !== undefined && { "x-telegram-bot-api-secret-token": secret }),
    };
    const post = request(url, { method: "POST", agent, headers, timeout: 60_000 }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
      response.on("error", reject);
    });
    post.on("timeout", () => post.destroy(new Error("Read timeout expired")));
    post.on("error", reject);
    post.end(body);
  });
}

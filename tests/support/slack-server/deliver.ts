// How Slack brings something to an app: signed, acknowledged within three seconds, and again where it was not.
import { createHmac } from "node:crypto";
import { deadline, type Socket } from "./socket.ts";

export interface Delivered {
  readonly status: number;
  /** What was answered, where it is JSON. */
  readonly answer?: Record<string, unknown>;
  readonly ms: number;
}

export interface Delivery {
  /** Events come again when they are not acknowledged, commands and interactions do not. */
  event(body: object): Promise<Delivered>;
  /** An event of the app's own doing: `again` brings what people did. */
  echo(body: object): Promise<Delivered>;
  command(fields: Readonly<Record<string, string>>): Promise<Delivered>;
  interaction(payload: object): Promise<Delivered>;
  /** What was delivered last, whatever it was, with so many retries noted, and changed. */
  again(retry: number, changes?: object): Promise<Delivered>;
  /** ms that acknowledgements took. */
  readonly took: number[];
}

export interface DeliveryOptions {
  readonly secret: string;
  /** Where Slack calls the app; undefined in Socket Mode. */
  requestUrl(): string | undefined;
  readonly socket: Socket;
  /** ms between redeliveries: at once, after a minute, after five on Slack itself. */
  readonly retries: readonly number[];
  now(): number;
}

export const signed = (secret: string, stamp: string, body: string) =>
  `v0=${createHmac("sha256", secret).update(`v0:${stamp}:${body}`).digest("hex")}`;

export function delivery({ secret, requestUrl, socket, retries, now }: DeliveryOptions): Delivery {
  const took: number[] = [];
  let last: readonly [type: string, payload: object] | undefined;

  async function once(type: string, payload: object, retry: number): Promise<Delivered> {
    const from = performance.now();
    const url = requestUrl();
    const answered =
      url === undefined ? await socket.deliver(type, payload, retry) : await post(url, type, payload, retry);
    const ms = performance.now() - from;
    took.push(ms);
    return { ...answered, ms };
  }

  function first(type: string, payload: object): Promise<Delivered> {
    last = [type, payload];
    return once(type, payload, 0);
  }

  async function post(url: string, type: string, payload: object, retry: number) {
    const isEvent = type === "events_api";
    const body = isEvent
      ? JSON.stringify(payload)
      : type === "slash_commands"
        ? new URLSearchParams(payload as Record<string, string>).toString()
        : new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const stamp = `${Math.floor(now() / 1000)}`;
    const headers = {
      "content-type": isEvent ? "application/json" : "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": stamp,
      "x-slack-signature": signed(secret, stamp, body),
      ...(retry > 0 && { "x-slack-retry-num": `${retry}`, "x-slack-retry-reason": "http_timeout" }),
    };
    try {
      const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(deadline) });
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.startsWith("application/json");
      return { status: response.status, ...(isJson && text && { answer: JSON.parse(text) }) };
    } catch {
      return { status: 0 };
    }
  }

  return {
    took,
    async event(body) {
      last = ["events_api", body];
      let answered = await once("events_api", body, 0);
      for (const [n, wait] of retries.entries()) {
        if (answered.status === 200) break;
        await new Promise((resolve) => setTimeout(resolve, wait));
        answered = await once("events_api", body, n + 1);
      }
      return answered;
    },
    echo: (body) => once("events_api", body, 0),
    command: (fields) => first("slash_commands", fields),
    interaction: (payload) => first("interactive", payload),
    again(retry, changes) {
      const [type, payload] = last!;
      return once(type, { ...payload, ...changes }, retry);
    },
  };
}

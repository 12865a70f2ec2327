// How what the recording rests on is made: tables, rows, transactions.
import { isObject } from "../params.ts";
import type { Exchange } from "./exchanges.ts";
import type { Replay } from "./replay.ts";
import type { Answered } from "./target.ts";

/** Done before the exchange that it stands for. */
export type Arrangement = (replay: Replay, next: Exchange) => Promise<void>;

export const db = "/v1/tablesdb/maindb";
export const transactions = "/v1/tablesdb/transactions";

export async function must(replay: Replay, method: string, path: string, body: object): Promise<Answered> {
  const answered = await replay.send({ method, path, body });
  if (answered.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answered.body)}`);
  return answered;
}

export const table = (replay: Replay, tableId: string, columns: readonly object[], indexes: readonly object[] = []) =>
  must(replay, "POST", `${db}/tables`, { tableId, name: tableId, columns, indexes });

export const create = (replay: Replay, tableId: string, rowId: string, data: object, transactionId?: string) =>
  must(replay, "POST", `${db}/tables/${tableId}/rows`, { rowId, data, ...(transactionId && { transactionId }) });

export const update = (replay: Replay, tableId: string, rowId: string, data: object, transactionId?: string) =>
  must(replay, "PATCH", `${db}/tables/${tableId}/rows/${rowId}`, { data, ...(transactionId && { transactionId }) });

export const text = (key: string, size = 50, more: object = {}) => ({ key, type: "string", size, ...more });
export const whole = (key: string, more: object = {}) => ({ key, type: "integer", ...more });
export const unique = (name: string) => ({ key: `ux_${name}`, type: "unique", attributes: [name] });

/** The transaction of the next exchange, opened where it was not yet. */
export async function opened(replay: Replay, next: Exchange, ttl?: number): Promise<void> {
  const { path, body } = next.request;
  const inBody = isObject(body) ? body.transactionId : undefined;
  const id = /\/transactions\/([0-9a-f]{20})/.exec(path)?.[1] ?? inBody;
  if (typeof id !== "string" || !/^[0-9a-f]{20}$/.test(id) || replay.mapped(id) !== id) return;
  const { body: made } = await must(replay, "POST", transactions, ttl ? { ttl } : {});
  if (isObject(made)) replay.learn(id, String(made.$id));
}

// What the recorded transactions rest on: others that write meanwhile.

import {
  type Arrangement,
  create,
  db,
  must,
  opened,
  table,
  text,
  transactions,
  unique,
  update,
  whole,
} from "./arranging.ts";
import type { Exchange } from "./exchanges.ts";

const idIn = ({ request }: Exchange): string => request.path.split("/").at(-1)!;

export const inTransactions: Readonly<Record<string, Arrangement>> = {
  "": async (replay) => {
    await table(
      replay,
      "tx",
      [whole("n", { default: 0 }), text("s"), text("u"), text("req", 50, { required: true })],
      [unique("u")],
    );
    await create(replay, "tx", "cc", { req: "x" });
    for (let count = 0; count < 30; count += 1) await must(replay, "PATCH", `${db}/tables/tx/rows/cc/n/increment`, {});
  },
  "*": opened,
  rollback: async (replay, next) => void (await create(replay, "tx", "rb1", { req: "a" }, idIn(next))),
  "CONFLICT: update staged, then row changed outside, commit": async (replay, next) => {
    await create(replay, "tx", "cf", { req: "a" });
    await update(replay, "tx", "cf", { n: 1 }, idIn(next));
    await update(replay, "tx", "cf", { n: 50 });
  },
  "two tx same row: commit first": async (replay, next) => {
    await update(replay, "tx", "cf", { n: 1 }, idIn(next));
    const second = "6b014b1a554543d5c86d";
    await opened(replay, { ...next, request: { method: "PATCH", path: `${transactions}/${second}` } });
    await update(replay, "tx", "cf", { n: 2 }, second);
  },
  "read in tx, row changed outside, commit other write (write skew allowed?)": async (replay, next) => {
    await replay.send({ method: "GET", path: `${db}/tables/tx/rows/cf`, query: { transactionId: idIn(next) } });
    await update(replay, "tx", "cf", { n: 70 });
    await update(replay, "tx", "cc", { s: "skew" }, idIn(next));
  },
  "increment staged, then increment outside, commit": async (replay, next) => {
    const path = `${db}/tables/tx/rows/cf/n/increment`;
    await must(replay, "PATCH", path, { value: 4, transactionId: idIn(next) });
    await must(replay, "PATCH", path, { value: 5 });
  },
  "update staged, row deleted outside, commit": async (replay, next) => {
    await create(replay, "tx", "dl", { req: "a" });
    await update(replay, "tx", "dl", { n: 1 }, idIn(next));
    await must(replay, "DELETE", `${db}/tables/tx/rows/dl`, {});
  },
  "create staged, same id created outside, commit": async (replay, next) => {
    await create(replay, "tx", "same", { req: "a" }, idIn(next));
    await create(replay, "tx", "same", { req: "b" });
  },
  "create existing id in tx (staged w/o check?)": async (replay) =>
    void (await create(replay, "tx", "dup", { req: "a" })),
  "unique clash inside tx, commit": async (replay, next) => {
    await create(replay, "tx", "uu1", { req: "a", u: "same" }, idIn(next));
    await create(replay, "tx", "uu2", { req: "a", u: "same" }, idIn(next));
  },
};

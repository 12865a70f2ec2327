// Each method of the store, and the calls of the bare SDK that it rests on: the same rows of the same table.
import { Query, type TablesDB } from "node-appwrite";
import { sortKeyOf } from "../../src/adapters/store/appwrite/keys.ts";
import { appwriteTableOf } from "../../src/adapters/store/appwrite/table.ts";
import { increment, insert, patch, remove } from "../../src/core/kernel/change.ts";
import type { Change, Store } from "../../src/core/ports/store.ts";
import { category, createdAt, group, groups, keyless } from "./groups.ts";

/** What is asked is made before the clock runs. */
export interface Contest {
  readonly name: string;
  readonly turns: number;
  ours(turn: number): () => Promise<unknown>;
  bare(turn: number): () => Promise<unknown>;
}

export const rows = 1_000;
const random = (turn: number) => (turn * 7919) % rows;
const idsAt = (turn: number) => Array.from({ length: 20 }, (_, each) => `${(random(turn) + each * 31) % rows}`);
const hundred = (whose: string, turn: number) => Array.from({ length: 100 }, (_, each) => `${whose}${turn}-${each}`);

const kept = appwriteTableOf(groups);
const read = Query.select(["body", "rev", "stamp", "by_id"]);
/** As the store keeps it. */
const encoded = (id: string, turn: number) =>
  kept.encode({ ...kept.fitting.row(group(id, turn)), id, rev: 1 }, `bench.${id}`);
const encodedOnly = (id: string, turn: number) => {
  const { $id: rowId, ...data } = encoded(id, turn);
  return { rowId, data };
};

export function contestsOf(store: Store, tables: TablesDB, databaseId: string): readonly Contest[] {
  const table = { databaseId, tableId: groups.name };
  const list = (queries: string[], total = false) => tables.listRows({ ...table, queries, total });
  const creating = (some: readonly object[]) => () =>
    tables.createRows({ databaseId, tableId: keyless.name, rows: [...some] });
  const committing = (changes: readonly Change[]) => () => store.commit(changes);
  const transacting = (operations: readonly object[]) => async () => {
    const { $id: transactionId } = await tables.createTransaction({ ttl: 60 });
    await tables.createOperations({ transactionId, operations: operations.map((one) => ({ ...table, ...one })) });
    await tables.updateTransaction({ transactionId, commit: true });
  };
  const updating = (turn: number) => transacting([{ action: "update", ...encodedOnly(`${random(turn)}`, turn) }]);
  return [
    {
      name: "get: listRows by $id",
      turns: 300,
      ours: (turn) => () => store.get(groups, `${random(turn)}`),
      bare: (turn) => () => list([Query.equal("$id", `${random(turn)}`), read, Query.limit(1)]),
    },
    {
      name: "getMany of 20: listRows by $id",
      turns: 200,
      ours: (turn) => () => store.getMany(groups, idsAt(turn)),
      bare: (turn) => () => list([Query.equal("$id", idsAt(turn)), read, Query.limit(20)]),
    },
    {
      name: "getBy: listRows by a field",
      turns: 200,
      ours: (turn) => () => store.getBy(groups, { code: `code-${random(turn)}` }),
      bare: (turn) => {
        const key = sortKeyOf("text", `code-${random(turn)}`);
        return () => list([Query.equal("by_code", key), read, Query.limit(1)]);
      },
    },
    {
      name: "find a page of 25: listRows in order",
      turns: 200,
      ours: (turn) => () =>
        store.find(groups, {
          where: { category: category(turn), createdAt: { gte: createdAt(random(turn) / 2) } },
          orderBy: { field: "createdAt" },
          limit: 25,
        }),
      bare: (turn) => () =>
        list([
          Query.equal("by_category", sortKeyOf("text", category(turn))),
          Query.greaterThanEqual("by_createdAt", sortKeyOf("integer", createdAt(random(turn) / 2))),
          Query.orderAsc("by_createdAt"),
          Query.orderAsc("by_id"),
          read,
          Query.limit(26),
        ]),
    },
    {
      name: "count: listRows with its total",
      turns: 200,
      ours: (turn) => () => store.count(groups, { category: category(turn) }),
      bare: (turn) => () => list([Query.equal("by_category", sortKeyOf("text", category(turn))), Query.limit(1)], true),
    },
    {
      name: "commit of an insert without keys: createRows",
      turns: 200,
      ours: (turn) => committing([insert(keyless, group(`o${turn}`, turn))]),
      bare: (turn) => creating([encoded(`b${turn}`, turn)]),
    },
    {
      name: "commit of a hundred inserts without keys: createRows",
      turns: 25,
      ours: (turn) => committing(hundred("o", turn).map((id) => insert(keyless, group(id, turn)))),
      bare: (turn) => creating(hundred("b", turn).map((id) => encoded(id, turn))),
    },
    {
      name: "commit of an insert with a key: a transaction",
      turns: 150,
      ours: (turn) => committing([insert(groups, group(`o${turn}`, turn))]),
      bare: (turn) => transacting([{ action: "create", ...encodedOnly(`b${turn}`, turn) }]),
    },
    {
      name: "commit of a patch: a transaction",
      turns: 200,
      ours: (turn) => committing([patch(groups, `${random(turn)}`, { members: turn % 20 })]),
      bare: (turn) => updating(turn),
    },
    {
      name: "commit of an increment: a transaction",
      turns: 200,
      ours: (turn) => committing([increment(groups, `${random(turn)}`, "members", 1)]),
      bare: (turn) => updating(turn),
    },
    {
      name: "commit of a removal and an insert: a transaction",
      turns: 150,
      ours: (turn) => committing([remove(groups, `o${turn}`), insert(groups, group(`p${turn}`, turn))]),
      bare: (turn) =>
        transacting([
          { action: "delete", rowId: `b${turn}` },
          { action: "create", ...encodedOnly(`c${turn}`, turn) },
        ]),
    },
  ];
}

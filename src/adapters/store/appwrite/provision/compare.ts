// What must be made for the collections to be kept, and what stands in the way; nothing that is there is changed or dropped.
import type { TablePlan } from "../own-tables.ts";
import type { Column, Index } from "../table.ts";

export interface FoundColumn {
  readonly key: string;
  readonly type: string;
  readonly size?: number;
  readonly array?: boolean;
  readonly status: string;
}

export interface FoundIndex {
  readonly key: string;
  readonly type: string;
  readonly columns: readonly string[];
  readonly status: string;
}

export interface FoundTable {
  readonly columns: readonly FoundColumn[];
  readonly indexes: readonly FoundIndex[];
}

export type SchemaStep =
  | { readonly make: "database" }
  | { readonly make: "table"; readonly table: TablePlan }
  | { readonly make: "column"; readonly tableId: string; readonly column: Column }
  | { readonly make: "index"; readonly tableId: string; readonly index: Index };

export interface Comparison {
  readonly steps: readonly SchemaStep[];
  /** Sentences for whoever runs it. With any of them nothing is changed. */
  readonly refusals: readonly string[];
}

/** @param found undefined when there is no database. */
export function compareSchema(
  wanted: readonly TablePlan[],
  found: ReadonlyMap<string, FoundTable> | undefined,
): Comparison {
  const steps: SchemaStep[] = found ? [] : [{ make: "database" }];
  const refusals: string[] = [];
  for (const table of wanted) {
    const there = found?.get(table.id);
    if (!there) steps.push({ make: "table", table });
    else {
      steps.push(...missing(table, there));
      refusals.push(...objections(table, there));
    }
  }
  return { steps, refusals };
}

function missing({ id: tableId, columns, indexes }: TablePlan, there: FoundTable): SchemaStep[] {
  const has = (list: readonly { readonly key: string }[], key: string) => list.some((each) => each.key === key);
  return [
    ...columns.flatMap((column): SchemaStep[] =>
      has(there.columns, column.key) ? [] : [{ make: "column", tableId, column }],
    ),
    ...indexes.flatMap((index): SchemaStep[] =>
      has(there.indexes, index.key) ? [] : [{ make: "index", tableId, index }],
    ),
  ];
}

function objections({ id, columns, indexes }: TablePlan, there: FoundTable): string[] {
  const stuck = [...there.columns, ...there.indexes].filter(({ status }) =>
    ["failed", "stuck", "deleting"].includes(status),
  );
  return [
    ...columns.flatMap((column) => {
      const found = there.columns.find(({ key }) => key === column.key);
      return found && differs(column, found) ? [otherColumn(id, column, found)] : [];
    }),
    ...indexes.flatMap((index) => {
      const found = there.indexes.find(({ key }) => key === index.key);
      return found && found.columns.join() !== index.columns.join() ? [otherIndex(id, index)] : [];
    }),
    ...there.indexes.filter(({ type }) => type === "unique").map(({ key }) => foreignUnique(id, key)),
    ...stuck.map(
      ({ key, status }) => `${id}.${key} is ${status}. Delete it in the Appwrite console and run this again.`,
    ),
  ];
}

const differs = (wanted: Column, found: FoundColumn): boolean =>
  wanted.type !== found.type || Boolean(found.array) || (found.size ?? 0) < (wanted.size ?? 0);

const otherColumn = (table: string, { key, type, size }: Column, found: FoundColumn): string =>
  `${table}.${key} is ${found.type}${found.size ? ` of ${found.size}` : ""} and would have to become ${type}${size ? ` of ${size}` : ""}, which could lose what is in it. Start the former version of PeerSpark, or name the new field differently.`;

const otherIndex = (table: string, { key }: Index): string =>
  `${table}.${key} is over other columns than it should be. Delete that index in the Appwrite console and run this again.`;

/** With one, Appwrite's upsert writes over the other row. */
const foreignUnique = (table: string, key: string): string =>
  `${table}.${key} is a unique index, which PeerSpark never makes: Appwrite overwrites rows that clash on one. Delete it in the Appwrite console and run this again.`;

export function sentenceOfStep(step: SchemaStep, databaseId: string): string {
  switch (step.make) {
    case "database":
      return `make the database ${databaseId}`;
    case "table":
      return `make the table ${step.table.id} (${step.table.columns.length} columns, ${step.table.indexes.length} indexes)`;
    case "column":
      return `add the column ${step.tableId}.${step.column.key}`;
    case "index":
      return `add the index ${step.tableId}.${step.index.key} over ${step.index.columns.join(", ")}`;
  }
}

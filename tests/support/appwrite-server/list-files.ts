// Lists of files, asked for with the queries that rows have.
import type { Params } from "./params.ts";
import { queriesIn } from "./parse-query.ts";
import { page } from "./run-query.ts";
import {
  type Bucket,
  type Column,
  type Database,
  idKey,
  type Row,
  type State,
  type StoredFile,
  type Table,
} from "./state.ts";

const column = (key: string, kind: string): Column => ({
  key,
  kind,
  createdAt: 0,
  updatedAt: 0,
  status: "available",
  error: "",
  required: false,
  array: false,
  default: null,
});

const columns = [
  column("name", "string"),
  column("sizeOriginal", "integer"),
  column("chunksTotal", "integer"),
  column("chunksUploaded", "integer"),
];

export function filesPage(
  state: State,
  bucket: Bucket,
  params: Params,
): { total: number; files: readonly StoredFile[] } {
  const table = asTable(state, bucket);
  const query = queriesIn(table, params);
  const wanted = state.collation.key(String(params.search ?? ""));
  const rows = [...table.rows.values()].filter(({ values }) =>
    state.collation.key(String(values.name)).includes(wanted),
  );
  const { total, rows: found } = page(table, rows, query);
  return { total, files: found.map(({ id }) => bucket.files.get(idKey(id))!) };
}

const asTable = (state: State, bucket: Bucket): Table => ({
  id: bucket.id,
  number: 0,
  database: { collation: state.collation } as Database,
  createdAt: 0,
  updatedAt: 0,
  name: bucket.name,
  permissions: [],
  rowSecurity: false,
  enabled: true,
  columns: new Map(columns.map((one) => [one.key, one])),
  indexes: new Map(),
  rows: new Map([...bucket.files.values()].map((file, at) => [idKey(file.id), asRow(file, at)])),
  lastSequence: 0,
});

const asRow = (file: StoredFile, at: number): Row => ({
  id: file.id,
  sequence: at + 1,
  createdAt: file.createdAt,
  updatedAt: file.updatedAt,
  permissions: file.permissions,
  values: { name: file.name, sizeOriginal: file.size, chunksTotal: file.chunksTotal, chunksUploaded: file.chunks.size },
});

// What Appwrite answers when it refuses: HTTP status, error type and sentence.

export class Refusal extends Error {
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.type = type;
  }
}

export function refuse(status: number, type: string, message: string): never {
  throw new Refusal(status, type, message);
}

export const badArgument = (name: string, why: string): never =>
  refuse(400, "general_argument_invalid", `Invalid \`${name}\` param: ${why}`);

export const badQuery = (why: string): never => refuse(400, "general_query_invalid", why);

export const badStructure = (why: string): never =>
  refuse(400, "row_invalid_structure", `Invalid document structure: ${why}`);

const names: Readonly<Record<string, string>> = {
  database: "Database",
  table: "Table",
  row: "Row",
  transaction: "Transaction",
  storage_bucket: "Storage bucket",
  storage_file: "File",
};

export const missing = (kind: keyof typeof names & string, id: string): never =>
  refuse(404, `${kind}_not_found`, `${names[kind]} with the requested ID '${id}' could not be found.`);

const retry = "Try again with a different ID or use ID.unique() to generate a unique ID.";

export const taken = (kind: keyof typeof names & string, id: string): never =>
  refuse(
    409,
    `${kind}_already_exists`,
    `${kind === "table" || kind === "storage_bucket" || kind === "storage_file" ? `A ${names[kind]!.toLowerCase()}` : names[kind]} with the requested ID '${id}' already exists. ${retry}`,
  );

// Permission strings: what may be granted, to whom, and whether somebody without a key is among them.
import { badArgument } from "./refusal.ts";

const form = /^(read|create|update|delete|write)\("([^"]+)"\)$/;
const role =
  /^(any|guests|users(\/(un)?verified)?|(user:[\w.-]+)(\/(un)?verified)?|team:[\w.-]+(\/[\w.-]+)?|member:[\w.-]+|label:\w+)$/;

/** `write` comes back as what it stands for; duplicates are kept once. Undefined where none were given. */
export function permissionsIn(value: unknown, allowed: readonly string[]): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.length > 100)
    return badArgument("permissions", "Permissions must be an array of at most 100. or null");
  return [...new Set(value.flatMap((one) => grantOf(one, allowed)))];
}

function grantOf(value: unknown, allowed: readonly string[]): readonly string[] {
  const [, kind, whom] = typeof value === "string" ? (form.exec(value) ?? []) : [];
  if (!kind || !whom)
    return badArgument("permissions", `Invalid permission string format: "${String(value)}". or null`);
  if (!role.test(whom)) return badArgument("permissions", `Role "${whom}" is not allowed. or null`);
  if (!allowed.includes(kind))
    return badArgument(
      "permissions",
      `Permission "${String(value)}" is not allowed. Must be one of: ${allowed.join(", ")}. or null`,
    );
  if (kind !== "write") return [`${kind}("${whom}")`];
  return allowed.filter((other) => other !== "write" && other !== "read").map((other) => `${other}("${whom}")`);
}

export const onTables = ["read", "create", "update", "delete", "write"];
export const onRows = ["read", "update", "delete", "write"];

/** What somebody without a key or a session may do. */
export const guestMay = (kind: string, permissions: readonly string[]): boolean =>
  permissions.includes(`${kind}("any")`) || permissions.includes(`${kind}("guests")`);

// What a call of the Web API is given: a form, or JSON, as text by name.
import { refuse } from "./refusal.ts";

export type Given = Readonly<Record<string, string | undefined>>;

export function givenIn(body: string, type: string): Record<string, string> {
  if (!type.startsWith("application/json")) return Object.fromEntries(new URLSearchParams(body));
  const entries = Object.entries(jsonOf(body, "body") as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

export function jsonOf(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse("invalid_arguments", `${name} is no JSON`);
  }
}

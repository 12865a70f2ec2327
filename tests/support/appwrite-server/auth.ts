// Who calls: an API key with its scopes, or a guest.
import type { IncomingHttpHeaders } from "node:http";
import { refuse } from "./refusal.ts";
import type { State } from "./state.ts";

const guestScopes = ["rows.read", "rows.write", "documents.read", "documents.write", "files.read", "files.write"];

/** @returns whether it came with a key. @throws Refusal */
export function admit(state: State, headers: IncomingHttpHeaders, scopes: readonly string[]): boolean {
  if (!scopes.length) return false;
  const project = headers["x-appwrite-project"];
  const key = headers["x-appwrite-key"];
  if (!project && key)
    refuse(
      403,
      "project_id_missing",
      "When using project API key, make sure to pass x-appwrite-project header with your project ID.",
    );
  if (project !== state.projectId)
    refuse(
      404,
      "project_not_found",
      "Project with the requested ID could not be found. Please check the value of the X-Appwrite-Project header to ensure the correct project ID is being used.",
    );
  if (key === undefined) return guest(scopes);
  const held = state.keys.get(String(key));
  if (!held)
    return refuse(401, "user_unauthorized", "The current user is not authorized to perform the requested action.");
  if (!held.has("*") && !scopes.some((scope) => held.has(scope)))
    lacking(`app.${state.projectId}@service.127.0.0.1 (role: applications)`, scopes);
  return true;
}

function guest(scopes: readonly string[]): false {
  if (!scopes.some((scope) => guestScopes.includes(scope))) lacking("User (role: guests)", scopes);
  return false;
}

const lacking = (who: string, scopes: readonly string[]): never =>
  refuse(401, "general_unauthorized_scope", `${who} missing scopes (${JSON.stringify(scopes)})`);

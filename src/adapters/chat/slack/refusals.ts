// What Slack's error codes mean to us: which of our errors, with which reason, said in which sentence.
import type { ErrorCode } from "../../../core/errors.ts";

export interface Meaning {
  readonly code: ErrorCode;
  readonly reason?: "unreachable" | "gone" | "closed" | "token";
  readonly say: "unreachable" | "gone" | "closed" | "badToken" | "missingScope" | "noAnswer";
}

const unreachable: Meaning = { code: "unavailable", reason: "unreachable", say: "unreachable" };
const gone: Meaning = { code: "unavailable", reason: "gone", say: "gone" };
const closed: Meaning = { code: "unavailable", reason: "closed", say: "closed" };
const badToken: Meaning = { code: "forbidden", reason: "token", say: "badToken" };
const missingScope: Meaning = { code: "unavailable", reason: "closed", say: "missingScope" };
const passing: Meaning = { code: "unavailable", say: "noAnswer" };

/** docs.slack.dev/reference/methods, the errors of those we call. What is not here was our own mistake. */
const meanings: Readonly<Record<string, Meaning>> = {
  cannot_dm_bot: unreachable,
  messages_tab_disabled: unreachable,
  user_not_found: unreachable,
  users_not_found: unreachable,
  user_disabled: unreachable,
  user_not_visible: unreachable,
  user_not_in_channel: unreachable,
  not_in_dm: unreachable,
  channel_not_found: gone,
  is_archived: gone,
  message_not_found: gone,
  thread_not_found: gone,
  cant_update_message: gone,
  edit_window_closed: gone,
  cant_delete_message: closed,
  team_not_found: gone,
  team_access_not_granted: gone,
  file_not_found: gone,
  file_deleted: gone,
  not_in_channel: closed,
  restricted_action: closed,
  restricted_action_read_only_channel: closed,
  restricted_action_thread_only_channel: closed,
  restricted_action_non_threadable_channel: closed,
  restricted_action_thread_locked: closed,
  posting_to_general_channel_denied: closed,
  ekm_access_denied: closed,
  access_denied: closed,
  no_permission: closed,
  thread_locked: closed,
  not_reactable: closed,
  invalid_auth: badToken,
  not_authed: badToken,
  account_inactive: badToken,
  token_revoked: badToken,
  token_expired: badToken,
  not_allowed_token_type: badToken,
  org_login_required: closed,
  missing_scope: missingScope,
  internal_error: passing,
  fatal_error: passing,
  service_unavailable: passing,
  request_timeout: passing,
  team_added_to_org: passing,
};

export const meaningOf = (error: string): Meaning | undefined =>
  Object.hasOwn(meanings, error) ? meanings[error] : undefined;

/** Slack itself says that it failed, perhaps halfway ("some aspect of the operation may have succeeded"). */
export const isPassing = (error: string): boolean => meaningOf(error) === passing;

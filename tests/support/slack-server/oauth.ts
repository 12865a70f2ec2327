// Tokens: which there are, what they may do, and how an installation is granted one and renews it.
import type { Given } from "./given.ts";
import { refuse } from "./refusal.ts";
import type { State, Team, Token } from "./state.ts";

export interface OAuth {
  /** Somebody said yes: the code that comes back with the browser. */
  grant(team: Team, by: string, options?: { wholeOrganisation?: boolean }): string;
  access(given: Given): Record<string, unknown>;
}

export interface OAuthOptions {
  readonly client: { readonly id: string; readonly secret: string };
  readonly scopes: readonly string[];
  /** Seconds that a token is good for; for ever when absent. */
  readonly rotation?: number;
}

export function oauth(state: State, { client, scopes, rotation }: OAuthOptions): OAuth {
  const codes = new Map<string, { team: Team; by: string; wholeOrganisation: boolean }>();
  const refreshes = new Map<string, Team>();

  function issue(team: Team): Record<string, unknown> {
    const access_token = state.nextId(`xoxb-${team.id}-`);
    const expires = rotation === undefined ? undefined : state.now() + rotation * 1000;
    state.tokens.set(access_token, { team: team.id, scopes, expires });
    if (rotation === undefined) return { access_token };
    const refresh_token = state.nextId(`xoxe-1-${team.id}-`);
    refreshes.set(refresh_token, team);
    return { access_token, refresh_token, expires_in: rotation };
  }

  const granted = (team: Team) => ({
    token_type: "bot",
    scope: scopes.join(","),
    app_id: "A0PEERSPARK",
    bot_user_id: team.botUser,
    team: { id: team.id, name: team.name },
    is_enterprise_install: false,
    ...issue(team),
  });

  return {
    grant(team, by, { wholeOrganisation = false } = {}) {
      const code = state.nextId("code.");
      codes.set(code, { team, by, wholeOrganisation });
      return code;
    },
    access(given) {
      if (given.client_id !== client.id) refuse("invalid_client_id");
      if (given.client_secret !== client.secret) refuse("bad_client_secret");
      if (given.grant_type === "refresh_token") {
        const team = refreshes.get(given.refresh_token ?? "") ?? refuse("invalid_refresh_token");
        refreshes.delete(given.refresh_token!);
        return granted(team);
      }
      const code = codes.get(given.code ?? "") ?? refuse("invalid_code");
      codes.delete(given.code!);
      if (code.wholeOrganisation)
        return { ...granted(code.team), team: null, enterprise: { id: "E1" }, is_enterprise_install: true };
      code.team.installed = true;
      return { ...granted(code.team), authed_user: { id: code.by } };
    },
  };
}

/** @throws Refusal for a token that is none, or no more. */
export function tokenIn(state: State, authorization: string | undefined): Token {
  if (!authorization) return refuse("not_authed");
  const token = state.tokens.get(authorization.replace(/^Bearer /, "")) ?? refuse("invalid_auth");
  if (token.revoked) refuse(token.revoked);
  if (token.expires !== undefined && token.expires <= state.now()) refuse("token_expired");
  return token;
}

// The token of each workspace: the configured one, or that of an installation, renewed before it ends.
import { AppError, reasonOf } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import { askedOnce } from "../asked-once.ts";
import type { Api } from "./api.ts";
import type { Granted, Installation, Installations } from "./installations.ts";
import { slackTexts } from "./texts.ts";

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly botUser: string;
}

export interface Tokens {
  /** @throws AppError `unavailable` with reason "gone" where PeerSpark is not installed. */
  of(team: string): Promise<string>;
  team(id: string): Promise<Team>;
  /** The workspace of the configured token; undefined without one. @throws as Platform.start. */
  home(): Promise<Team | undefined>;
  isHome(team: string): Promise<boolean>;
}

export interface TokenParts {
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  readonly botToken?: string;
  readonly client?: { readonly id: string; readonly secret: string };
  readonly installations: Installations;
}

/** ms before its end in which a token is renewed, as Slack's own libraries do. */
const early = 2 * 3600_000;
/** ms that asking for the next token may take. */
const lease = 30_000;
const lookAgain = 200;
/** ms between tries while the token is still good. */
const pause = 60_000;

export function tokensOf(parts: TokenParts): Tokens {
  const { api, clock, botToken, installations } = parts;
  const renewing = new Map<string, Promise<void>>();

  const home = askedOnce(async (): Promise<Team | undefined> => {
    if (!botToken) return undefined;
    const { team_id: id = "", team: name = "", user_id: botUser = "" } = await api.call(botToken, "auth.test", {});
    return { id, name, botUser };
  });

  const installed = async (team: string): Promise<Installation> => {
    const row = await installations.of(team);
    if (!row) throw notInstalled();
    return row;
  };

  /** One renewal at a time for a team in this process; between processes the row decides. */
  function renewed(row: Installation): Promise<void> {
    const under = renewing.get(row.team) ?? renew(parts, row).finally(() => renewing.delete(row.team));
    renewing.set(row.team, under);
    return under;
  }

  return {
    home,
    isHome: async (team) => (await home())?.id === team,
    async of(team) {
      if (botToken && (await home())?.id === team) return botToken;
      let row = await installed(team);
      if (row.expiresAt !== undefined && row.expiresAt - early < clock.now()) {
        await renewed(row);
        row = await installed(team);
      }
      const token = installations.token(row);
      if (!token) throw notInstalled();
      return token;
    },
    async team(id) {
      const own = await home();
      if (own?.id === id) return own;
      const { title, botUser } = await installed(id);
      return { id, name: title, botUser };
    },
  };
}

const notInstalled = () => new AppError("unavailable", slackTexts.say("notInstalled"), { detail: { reason: "gone" } });

/** A token that is still good is used on where the next can't be had now. @throws when it is not. */
async function renew(parts: TokenParts, row: Installation): Promise<void> {
  const { clock, log, installations } = parts;
  const ends = row.expiresAt ?? 0;
  const free = (row.refreshingUntil ?? 0) <= clock.now();
  const claimed = free ? await installations.claim(row, clock.now() + lease) : undefined;
  if (!claimed) return ends > clock.now() + 1_000 ? undefined : await anothers(parts, row);
  try {
    await installations.renew(claimed, await next(parts, claimed));
    log.info({ team: row.team }, "a token was renewed");
  } catch (error) {
    const isGood = ends > clock.now();
    await installations.release(claimed, isGood ? clock.now() + pause : undefined).catch(() => undefined);
    const isRefused = reasonOf(error) === "invalid_refresh_token";
    if (isRefused) log.error({ team: row.team }, "a workspace has to install PeerSpark again", error);
    else log.warn({ team: row.team }, "a token could not be renewed", error);
    if (!isGood) throw isRefused ? notInstalled() : error;
  }
}

async function next({ api, clock, client, installations }: TokenParts, row: Installation): Promise<Granted> {
  const refresh_token = installations.refreshToken(row);
  if (!refresh_token || !client) throw notInstalled();
  const credentials = { client_id: client.id, client_secret: client.secret };
  const given = { ...credentials, grant_type: "refresh_token", refresh_token };
  const {
    access_token: token,
    refresh_token: refresh,
    expires_in: seconds,
  } = await api.call("", "oauth.v2.access", given, { tries: 1 });
  if (!token) throw notInstalled();
  return { token, refresh: refresh ?? refresh_token, expiresAt: clock.now() + (seconds ?? 0) * 1000 };
}

/** Waits for the token that another process asks for. */
async function anothers({ clock, installations }: TokenParts, before: Installation): Promise<void> {
  const end = clock.now() + lease;
  while (clock.now() < end) {
    await new Promise<void>((resolve) => clock.after(lookAgain, resolve));
    const row = await installations.of(before.team);
    if (!row) throw notInstalled();
    if (row.sealed !== before.sealed) return;
    if (row.refreshingUntil === undefined) break;
  }
  throw new AppError("unavailable", slackTexts.say("noAnswer"));
}

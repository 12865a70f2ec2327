// Installation into any workspace (docs.slack.dev/authentication/installing-with-oauth): off to Slack, and back with a code.

import { timingSafeEqual } from "node:crypto";
import { AppError, reasonOf } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Webhook } from "../../../core/ports/platform.ts";
import type { Secrets } from "../../../core/ports/secrets.ts";
import type { Sentence } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { cookieNamed, cookieOf } from "./cookie.ts";
import { installPage } from "./install-page.ts";
import type { Installations } from "./installations.ts";
import type { ResultOf } from "./methods.ts";
import { scopes } from "./scopes.ts";
import { slackTexts } from "./texts.ts";

export const installPath = "/slack/install";
export const redirectPath = "/slack/oauth_redirect";

export interface InstallParts {
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly installations: Installations;
  readonly client: { readonly id: string; readonly secret: string };
  readonly publicUrl: string;
  /** Where people say yes; Slack's own when absent. */
  readonly authorizeUrl: string;
  /** It is installed; `by` is who did it. */
  installed(team: { id: string; title: string; botUser: string }, by: string): Promise<void>;
}

/** ms in which somebody has to say yes. */
const stateGoodFor = 10 * 60_000;
const cookieName = "peerspark_slack_install";

export function installRoutes(parts: InstallParts): readonly Webhook[] {
  return [
    { path: installPath, method: "GET", receive: async () => away(parts) },
    {
      path: redirectPath,
      method: "GET",
      async receive({ headers, query }) {
        const accepts = String(headers["accept-language"] ?? "");
        try {
          const { title, url } = await back(parts, query, cookieNamed(headers.cookie, cookieName));
          const link = { label: slackTexts.say("openSlack"), url };
          const used = { "set-cookie": cookieFor(parts, "", 0) };
          return installPage({
            status: 200,
            sentence: slackTexts.say("installed", title),
            accepts,
            link,
            headers: used,
          });
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          parts.log.warn({ reason: error.detail.reason }, "an installation did not succeed", error.cause);
          const status = error.code === "unavailable" ? 502 : 400;
          const link = { label: slackTexts.say("installAgain"), url: installPath };
          return installPage({ status, sentence: error.sentence, accepts, link });
        }
      },
    },
  ];
}

/** The state names the browser, which keeps the same words in a cookie: nobody else's link can be finished here. */
function away(parts: InstallParts) {
  const { clock, secrets, client, publicUrl, authorizeUrl } = parts;
  const nonce = secrets.random(32, "abcdefghijklmnopqrstuvwxyz0123456789");
  const ends = clock.now() + stateGoodFor;
  const state = `${nonce}.${ends}.${signed(secrets, nonce, ends)}`;
  const query = new URLSearchParams({
    client_id: client.id,
    scope: scopes.join(","),
    redirect_uri: publicUrl + redirectPath,
    state,
  });
  const cookie = cookieFor(parts, nonce, stateGoodFor / 1000);
  const headers = { location: `${authorizeUrl}?${query}`, "set-cookie": cookie, "cache-control": "no-store" };
  return { status: 302, headers };
}

const cookieFor = ({ publicUrl }: InstallParts, nonce: string, seconds: number) =>
  cookieOf(cookieName, nonce, { path: redirectPath, seconds, secure: publicUrl.startsWith("https:") });

const signed = (secrets: Secrets, nonce: string, ends: number) => secrets.sign(`slack:install:${nonce}:${ends}`, 32);

/** What Slack refuses an installation with, here or on the way back, that somebody can mend. */
const refusals: ReadonlyMap<string, Sentence> = new Map([
  ["access_denied", slackTexts.say("refusedInstall")],
  ["invalid_team_for_non_distributed_app", slackTexts.say("notDistributed")],
  ["invalid_code", slackTexts.say("badState")],
  ["code_already_used", slackTexts.say("badState")],
]);

/** The workspace that it is installed in now, and where it opens there. */
async function back(parts: InstallParts, query: URLSearchParams, nonce: string | undefined) {
  const refused = query.get("error");
  if (refused !== null) throw new AppError("forbidden", refusals.get(refused) ?? slackTexts.say("refusedInstall"));
  const code = query.get("code");
  if (!code || !isOurs(parts, query.get("state") ?? "", nonce))
    throw new AppError("invalid", slackTexts.say("badState"));
  const { client, api, publicUrl } = parts;
  const credentials = { client_id: client.id, client_secret: client.secret };
  const given = { ...credentials, code, redirect_uri: publicUrl + redirectPath };
  const granted = await api.call("", "oauth.v2.access", given, { tries: 1 }).catch((cause) => {
    const sentence = refusals.get(reasonOf(cause));
    if (sentence) throw new AppError("invalid", sentence, { cause });
    throw new AppError("unavailable", slackTexts.say("failedInstall"), { cause });
  });
  return keep(parts, granted);
}

function isOurs({ clock, secrets }: InstallParts, state: string, cookie: string | undefined): boolean {
  const [nonce = "", ends = "", signature = ""] = state.split(".");
  if (!cookie || !/^\d{1,15}$/.test(ends) || Number(ends) < clock.now()) return false;
  return isSame(signature, signed(secrets, nonce, Number(ends))) && isSame(cookie, nonce);
}

function isSame(one: string, other: string): boolean {
  const [bytes, others] = [Buffer.from(one), Buffer.from(other)];
  return bytes.length === others.length && timingSafeEqual(bytes, others);
}

async function keep(parts: InstallParts, granted: ResultOf<"oauth.v2.access">) {
  const { clock, installations, log } = parts;
  if (granted.is_enterprise_install) throw new AppError("unsupported", slackTexts.say("wholeOrganisation"));
  const { team, bot_user_id: botUser, access_token: token, refresh_token: refresh, expires_in: seconds } = granted;
  if (!team?.id || !botUser || !token) throw new AppError("unavailable", slackTexts.say("failedInstall"));
  const here = { id: team.id, title: team.name ?? team.id, botUser };
  const expiresAt = seconds === undefined ? undefined : clock.now() + seconds * 1000;
  await installations.keep(here, { token, refresh, expiresAt });
  log.info({ team: team.id }, "installed into a workspace");
  if (granted.authed_user?.id)
    await parts
      .installed(here, granted.authed_user.id)
      .catch((error) => log.warn({ team: team.id }, "who installed it could not be welcomed", error));
  const opens = new URLSearchParams({ ...(granted.app_id && { app: granted.app_id }), team: team.id });
  return { title: here.title, url: `https://slack.com/app_redirect?${opens}` };
}

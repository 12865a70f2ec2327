// Installation into any workspace (docs.slack.dev/authentication/installing-with-oauth): off to Slack, and back with a code.
import { timingSafeEqual } from "node:crypto";
import { AppError } from "../../../core/errors.ts";
import { nearestLanguage } from "../../../core/members/profile.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Webhook } from "../../../core/ports/platform.ts";
import type { Secrets } from "../../../core/ports/secrets.ts";
import { rich, type Sentence } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { cookieNamed, cookieOf } from "./cookie.ts";
import type { Installations } from "./installations.ts";
import type { ResultOf } from "./methods.ts";
import { worded } from "./rich-text.ts";
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
        const language = String(headers["accept-language"] ?? "");
        try {
          const team = await back(parts, query, cookieNamed(headers.cookie, cookieName));
          return page(200, slackTexts.say("installed", team), language);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          parts.log.warn({ reason: error.detail.reason }, "an installation did not succeed", error.cause);
          return page(error.code === "unavailable" ? 502 : 400, error.sentence, language);
        }
      },
    },
  ];
}

/** The state names the browser, which keeps the same words in a cookie: nobody else's link can be finished here. */
function away({ clock, secrets, client, publicUrl, authorizeUrl }: InstallParts) {
  const nonce = secrets.random(32, "abcdefghijklmnopqrstuvwxyz0123456789");
  const ends = clock.now() + stateGoodFor;
  const state = `${nonce}.${ends}.${signed(secrets, nonce, ends)}`;
  const query = new URLSearchParams({
    client_id: client.id,
    scope: scopes.join(","),
    redirect_uri: publicUrl + redirectPath,
    state,
  });
  const cookie = cookieOf(cookieName, nonce, {
    path: redirectPath,
    seconds: stateGoodFor / 1000,
    secure: publicUrl.startsWith("https:"),
  });
  const headers = { location: `${authorizeUrl}?${query}`, "set-cookie": cookie, "cache-control": "no-store" };
  return { status: 302, headers };
}

const signed = (secrets: Secrets, nonce: string, ends: number) => secrets.sign(`slack:install:${nonce}:${ends}`, 32);

/** @returns the workspace's name. */
async function back(parts: InstallParts, query: URLSearchParams, nonce: string | undefined): Promise<string> {
  if (!isOurs(parts, query.get("state") ?? "", nonce)) throw new AppError("invalid", slackTexts.say("badState"));
  const code = query.get("code");
  if (!code) throw new AppError("forbidden", slackTexts.say("refusedInstall"));
  const { client, api, publicUrl } = parts;
  const credentials = { client_id: client.id, client_secret: client.secret };
  const given = { ...credentials, code, redirect_uri: publicUrl + redirectPath };
  const granted = await api.call("", "oauth.v2.access", given, { tries: 1 }).catch((cause) => {
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

async function keep(parts: InstallParts, granted: ResultOf<"oauth.v2.access">): Promise<string> {
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
  return here.title;
}

function page(status: number, sentence: Sentence, accepts: string) {
  const reader = { language: nearestLanguage(accepts.split(",")[0]), zone: "UTC", platform: "slack" } as const;
  return { status, headers: { "cache-control": "no-store" }, body: `${worded(rich(sentence(reader)), reader)}\n` };
}

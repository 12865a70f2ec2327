// Whether Slack knows the app that workspaces install, and what it may do in each of them. Sends nothing.
import { AppError, reasonOf } from "../../../core/errors.ts";
import type { Finding } from "../../../core/ports/platform.ts";
import type { Sentence } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { installPath } from "./install.ts";
import type { Installation, Installations } from "./installations.ts";
import { scopes } from "./scopes.ts";
import { slackTexts } from "./texts.ts";
import type { Tokens } from "./tokens.ts";

export interface InstalledParts {
  readonly api: Api;
  readonly tokens: Tokens;
  readonly installations: Installations;
  readonly client: { readonly id: string; readonly secret: string; readonly publicUrl: string };
}

type Say = (sentence: Sentence) => string;

/** Workspaces that are looked at, those first that were installed first. */
const most = 30;

export async function examineInstalled(parts: InstalledParts, say: Say): Promise<Finding[]> {
  const { rows, more } = await parts.installations.some(most);
  const found = await Promise.all([ofClient(parts, say), ...rows.map((row) => ofWorkspace(parts, row, say))]);
  return more ? [...found, { state: "well", what: say(slackTexts.say("moreWorkspaces", rows.length)) }] : found;
}

/** A code that nobody was given is refused as such by who knows the client. */
async function ofClient({ api, client }: InstalledParts, say: Say): Promise<Finding> {
  const given = { client_id: client.id, client_secret: client.secret, code: "none" };
  const refused = await api.call("", "oauth.v2.access", given, { tries: 1 }).then(
    () => undefined,
    (error) => error,
  );
  if (reasonOf(refused) === "invalid_code") return { state: "well", what: say(slackTexts.say("clientWell")) };
  if (!/client/.test(reasonOf(refused))) return { state: "warning", what: said(refused, say) };
  return { state: "broken", what: say(slackTexts.say("clientUnknown")), remedy: say(slackTexts.say("clientRemedy")) };
}

async function ofWorkspace({ api, tokens, client }: InstalledParts, row: Installation, say: Say): Promise<Finding> {
  const { team, title } = row;
  const remedy = say(slackTexts.say("installRemedy", client.publicUrl + installPath));
  try {
    const { scopes: granted } = await api.asked(await tokens.of(team), "auth.test");
    const lacking = scopes.filter((scope) => !granted.includes(scope)).join(", ");
    if (!lacking) return { state: "well", what: say(slackTexts.say("workspaceWell", title)) };
    return { state: "broken", what: say(slackTexts.say("workspaceLacks", { title, scopes: lacking })), remedy };
  } catch (error) {
    if (!["gone", "token"].includes(reasonOf(error)))
      return { state: "warning", what: `${title}: ${said(error, say)}` };
    return { state: "broken", what: say(slackTexts.say("workspaceGone", title)), remedy };
  }
}

const said = (error: unknown, say: Say): string => (error instanceof AppError ? say(error.sentence) : String(error));

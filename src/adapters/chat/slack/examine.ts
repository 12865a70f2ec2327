// Whether token, scopes, the socket and PeerSpark's place in channels are as they should be. Sends nothing.
import { AppError, passes } from "../../../core/errors.ts";
import type { Address, Finding } from "../../../core/ports/platform.ts";
import { plain, type Sentence } from "../../../core/text.ts";
import { spotOf } from "./address.ts";
import type { Api } from "./api.ts";
import type { Client } from "./client.ts";
import { examineInstalled, type InstalledParts } from "./examine-installed.ts";
import { scopes } from "./scopes.ts";
import { slackTexts } from "./texts.ts";

export interface ExamineParts {
  readonly api: Api;
  readonly client: Client;
  readonly botToken?: string;
  /** Where workspaces install it. */
  readonly installed?: InstalledParts;
  /** Undefined where Slack calls us. */
  readonly socket?: {
    readonly appToken: string;
    /** Undefined where none was opened in this process. */
    connected(): boolean | undefined;
  };
}

type Say = (sentence: Sentence) => string;

export async function examine(parts: ExamineParts, places: readonly Address[]): Promise<readonly Finding[]> {
  // Read by whoever runs PeerSpark.
  const reader = { language: "en", zone: "UTC", platform: "slack" } as const;
  const say: Say = (sentence) => plain(sentence(reader), reader);
  const installed = parts.installed ? await examineInstalled(parts.installed, say) : [];
  const found = [...(await ofToken(parts, say)), ...installed, ...(await ofSocket(parts, say))];
  for (const place of places) found.push(await ofPlace(parts, place, say));
  return found;
}

async function ofToken({ api, botToken }: ExamineParts, say: Say): Promise<Finding[]> {
  if (!botToken) return [];
  try {
    const { result, scopes: granted } = await api.asked(botToken, "auth.test");
    const lacking = scopes.filter((scope) => !granted.includes(scope));
    const well: Finding = { state: "well", what: say(slackTexts.say("tokenWell", result.team ?? "?")) };
    if (lacking.length === 0) return [well, { state: "well", what: say(slackTexts.say("scopesWell")) }];
    const what = say(slackTexts.say("scopesLacking", lacking.join(", ")));
    return [well, { state: "broken", what, remedy: say(slackTexts.say("scopesRemedy")) }];
  } catch (error) {
    return [{ state: "broken", what: sentenceOf(error, say) }];
  }
}

/** Asking for an address to connect to opens nothing: it tells whether the token is good. */
async function ofSocket({ api, socket }: ExamineParts, say: Say): Promise<Finding[]> {
  if (!socket) return [];
  const connected = socket.connected();
  if (connected) return [{ state: "well", what: say(slackTexts.say("socketWell")) }];
  const remedy = say(slackTexts.say("socketRemedy"));
  if (connected === undefined)
    return api.call(socket.appToken, "apps.connections.open", {}).then(
      () => [{ state: "well", what: say(slackTexts.say("socketReady")) }],
      (error) => [{ state: "broken", what: sentenceOf(error, say), ...(!isUnanswered(error) && { remedy }) }],
    );
  return [{ state: "broken", what: say(slackTexts.say("socketDown")), remedy }];
}

async function ofPlace({ client }: ExamineParts, place: Address, say: Say): Promise<Finding> {
  try {
    const { team, channel } = spotOf(place);
    const { channel: info } = await client.call(team, "conversations.info", { channel });
    const name = info?.name ? `#${info.name}` : channel;
    if (info?.is_member || info?.is_im) return { state: "well", what: say(slackTexts.say("placeWell", name)) };
    const what = say(slackTexts.say("placeLacking", name));
    return { state: "broken", what, remedy: say(slackTexts.say("placeRemedy")) };
  } catch (error) {
    const isGone = error instanceof AppError && error.detail.reason === "gone";
    if (!isGone) return { state: "warning", what: sentenceOf(error, say) };
    const what = say(slackTexts.say("placeGone", place.channel));
    return { state: "broken", what, remedy: say(slackTexts.say("goneRemedy")) };
  }
}

/** Nothing is known of the token then. */
const isUnanswered = (error: unknown) => passes(error) && error.detail.reason === undefined;

const sentenceOf = (error: unknown, say: Say): string =>
  error instanceof AppError ? say(error.sentence) : String(error);

// Whether token, intents and rights are as they should be; each finding says what to do where it is not.

import { ApplicationFlags, Routes } from "discord-api-types/v10";
import { AppError, isClosed, isGone } from "../../../core/errors.ts";
import type { Address, Finding } from "../../../core/ports/platform.ts";
import { plain, type Reader, type Sentence } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { targetOf } from "./directory.ts";
import { Channel } from "./incoming.ts";
import { lackingOf, ownRights, writing } from "./obstacle.ts";
import { discordTexts } from "./texts.ts";

export interface Application {
  readonly id: string;
  readonly flags?: number;
  readonly bot?: { readonly id: string; readonly username: string };
}

export const mayReadContent = ({ flags = 0 }: Application): boolean =>
  (flags & (ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited)) !== 0;

export const selfOf = ({ bot, id }: Application): string => bot?.id ?? id;

export const applicationOf = (api: Api): Promise<Application> => api.call<Application>("GET", "/applications/@me");

/** An operator reads it, in the language of logs. */
const operator: Reader = { language: "en", zone: "UTC", platform: "discord" };
const say = (sentence: Sentence) => plain(sentence(operator), operator);
const finding = (state: Finding["state"], what: Sentence, remedy?: Sentence): Finding => ({
  state,
  what: say(what),
  ...(remedy && { remedy: say(remedy) }),
});

export const contentMissing = (): string =>
  `${say(discordTexts.say("contentMissing"))} ${say(discordTexts.say("contentRemedy"))}`;

export async function examine(api: Api, places: readonly Address[]): Promise<readonly Finding[]> {
  const t = discordTexts.say;
  let application: Application;
  try {
    application = await applicationOf(api);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.detail.reason !== "token") return [{ state: "broken", what: error.message }];
    return [{ state: "broken", what: "DISCORD_TOKEN", remedy: error.message }];
  }
  const self = selfOf(application);
  const token = finding("well", t("tokenWell", application.bot?.username ?? application.id));
  const content = mayReadContent(application)
    ? finding("well", t("contentWell"))
    : finding("warning", t("contentMissing"), t("contentRemedy"));
  const found = await Promise.all(places.map((place) => examinePlace(api, self, place)));
  const calendars = new Map(found.flatMap(({ calendar }) => (calendar ? [calendar] : [])));
  return [token, content, ...found.flatMap(({ findings }) => findings), ...calendars.values()];
}

/** The bridge does without them too: it names files, replies to nothing, leaves out reactions. */
const ofTheBridge = ["attachFiles", "readHistory", "addReactions"] as const;

interface FoundThere {
  readonly findings: readonly Finding[];
  /** What its server's calendar lacks, by the server's id. */
  readonly calendar?: readonly [guild: string, Finding];
}

async function examinePlace(api: Api, self: string, place: Address): Promise<FoundThere> {
  const t = discordTexts.say;
  const id = targetOf(place);
  try {
    const channel = Channel.parse(await api.call("GET", Routes.channel(place.channel)));
    if (!channel.guild_id) return { findings: [] };
    if (place.thread) await api.call("GET", Routes.channel(place.thread));
    const name = `#${channel.name ?? channel.id}`;
    const { may, guild, mayList } = await ownRights(api, self, channel.guild_id, channel);
    const rights = lackingOf(may, [...writing(place), ...ofTheBridge]);
    const state = lackingOf(may, writing(place)) ? "broken" : "warning";
    const lacks = t(state === "broken" ? "placeLacks" : "bridgeLacks", { place: name, rights });
    const there = rights ? finding(state, lacks, t("placeRemedy", rights)) : finding("well", t("placeWell", name));
    if (mayList) return { findings: [there] };
    return { findings: [there], calendar: [guild.id, finding("warning", t("listLacks", guild.name), t("listRemedy"))] };
  } catch (error) {
    if (!isGone(error) && !isClosed(error)) throw error;
    return { findings: [finding("broken", t("placeGone", id), t("placeGoneRemedy"))] };
  }
}

// Fetching the files of people's messages, with the token of their workspace and from Slack alone.
import { AppError } from "../../../core/errors.ts";
import type { Platform } from "../../../core/ports/platform.ts";
import { endpointOf, type Wire, type WireError } from "../pooled-wire.ts";
import { slackTexts } from "./texts.ts";
import type { Tokens } from "./tokens.ts";

interface DownloadParts {
  readonly tokens: Tokens;
  readonly wire: Wire;
  readonly root: string;
}

export const downloads = ({ tokens, wire, root }: DownloadParts): Platform["download"] => {
  const isSlacks = (url: URL) =>
    url.origin === new URL(root).origin || (url.protocol === "https:" && /(^|\.)slack\.com$/.test(url.hostname));
  return async ({ source, bytes, type }, most) => {
    const [, team = "", address = ""] = /^([A-Z0-9]+)\|(.+)$/.exec(source) ?? [];
    if (!URL.canParse(address) || !isSlacks(new URL(address)) || bytes > most) throw noFile();
    const headers = { authorization: `Bearer ${await tokens.of(team)}` };
    const answer = await wire
      .send({ ...endpointOf(address), method: "GET", headers, timeoutMs: 60_000, most })
      .catch((error: WireError) => Promise.reject(noFile(error)));
    // Without the right to read files Slack answers with its page for signing in.
    const isPage = (answer.header("content-type") ?? "").startsWith("text/html") && type !== "text/html";
    if (answer.status !== 200 || isPage) throw noFile();
    return answer.body;
  };
};

const noFile = (cause?: Error) => new AppError("unavailable", slackTexts.say("noFile"), { cause });

// Fetching the files of people's messages, with the token of their workspace and from Slack alone.
import { AppError } from "../../../core/errors.ts";
import type { Platform } from "../../../core/ports/platform.ts";
import { upTo } from "../up-to.ts";
import { slackTexts } from "./texts.ts";
import type { Tokens } from "./tokens.ts";

/** ms, to its last byte. */
const withinMs = 60_000;

interface DownloadParts {
  readonly tokens: Tokens;
  readonly root: string;
}

export const downloads = ({ tokens, root }: DownloadParts): Platform["download"] => {
  const isSlacks = (url: URL) =>
    url.origin === new URL(root).origin || (url.protocol === "https:" && /(^|\.)slack\.com$/.test(url.hostname));
  return async ({ source, bytes, type }, most) => {
    const [, team = "", address = ""] = /^([A-Z0-9]+)\|(.+)$/.exec(source) ?? [];
    if (!URL.canParse(address) || !isSlacks(new URL(address)) || bytes > most) throw noFile();
    const headers = { authorization: `Bearer ${await tokens.of(team)}` };
    const signal = AbortSignal.timeout(withinMs);
    const answer = await fetch(address, { headers, signal, redirect: "manual" }).catch((error) =>
      Promise.reject(noFile(error)),
    );
    // Without the right to read files Slack answers with its page for signing in.
    const isPage = (answer.headers.get("content-type") ?? "").startsWith("text/html") && type !== "text/html";
    if (answer.status === 200 && answer.body && !isPage)
      return upTo(answer.body, most, { tooLarge: noFile, broken: noFile });
    await answer.body?.cancel();
    throw noFile();
  };
};

const noFile = (cause?: unknown) => new AppError("unavailable", slackTexts.say("noFile"), { cause });

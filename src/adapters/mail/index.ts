// E-mail by SMTP (nodemailer): a few connections kept open, a message's name derived from its key, failures told apart once.
import { AppError } from "../../core/errors.ts";
import type { Letter, Mailer } from "../../core/ports/mailer.ts";
import { type Lane, laneTo, MailFailure, type Patience } from "./lane.ts";
import { renderMail } from "./render.ts";
import { letterTexts } from "./texts.ts";

export interface SmtpOptions {
  /** smtp://user:password@host:port, or smtps:// */
  readonly url: string;
  /** "Name <address>", or an address. */
  readonly from: string;
  /** As long as a mail server needs at most when absent. */
  readonly patience?: Patience;
}

const connections = 3;

export function smtpMailer({ url, from, patience }: SmtpOptions): Mailer {
  const lanes = Array.from({ length: connections }, () => laneTo(url, patience));
  const free = (): Lane => lanes.reduce((best, lane) => (lane.busy < best.busy ? lane : best));
  const domain = /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
  return {
    send: (to, letter, key) =>
      free()
        .send({ ...messageOf(letter), from, to: { name: "", address: to }, messageId: `<${key}@${domain}>` })
        .catch(refuse),
    async examine() {
      await free().verify().catch(refuse);
      return [{ state: "well", what: "the mail server answers and lets PeerSpark in" }];
    },
    async close() {
      for (const lane of lanes) lane.close();
    },
  };
}

function messageOf(letter: Letter) {
  const { unsubscribe } = letter;
  const headers = {
    "Auto-Submitted": "auto-generated",
    ...(unsubscribe && {
      "List-Unsubscribe": `<${unsubscribe}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }),
  };
  return { ...renderMail(letter), headers };
}

/** RFC 5321 4.2.1: 5yz is for good, 4yz passes. At RCPT TO it is about the address. */
function refuse(error: unknown): never {
  const failure = error instanceof MailFailure ? error : new MailFailure(error, true);
  const { status = 0, command = "", written, code } = failure;
  const options = { cause: failure };
  if (status >= 500 && command === "RCPT TO")
    throw new AppError("unavailable", letterTexts.say("noMailbox"), { ...options, detail: { reason: "unreachable" } });
  if (code === "EENVELOPE" && status === 0)
    throw new AppError("unavailable", letterTexts.say("noMailbox"), { ...options, detail: { reason: "unreachable" } });
  if (status >= 500 && (command === "DATA" || command === "MAIL FROM"))
    throw new AppError("invalid", letterTexts.say("refused"), options);
  if (status === 450 || status === 451 || status === 452 || status === 421)
    throw new AppError("rate_limited", letterTexts.say("busy"), options);
  throw new AppError("unavailable", letterTexts.say("noAnswer"), {
    ...options,
    detail: written ? { unknown: true } : {},
  });
}

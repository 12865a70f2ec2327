// Mail over the wire: what the server takes, and what its refusals mean.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { smtpMailer } from "../../../src/adapters/mail/index.ts";
import { renderMail } from "../../../src/adapters/mail/render.ts";
import { AppError } from "../../../src/core/errors.ts";
import type { Mailer } from "../../../src/core/ports/mailer.ts";
import type { Reader } from "../../../src/core/text.ts";
import type { View } from "../../../src/core/view.ts";
import { type MailServer, mailServer } from "../../support/mail-server.ts";

const reader: Reader = { language: "en", zone: "Europe/Berlin", platform: "mail" };
const view: View = {
  title: "News <b>of</b> Ada",
  body: [{ paragraph: [{ bold: ["2 < 3 & 4"] }, " ", { link: ["here"], url: "https://x.example/?a=1&b=2" }] }],
  buttons: [[{ label: "Going", call: { action: "event.rsvp", input: {} } }]],
};
const unsubscribe = "https://peerspark.example/mail/off/t";

let server: MailServer;
let mailer: Mailer;
beforeEach(async () => {
  server = await mailServer();
  mailer = smtpMailer({ url: server.url, from: "PeerSpark <hello@peerspark.example>" });
});
afterEach(async () => {
  await mailer.close();
  await server.close();
});

const send = (key = "d1") => mailer.send("ada@example.org", { view, reader, unsubscribe }, key);
const refused = (key?: string) =>
  send(key).then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? { code: error.code, ...error.detail } : error),
  );

describe("a mail", () => {
  it("is plain text and the same as HTML, with its name, and with a click that ends it", async () => {
    await send();
    const [mail] = server.taken;
    expect(mail!.to).toBe("ada@example.org");
    expect(mail!.header("From")).toBe("PeerSpark <hello@peerspark.example>");
    expect(mail!.header("Message-ID")).toBe("<d1@peerspark.example>");
    expect(mail!.header("List-Unsubscribe")).toBe(`<${unsubscribe}>`);
    expect(mail!.header("List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
    expect(mail!.header("Content-Type")).toContain("multipart/alternative");
  });

  it("escapes what people wrote, in HTML alone, and leaves buttons to the chat", () => {
    const { subject, text, html } = renderMail({ view, reader, unsubscribe });
    expect(subject).toBe("News <b>of</b> Ada");
    expect(text).toContain("2 < 3 & 4 here (https://x.example/?a=1&b=2)");
    expect(text).toContain("open the chat app");
    expect(html).toContain("<h1>News &lt;b&gt;of&lt;/b&gt; Ada</h1>");
    expect(html).toContain('<strong>2 &lt; 3 &amp; 4</strong> <a href="https://x.example/?a=1&amp;b=2">here</a>');
    expect(html).not.toContain("Going");
  });

  it("makes no header of a title, and no link of a script", () => {
    const hostile: View = {
      title: "a\r\nBcc: eve@example.org\u2028x",
      body: [{ paragraph: [{ link: ["x"], url: "javascript:alert(1)" }] }],
    };
    const { subject, html } = renderMail({ view: hostile, reader });
    expect(subject).toBe("a Bcc: eve@example.org x");
    expect(html).not.toContain("javascript");
  });

  it("sent again has the same name, so that a mailbox can show it once", async () => {
    await send();
    await send();
    expect(server.taken.map((mail) => mail.header("Message-ID"))).toEqual([
      "<d1@peerspark.example>",
      "<d1@peerspark.example>",
    ]);
  });

  it("that waits too long for its turn has not begun, and one that takes too long has ended", async () => {
    await mailer.close();
    mailer = smtpMailer({
      url: server.url,
      from: "hello@peerspark.example",
      patience: { waitingMs: 300, sendingMs: 600 },
    });
    server.next.data.push("hang", "hang", "hang");
    const keys = Array.from({ length: 6 }, (_, n) => `s${n}`);
    expect(await Promise.all(keys.map((key) => refused(key)))).toEqual([
      ...Array(3).fill({ code: "unavailable", unknown: true }),
      ...Array(3).fill({ code: "unavailable" }),
    ]);
    await send("after");
    const taken = ["s0", "s1", "s2", "after"].map((key) => `<${key}@peerspark.example>`);
    expect(server.taken.map((mail) => mail.header("Message-ID"))).toEqual(taken);
  });

  it("of many at once comes once each", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => send(`m${n}`)));
    expect(new Set(server.taken.map((mail) => mail.header("Message-ID"))).size).toBe(20);
    expect(server.taken).toHaveLength(20);
  });
});

describe("a refusal", () => {
  it.each([
    ["no such mailbox", "rcpt", 550, { code: "unavailable", reason: "unreachable" }],
    ["a full mailbox, for now", "rcpt", 452, { code: "rate_limited" }],
    ["greylisting", "rcpt", 451, { code: "rate_limited" }],
    ["a message nobody wants", "data", 554, { code: "invalid" }],
    ["too much at once", "data", 421, { code: "rate_limited" }],
    ["a server that is busy", "connect", 421, { code: "rate_limited" }],
    ["a cut before the text was asked for", "rcpt", "cut", { code: "unavailable" }],
    ["a cut after the text was given", "data", "cut", { code: "unavailable", unknown: true }],
  ] as const)("%s", async (_, stage, fault, expected) => {
    server.next[stage].push(fault);
    const answer = await refused();
    expect(answer).toMatchObject(expected);
    if (!("unknown" in expected)) expect(answer).not.toHaveProperty("unknown");
    await send("after");
    expect(server.taken.at(-1)!.header("Message-ID")).toBe("<after@peerspark.example>");
  });

  it("nobody listens: it passes, and nothing was sent", async () => {
    await server.close();
    expect(await refused()).toEqual({ code: "unavailable" });
    server = await mailServer();
  });

  it("is no place for the address or the password", async () => {
    server.next.rcpt.push(550);
    const error = await send().catch((thrown: unknown) => thrown);
    expect(
      `${(error as Error).message} ${(error as Error).stack} ${(error as { cause: Error }).cause.message}`,
    ).not.toContain("ada@");
  });
});

it("the server is examined without a mail", async () => {
  expect(await mailer.examine()).toMatchObject([{ state: "well" }]);
  expect(server.taken).toEqual([]);
});

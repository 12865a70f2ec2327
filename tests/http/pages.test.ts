// The pages of our own: subscribing a browser, and ending mail by one click.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import webPush from "web-push";
import { webPusher } from "../../src/adapters/push/index.ts";
import { insert } from "../../src/core/kernel/change.ts";
import { notificationsOf } from "../../src/core/notifications/index.ts";
import { mailAddresses, mailOffToken } from "../../src/core/notifications/mail-address.ts";
import { pushSubscriptions, pushToken } from "../../src/core/notifications/push-subscription.ts";
import { httpApp } from "../../src/http/app.ts";
import { type Listening, listen } from "../../src/http/listen.ts";
import { people, type SmallHouse, smallHouse } from "../core/notifications/small-house.ts";

const keys = { ...webPush.generateVAPIDKeys(), subject: "mailto:a@b.example" };
let house: SmallHouse;
let http: Listening;
let ada: string;
beforeEach(async () => {
  const outlets = { pusher: webPusher(keys), publicUrl: "https://peerspark.example" };
  house = await smallHouse([people, notificationsOf([people])], { outlets });
  ada = await house.member("ada", { language: "de" });
  const ready = async () => ({ ok: true, parts: {} });
  const app = httpApp({ webhooks: [], log: house.context.log, ready, context: house.context });
  http = await listen(app, { host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  await http.close(100);
  await house.close();
});
const ask = (path: string, options: RequestInit = {}) => fetch(`http://127.0.0.1:${http.port}${path}`, options);
const browser = { endpoint: "https://push.example.org/x", keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) } };
const subscribing = (body: unknown, token = pushToken(house.context, ada)) =>
  ask(`/push/${token}`, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/130.0" },
    body: JSON.stringify(body),
  });

describe("the page for push messages", () => {
  it("runs its own script alone, in the reader's language", async () => {
    const page = await ask(`/push/${pushToken(house.context, ada)}`);
    const policy = page.headers.get("content-security-policy")!;
    const [, nonce] = /script-src 'nonce-([^']+)'/.exec(policy)!;
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(text).toContain('<html lang="de">');
    expect([...text.matchAll(/<script[^>]*>([^<]*)</g)].map(([, inline]) => inline)).toEqual([""]);
    expect(text).toContain(`nonce="${nonce}"`);
    expect(text).toContain(`data-key="${keys.publicKey}"`);
    expect(text).not.toMatch(/ on[a-z]+=| style=/);
    const again = await ask(`/push/${pushToken(house.context, ada)}`);
    expect(again.headers.get("content-security-policy")).not.toBe(policy);
  });

  it("serves what runs in the browser, which is a program", async () => {
    for (const path of ["/push/page.js", "/push/worker.js"]) {
      const script = await ask(path);
      expect(script.headers.get("content-type")).toContain("text/javascript");
      const text = await script.text();
      expect(() => new Function(text)).not.toThrow();
    }
  });

  it("keeps the browser for whose link it is, and refuses other links, shapes and places", async () => {
    expect((await subscribing(browser)).status).toBe(204);
    const { rows } = await house.store.find(pushSubscriptions, { limit: 5 });
    expect(rows).toMatchObject([{ memberId: ada, endpoint: browser.endpoint, browser: "Firefox · Linux" }]);
    expect((await subscribing(browser, "x")).status).toBe(410);
    expect((await subscribing({ endpoint: browser.endpoint })).status).toBe(400);
    expect((await subscribing({ ...browser, endpoint: "https://169.254.169.254/latest" })).status).toBe(400);
    expect((await subscribing({ ...browser, padding: "x".repeat(5000) })).status).toBe(413);
    const old = pushToken(house.context, ada);
    await house.advance(61 * 60_000);
    expect((await subscribing(browser, old)).status).toBe(410);
    expect((await ask(`/push/${old}`)).status).toBe(410);
    expect(await house.store.count(pushSubscriptions)).toBe(1);
  });
});

describe("the end of mail", () => {
  const row = { id: "ada.mail", address: "ada@example.org" };
  beforeEach(() => house.store.commit([insert(mailAddresses, { ...row, memberId: ada })]));

  it("comes by one click of the mail program, and not by opening the link", async () => {
    const path = `/mail/off/${mailOffToken(house.context, row)}`;
    const page = await ask(path, { headers: { "accept-language": "de-DE,de" } });
    expect(await page.text()).toContain('<form method="post"><button id="press">Keine Mails mehr</button></form>');
    expect(page.headers.get("content-security-policy")).toContain("form-action 'self'");
    expect(await house.store.count(mailAddresses)).toBe(1);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const clicked = await ask(path, { method: "POST", headers, body: "List-Unsubscribe=One-Click" });
    expect(clicked.status).toBe(200);
    expect(JSON.stringify(await house.store.get(mailAddresses, row.id))).not.toContain("@");
  });

  it("does not come by a link that nobody signed", async () => {
    const answer = await ask(`/mail/off/ada.mail.${"0".repeat(32)}`, { method: "POST" });
    expect(answer.status).toBe(404);
    expect(await house.store.count(mailAddresses)).toBe(1);
  });
});

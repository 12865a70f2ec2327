// Web push over the wire: what a browser decrypts, and what refusals mean.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import webPush from "web-push";
import { isOutside, isPublic } from "../../../src/adapters/push/guard.ts";
import { webPusher } from "../../../src/adapters/push/index.ts";
import { renderPush } from "../../../src/adapters/push/render.ts";
import { AppError } from "../../../src/core/errors.ts";
import type { Pusher, Subscription } from "../../../src/core/ports/pusher.ts";
import type { Reader } from "../../../src/core/text.ts";
import { type PushServer, pushServer } from "../../support/push-server.ts";

const reader: Reader = { language: "en", zone: "UTC", platform: "push" };
const view = {
  title: "News",
  body: [{ paragraph: "hello <b>Ada</b> ☃" }],
  buttons: [[{ label: "Open", url: "https://peerspark.example/x" }]],
};
const keys = { ...webPush.generateVAPIDKeys(), subject: "mailto:hello@peerspark.example" };

let server: PushServer;
let pusher: Pusher;
let browser: Subscription & { readonly hash: string };
beforeEach(async () => {
  server = await pushServer();
  pusher = webPusher({ ...keys, anywhere: true });
  const { endpoint, hash, keys: own } = await server.subscribe(keys.publicKey);
  browser = { endpoint, hash, p256dh: own.p256dh, auth: own.auth };
});
afterEach(async () => {
  await pusher.close();
  await server.close();
});

const refused = () =>
  pusher.send(browser, view, reader, "d1").then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? { code: error.code, ...error.detail } : error),
  );

describe("a push message", () => {
  it("is decrypted by its browser alone, and replaces the one of the same name", async () => {
    await pusher.send(browser, view, reader, "d1");
    expect(server.shown(browser.hash)).toEqual([
      { title: "News", body: "hello <b>Ada</b> ☃", url: "https://peerspark.example/x", tag: "d1" },
    ]);
    expect(server.headers[0]).toMatchObject({ topic: "d1", ttl: "86400", "content-encoding": "aes128gcm" });
    expect(server.headers[0]!.authorization).toMatch(/^vapid t=/);
  });

  it("of any length fits what a push service takes", () => {
    const long = { title: "ä".repeat(5000), body: [{ paragraph: "漢".repeat(5000) }] };
    const { length } = Buffer.from(JSON.stringify(renderPush(long, reader, "d".repeat(26))));
    expect(length).toBeGreaterThan(2000);
    expect(length).toBeLessThan(3990);
  });

  it.each([
    [429, { code: "rate_limited", retryAfter: 20_000 }],
    [404, { code: "unavailable", reason: "gone" }],
    [413, { code: "invalid" }],
    [502, { code: "unavailable" }],
    ["cut", { code: "unavailable", unknown: true }],
  ] as const)("that meets %s says so", async (fault, expected) => {
    server.next.push(fault);
    expect(await refused()).toEqual(expected);
  });

  it("to a browser that has unsubscribed says that it is gone", async () => {
    server.expire(browser.hash);
    expect(await refused()).toEqual({ code: "unavailable", reason: "gone" });
  });

  it("to nobody passes", async () => {
    await server.close();
    expect(await refused()).toEqual({ code: "unavailable" });
    server = await pushServer();
  });
});

describe("an endpoint", () => {
  it.each([
    "https://fcm.googleapis.com/fcm/send/x",
    "https://updates.push.services.mozilla.com/wpush/v2/x",
    "https://8.8.8.8/x",
  ])("%s is one of the internet", (endpoint) => expect(isOutside(endpoint)).toBe(true));

  it.each([
    "http://fcm.googleapis.com/x",
    "https://localhost/x",
    "https://redis/x",
    "https://127.0.0.1/x",
    "https://2130706433/x",
    "https://0x7f.1/x",
    "https://10.1.2.3/x",
    "https://169.254.169.254/latest",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://[fd00::1]/x",
    "https://[2002:7f00:1::]/x",
    "https://metadata.google.internal/x",
    "https://user@example.org/x",
    "https://example.org:8443/x",
    "nonsense",
  ])("%s is refused", (endpoint) => expect(isOutside(endpoint)).toBe(false));

  it("whose name leads inside is not called", async () => {
    const guarded = webPusher(keys);
    const inside = { ...browser, endpoint: browser.endpoint.replace("127.0.0.1", "localhost") };
    await expect(guarded.send(inside, view, reader, "d1")).rejects.toMatchObject({ detail: { reason: "gone" } });
    expect(server.headers).toEqual([]);
    expect(isPublic("192.168.1.1")).toBe(false);
    await guarded.close();
  });
});

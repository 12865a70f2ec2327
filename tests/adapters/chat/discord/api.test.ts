// REST calls when the network fails or Discord is busy: made again where that shows nothing twice, given up with a reason.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { invalidRequests } from "../../../../src/adapters/chat/discord/invalid-requests.ts";
import type { Address } from "../../../../src/core/ports/platform.ts";
import { testClock } from "../../../support/clock.ts";
import { type Connected, connect, saying, until } from "./connected.ts";

let connected: Connected;
let home: Address;
let seen: () => number;
beforeEach(async () => {
  connected = await connect();
  const ada = connected.server.user();
  home = { platform: "discord", channel: ada.direct.id };
  seen = () => connected.server.messages(ada.direct).length;
});
afterEach(() => connected.close());
const route = "POST /channels/:id/messages";

describe("with a pace that all processes share", () => {
  const asked: (readonly string[])[] = [];
  const sharing = async (waits: number | undefined) => {
    await connected.close();
    const take = async (lines: readonly { key: string }[]) => {
      asked.push(lines.map(({ key }) => key));
      return waits;
    };
    connected = await connect({ options: { shared: { take, hold: async () => undefined } } });
    const ada = connected.server.user();
    asked.length = 0;
    return ada.direct.id;
  };

  it("a message waits for its place in its channel and among all calls", async () => {
    const channel = await sharing(80);
    const before = performance.now();
    await connected.platform.send({ platform: "discord", channel }, saying("in turn"));
    expect(performance.now() - before).toBeGreaterThanOrEqual(79);
    expect(asked).toEqual([[`discord:${channel}`, "discord"]]);
  });

  it("one whose place is too far off says when to come again, and is not sent", async () => {
    const channel = await sharing(60_000);
    await expect(connected.platform.send({ platform: "discord", channel }, saying("later"))).rejects.toMatchObject({
      code: "rate_limited",
      detail: { retryAfter: 60_000 },
    });
    expect(connected.server.calls(route)).toHaveLength(0);
  });

  it("nobody waits where nobody answers", async () => {
    const channel = await sharing(undefined);
    await connected.platform.send({ platform: "discord", channel }, saying("alone"));
    expect(connected.server.calls(route)).toHaveLength(1);
  });
});

describe("a message", () => {
  it.each([
    { kind: "act-then-cut" },
    { kind: "cut" },
    { kind: "refuse", status: 503 },
    { kind: "refuse", status: 500 },
  ] as const)("is sent again after $kind $status, and shown once", async (fault) => {
    connected.server.fault(fault, { route });
    await connected.platform.send(home, saying("once"));
    expect(seen()).toBe(1);
  });

  it("that nothing is heard of in the end is not known to be out", async () => {
    connected.server.fault({ kind: "cut" }, { route, times: 3 });
    await expect(connected.platform.send(home, saying("lost"))).rejects.toMatchObject({
      code: "unavailable",
      detail: { unknown: true },
    });
  }, 15_000);

  it("that is not answered is made again after 15 s, and one with a file given up after a minute", async () => {
    const clock = testClock();
    const { server } = connected;
    const slow = connected.another({ clock });
    const calls = () => server.calls(route).length;
    server.fault({ kind: "hang" }, { route });
    const sent = slow.send(home, saying("again"));
    await until(() => calls() === 1);
    await clock.advance(15_300);
    await sent;
    expect(calls()).toBe(2);
    server.fault({ kind: "hang" }, { route });
    const files = [{ name: "a", type: "text/plain", content: Buffer.from("a") }];
    let end: unknown;
    void slow.post(home, { author: "Ada", from: "Slack", text: "see", files }).catch((error) => {
      end = error;
    });
    await until(() => calls() === 3);
    await clock.advance(59_999);
    expect(end).toBeUndefined();
    await clock.advance(1);
    expect(end).toMatchObject({ code: "unavailable", detail: { unknown: true } });
    expect(calls()).toBe(3);
  });

  it("waits as long as Discord asks for, if that is not too long", async () => {
    connected.server.fault(
      {
        kind: "refuse",
        status: 429,
        message: "You are being rate limited.",
        more: { retry_after: 0.3, global: false },
      },
      { route },
    );
    const before = performance.now();
    await connected.platform.send(home, saying("later"));
    expect(performance.now() - before).toBeGreaterThan(250);
    expect(seen()).toBe(1);
  });

  it("is given up with the time to wait when that is long", async () => {
    connected.server.fault({ kind: "refuse", status: 429, more: { retry_after: 60, global: false } }, { route });
    const failed = await connected.platform.send(home, saying("later")).catch((error) => error);
    expect(failed).toMatchObject({ code: "rate_limited" });
    expect(failed.detail.retryAfter).toBeGreaterThan(59_000);
  });

  it("that Discord refuses for its form is no outage, and its errors hold no token", async () => {
    connected.server.fault({ kind: "refuse", status: 400, code: 50035, message: "Invalid Form Body" }, { route });
    const failed = await connected.platform.send(home, saying("x")).catch((error) => error);
    expect(failed).toMatchObject({ code: "invalid", detail: { reason: "50035" } });
    expect(JSON.stringify([failed, failed.cause, failed.message, failed.stack])).not.toContain(connected.server.token);
  });

  it("that AutoMod stops says so", async () => {
    connected.server.fault({ kind: "refuse", status: 400, code: 200000 }, { route });
    await expect(connected.platform.send(home, saying("x"))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/AutoMod/),
    });
  });
});

describe("too many refusals", () => {
  it("stop all calls for a while, before Discord bans the address", () => {
    const clock = testClock();
    const counted = invalidRequests(clock);
    for (let n = 0; n < 2_500; n++) {
      counted.allow();
      counted.note(n % 2 ? 403 : 429);
    }
    expect(() => counted.allow()).toThrow(expect.objectContaining({ code: "rate_limited" }));
    clock.jump(10 * 60_000);
    expect(() => counted.allow()).not.toThrow();
    counted.note(200);
  });
});

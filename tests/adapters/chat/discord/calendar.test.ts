// A server's own scheduled events, and an examination of rights, over the wire.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Address, Listing } from "../../../../src/core/ports/platform.ts";
import { plain, type Reader } from "../../../../src/core/text.ts";
import type { TestGuild } from "../../../support/discord-server/index.ts";
import { right, usual } from "../../../support/discord-server/rights.ts";
import { type Connected, connect, saying } from "./connected.ts";

let connected: Connected;
let club: TestGuild;
beforeEach(async () => {
  connected = await connect();
  club = connected.server.guild();
});
afterEach(() => connected.close());

const hour = 3_600_000;
const listing = (more: Partial<Listing> = {}): Listing => ({
  title: "Eigenvalues",
  description: "Bring *paper* <@1>",
  start: Date.now() + hour,
  end: Date.now() + 2 * hour,
  where: "Room 5",
  ...more,
});
const listed = () => [...club.guild.events.values()];

describe("a listing", () => {
  it("says why there is no room for it, and times as they are written", async () => {
    const { server, platform } = connected;
    await platform.list(club.id, listing({ description: "Doors open 17:45, *early*" }));
    expect(listed()).toMatchObject([{ description: "Doors open 17:45, \\*early\\*" }]);
    const route = "POST /guilds/:id/scheduled-events";
    server.fault({ kind: "refuse", status: 400, code: 30038, message: "Maximum reached (100)" }, { route });
    await expect(platform.list(club.id, listing())).rejects.toMatchObject({ detail: { reason: "full" } });
  });

  it("is made, changed and taken away; what is gone already counts as taken away", async () => {
    const { platform } = connected;
    const id = await platform.list(club.id, listing());
    expect(listed()).toMatchObject([
      { name: "Eigenvalues", description: "Bring \\*paper\\* \\<@1\\>", entity_metadata: { location: "Room 5" } },
    ]);
    expect(await platform.list(club.id, listing({ title: "Eigenvectors" }), id)).toBe(id);
    expect(listed()).toMatchObject([{ name: "Eigenvectors" }]);
    await platform.unlist(club.id, id);
    await platform.unlist(club.id, id);
    expect(listed()).toEqual([]);
  });

  it("fits Discord's lengths, whatever is in it", async () => {
    for (const text of ["*".repeat(5_000), "👍".repeat(900), "\u3164", "", "a\nb"])
      await connected.platform.list(club.id, listing({ title: text, description: text, where: text }));
    expect(listed()).toHaveLength(5);
  });

  it("that has begun is listed from now on, one that is over is refused, a begun one keeps its start", async () => {
    const { platform } = connected;
    const id = await platform.list(club.id, listing({ start: Date.now() - hour }));
    expect(Date.parse(String(listed()[0]!.scheduled_start_time))).toBeGreaterThan(Date.now());
    club.guild.events.set(id, { ...listed()[0]!, status: 2 });
    expect(await platform.list(club.id, listing({ title: "Now", start: Date.now() - hour }), id)).toBe(id);
    expect(listed()).toMatchObject([{ name: "Now" }]);
    await expect(platform.list(club.id, listing({ start: 1, end: 2 }))).rejects.toMatchObject({ code: "conflict" });
  });

  it("that somebody deleted is made anew", async () => {
    const id = await connected.platform.list(club.id, listing());
    club.guild.events.clear();
    expect(await connected.platform.list(club.id, listing(), id)).not.toBe(id);
    expect(listed()).toHaveLength(1);
  });

  it("without the right to says which right", async () => {
    club.permit(usual & ~right.createEvents);
    await expect(connected.platform.list(club.id, listing())).rejects.toMatchObject({
      code: "unavailable",
      detail: { reason: "closed" },
      message: expect.stringMatching(/Create Events and Manage Events/),
    });
  });
});

describe("an examination", () => {
  const english: Reader = { language: "en", zone: "UTC", platform: "discord" };
  const place = () => ({ platform: "discord", channel: club.general.id });

  it("finds all well", async () => {
    const thread = club.thread(club.general, "Week 3");
    const found = await connected.platform.examine([place(), { ...place(), thread: thread.id }]);
    expect(found.map(({ state }) => state)).toEqual(["well", "well", "well", "well"]);
    expect(connected.server.calls().every(({ method }) => method === "GET")).toBe(true);
  });

  it("names each right that is missing, and where to give it", async () => {
    club.deny(club.general, right.send | right.attachFiles);
    const [, , write] = await connected.platform.examine([place()]);
    expect(write).toEqual({
      state: "broken",
      what: "In #general I lack: Send Messages, Attach Files.",
      remedy: expect.stringMatching(/Edit Channel → Permissions\): Send Messages, Attach Files/),
    });
  });

  it("warns where the bridge alone would lack something", async () => {
    club.deny(club.general, right.attachFiles | right.addReactions);
    const [, , write] = await connected.platform.examine([place()]);
    expect(write).toMatchObject({
      state: "warning",
      what: "In #general I may write, but the bridge would lack: Attach Files, Add Reactions.",
    });
  });

  it("finds what keeps PeerSpark from writing in a channel or a thread", async () => {
    const thread = club.thread(club.general, "Week 3");
    const inThread = { ...place(), thread: thread.id };
    const obstacle = async (to: Address) => {
      const sentence = await connected.platform.obstacle(to);
      return sentence && plain(sentence(english), english);
    };
    expect([await obstacle(place()), await obstacle(inThread)]).toEqual([undefined, undefined]);
    club.deny(club.general, right.send);
    await expect(connected.platform.send(place(), saying("hello"))).rejects.toMatchObject({ code: "unavailable" });
    expect([await obstacle(place()), await obstacle(inThread)]).toEqual([
      expect.stringMatching(/Edit Channel → Permissions\).*: Send Messages\.$/),
      undefined,
    ]);
    expect(await obstacle({ platform: "discord", channel: "1".repeat(18) })).toMatch(
      /: View Channel, Send Messages\.$/,
    );
  });

  it("warns once a server where events can't be listed", async () => {
    club.permit(usual & ~right.createEvents);
    const thread = club.thread(club.general, "Week 3");
    const found = await connected.platform.examine([place(), { ...place(), thread: thread.id }]);
    expect(found.map(({ state }) => state)).toEqual(["well", "well", "well", "well", "warning"]);
    expect(found[4]).toMatchObject({
      what: expect.stringMatching(/if \/setup lists them/),
      remedy: expect.stringMatching(/Create Events and Manage Events/),
    });
  });

  it("takes an outage for an outage, not for a wrong token", async () => {
    connected.server.fault({ kind: "refuse", status: 503 }, { route: "GET /applications/@me", times: 9 });
    const found = await connected.platform.examine([place()]);
    expect(found).toEqual([{ state: "broken", what: expect.stringMatching(/Discord does not answer/) }]);
  }, 20_000);

  it("finds a place that is gone, and the intent that is off", async () => {
    connected.server.application.flags = 0;
    const found = await connected.platform.examine([{ platform: "discord", channel: "1".repeat(18) }]);
    expect(found.map(({ state }) => state)).toEqual(["well", "warning", "broken"]);
    for (const { remedy } of found.slice(1)) expect(remedy).toBeTruthy();
  });

  it("stops at a token that is wrong", async () => {
    const wrong = connected.another({ token: "x.y.z" });
    const found = await wrong.examine([place()]);
    expect(found).toEqual([
      { state: "broken", what: "DISCORD_TOKEN", remedy: expect.stringMatching(/Developer Portal/) },
    ]);
  });
});

describe("who administers a server", () => {
  it("is its owner, and whoever has the right; an interaction tells it without a question", async () => {
    const { server, platform } = connected;
    const [ada, bob] = [server.user(), server.user({ name: "Bob" })];
    for (const one of [ada, bob]) club.add(one);
    club.own(ada);
    const place = {
      platform: "discord",
      channel: club.general.id,
      kind: "channel",
      space: { id: club.id, title: "Club" },
    } as const;
    const account = ({ id }: { id: string }) => ({ platform: "discord", workspace: "", userId: id, name: "x" });
    expect([await platform.administers(account(ada), place), await platform.administers(account(bob), place)]).toEqual([
      true,
      false,
    ]);
    const carol = server.user({ name: "Carol" });
    club.add(carol, { admin: true });
    const heard: boolean[] = [];
    connected.handle = async (update) => void heard.push(await platform.administers(update.account!, update.place));
    await connected.start([{ path: "help", action: "help.show", summary: () => "Help", fields: [] }]);
    const before = server.calls("GET /guilds/:id").length;
    await carol.command("help", {}, club.general);
    expect(heard).toEqual([true]);
    expect(server.calls("GET /guilds/:id")).toHaveLength(before);
  });
});

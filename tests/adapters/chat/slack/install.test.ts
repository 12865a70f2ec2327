// Installation into many workspaces: by the browser that began, with sealed tokens that are renewed once, until it is undone.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { slackInstallations } from "../../../../src/adapters/chat/slack/installations.ts";
import { realClock } from "../telegram/connected.ts";
import { type Connected, connect, saying, until } from "./connected.ts";

let connected: Connected;
/** How much later it is for the adapter than for everybody else. */
let later = 0;
const clock = { ...realClock, now: () => Date.now() + later };
const open = async (rotation?: number) => {
  later = 0;
  connected = await connect({
    mode: "http",
    installable: true,
    server: { rotation },
    options: { rates: "none", clock },
  });
  await connected.start();
};
beforeEach(() => open());
afterEach(() => connected.close());

/** A browser that goes to /slack/install. */
async function begin() {
  const response = await fetch(`${connected.publicUrl}/slack/install`, { redirect: "manual" });
  const location = new URL(response.headers.get("location")!);
  return {
    response,
    location,
    cookie: response.headers.get("set-cookie")!.split(";")[0]!,
    state: location.searchParams.get("state")!,
  };
}

const finish = (state: string, code: string, cookie: string, language = "en") =>
  fetch(`${connected.publicUrl}/slack/oauth_redirect?${new URLSearchParams({ state, code })}`, {
    headers: { cookie, "accept-language": language },
  });

async function install(name: string) {
  const { server } = connected;
  const team = server.addTeam(name);
  const ada = server.user("ada", { team, admin: true });
  const { state, cookie } = await begin();
  const response = await finish(state, server.auth.grant(team, ada.id), cookie);
  return { team, ada, response, page: await response.text() };
}

describe("an installation", () => {
  it("leads to Slack with all scopes, and back to here", async () => {
    const { response, location } = await begin();
    expect(response.status).toBe(302);
    expect(location.pathname).toBe("/oauth/v2/authorize");
    expect(location.searchParams.get("scope")).toContain("chat:write.customize");
    expect(location.searchParams.get("redirect_uri")).toBe(`${connected.publicUrl}/slack/oauth_redirect`);
    expect(response.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Lax/);
  });

  it("keeps the token sealed and welcomes who installed it, in private", async () => {
    const { team, ada, response, page } = await install("Chess club");
    expect([response.status, page]).toEqual([200, expect.stringContaining("Chess club")]);
    const row = await connected.store.getBy(slackInstallations, { team: team.id });
    expect(JSON.stringify(row)).not.toContain("xoxb");
    await until(() => connected.updates.length === 1);
    expect(connected.updates[0]).toMatchObject({
      deed: { kind: "joined" },
      account: { userId: ada.id, workspace: team.id },
      place: { kind: "direct", channel: `${team.id}:${ada.direct}`, space: { id: team.id, title: "Chess club" } },
    });
  });

  it("writes to each workspace with its own token", async () => {
    const [one, other] = [await install("One"), await install("Other")];
    for (const { team, ada } of [one, other]) {
      const account = { platform: "slack", workspace: team.id, userId: ada.id, name: "ada" };
      await connected.platform.send(await connected.platform.direct(account), saying(`hello ${team.name}`));
      expect(ada.sees().at(-1)?.text).toBe(`hello ${team.name}`);
    }
  });

  it("is refused with a state that is another browser's, changed or too old", async () => {
    const { server } = connected;
    const code = () => server.auth.grant(server.team, "U1");
    const { state, cookie } = await begin();
    const other = await begin();
    expect((await finish(state, code(), "")).status).toBe(400);
    expect((await finish(state, code(), other.cookie)).status).toBe(400);
    expect((await finish(`${state}0`, code(), cookie)).status).toBe(400);
    expect((await finish(`${state.slice(0, -1)}é`, code(), cookie)).status).toBe(400);
    expect((await finish(state, code(), `${cookie.slice(0, -1)}\u00e9`)).status).toBe(400);
    const [nonce, ends, signature] = state.split(".");
    expect((await finish(`${nonce}.${Number(ends) + 1}.${signature}`, code(), cookie)).status).toBe(400);
    expect(await connected.store.count(slackInstallations)).toBe(0);
  });

  it("says what to do next, in the reader's language, when it was not allowed or failed", async () => {
    const { state, cookie } = await begin();
    const failed = await finish(state, "no-such-code", cookie, "de-DE,de;q=0.9");
    expect([failed.status, await failed.text()]).toEqual([400, expect.stringContaining("wurde schon benutzt")]);
    connected.server.plan({ kind: "refuse", error: "internal_error" }, { method: "oauth.v2.access", times: 9 });
    const down = await finish(state, "any", cookie, "de-DE,de;q=0.9");
    expect([down.status, await down.text()]).toEqual([502, expect.stringContaining("versuch es noch einmal")]);
    const refused = await fetch(`${connected.publicUrl}/slack/oauth_redirect?state=${state}&error=access_denied`, {
      headers: { cookie },
    });
    const page = await refused.text();
    expect([refused.status, page]).toEqual([400, expect.stringContaining("not allowed")]);
    expect(page).toContain('<a href="/slack/install">Install PeerSpark</a>');
  });

  it("that Slack keeps to the app's own workspace says what its operator has to press", async () => {
    const error = "invalid_team_for_non_distributed_app";
    const sent = await fetch(`${connected.publicUrl}/slack/oauth_redirect?error=${error}`);
    expect([sent.status, await sent.text()]).toEqual([400, expect.stringContaining("Activate Public Distribution")]);
    const { state, cookie } = await begin();
    connected.server.plan({ kind: "refuse", error }, { method: "oauth.v2.access" });
    const refused = await finish(state, "code", cookie);
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining("Activate Public Distribution"),
    ]);
  });

  it("ends the link that it came by, and leads into Slack; a reload is no failure of Slack's", async () => {
    const { server } = connected;
    const ada = server.user("ada");
    const { state, cookie } = await begin();
    const code = server.auth.grant(server.team, ada.id);
    const done = await finish(state, code, cookie);
    expect(done.headers.get("set-cookie")).toMatch(/=;.*Max-Age=0/);
    expect(await done.text()).toContain(`https://slack.com/app_redirect?app=A0PEERSPARK&#38;team=${server.team.id}`);
    for (const kept of ["", cookie]) {
      const again = await finish(state, code, kept);
      expect([again.status, await again.text()]).toEqual([400, expect.stringContaining("has been used")]);
    }
  });

  it("for a whole organisation is refused with the remedy", async () => {
    const { server } = connected;
    const { state, cookie } = await begin();
    const response = await finish(state, server.auth.grant(server.team, "U1", { wholeOrganisation: true }), cookie);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("each workspace")]);
  });
});

it("what comes from a workspace that never came by here is answered with where to install it", async () => {
  const { server } = connected;
  const ada = server.user("ada");
  const club = server.channel("maths", [ada], { bot: false });
  await ada.command(club.id, "/event", "list");
  await until(() => ada.sees().length === 1);
  expect(ada.sees()[0]!.text).toMatch(/not connected to this Slack workspace.*install it again/);
  expect(ada.sees()[0]!.text).toContain(`${connected.publicUrl}/slack/install`);
  expect(connected.updates).toEqual([]);
});

it("what comes from a channel that another workspace shares is for the workspace that installed it", async () => {
  const { server, updates } = connected;
  const { team, ada } = await install("Chess club");
  const owner = server.addTeam("Go club");
  const shared = server.channel("games", [ada], { team });
  await ada.say(shared.id, "hello");
  await server.deliver.again(0, { team_id: owner.id, event_id: "Ev0SHARED", is_ext_shared_channel: true });
  await server.deliver.interaction({
    type: "view_submission",
    team: { id: owner.id, domain: "go" },
    user: { id: ada.id },
    trigger_id: "1.2.trigger",
    view: {
      id: "V0SHARED",
      app_installed_team_id: team.id,
      private_metadata: JSON.stringify({ data: "event.create", channel: shared.id }),
      state: { values: {} },
    },
  });
  await until(() => updates.length === 4);
  const kinds = updates.slice(1).map(({ deed, place }) => [deed.kind, place.channel]);
  expect(kinds).toEqual(["text", "text", "submit"].map((kind) => [kind, `${team.id}:${shared.id}`]));
});

it("an examination tells whether Slack knows the app, and which workspaces have to install it again", async () => {
  const { server, platform, another } = connected;
  const found = async () => (await platform.examine([])).map(({ state, what, remedy }) => [state, what, remedy]);
  const known = ["well", expect.stringContaining("knows the app"), undefined];
  expect(await found()).toEqual([known]);
  const { team } = await install("Chess club");
  const well = ["well", expect.stringContaining("Chess club"), undefined];
  expect(await found()).toEqual([known, well]);
  const later = await install("Go club");
  const again = expect.stringContaining(`${connected.publicUrl}/slack/install`);
  for (const token of server.state.tokens.values())
    if (token.team === later.team.id) Object.assign(token, { scopes: ["commands"] });
  server.revoke(team);
  expect(await found()).toEqual([
    known,
    ["broken", expect.stringMatching(/no more/), again],
    ["broken", expect.stringMatching(/Go club.*chat:write/), again],
  ]);
  const client = { id: server.client.id, secret: "another", publicUrl: connected.publicUrl };
  const wrong = another({ installable: client });
  expect((await wrong.examine([]))[0]).toMatchObject({
    state: "broken",
    what: expect.stringContaining("SLACK_CLIENT_SECRET"),
  });
  await wrong.stop(100);
});

describe("a token that ends", () => {
  beforeEach(async () => {
    await connected.close();
    await open(3 * 3600);
  });
  const renewals = () => connected.server.calls.filter(({ given }) => given.grant_type === "refresh_token");

  it("is renewed before, once for all who need it at the same time", async () => {
    const { team, ada } = await install("Rotating");
    const home = { platform: "slack", channel: `${team.id}:${ada.direct}` };
    const twin = connected.another();
    later = 1.5 * 3600_000;
    await Promise.all([connected.platform, twin, connected.platform].map((one) => one.send(home, saying("a"))));
    await connected.platform.send(home, saying("b"));
    expect(renewals().map(({ error }) => error)).toEqual([""]);
    expect(ada.sees().filter(({ text }) => text === "a")).toHaveLength(3);
    await twin.stop(100);
  });

  it("is asked for no more than once a minute while it is still good, and by installing again when it is refused", async () => {
    const { team, ada } = await install("Rotating");
    const home = { platform: "slack", channel: `${team.id}:${ada.direct}` };
    const refusals = { kind: "refuse", error: "invalid_refresh_token" } as const;
    connected.server.plan(refusals, { method: "oauth.v2.access", times: 9 });
    later = 1.5 * 3600_000;
    for (const text of ["one", "two", "three"]) await connected.platform.send(home, saying(text));
    expect(renewals()).toHaveLength(1);
    later += 61_000;
    await connected.platform.send(home, saying("four"));
    expect(renewals()).toHaveLength(2);
    expect(connected.lines.join()).toContain("has to install PeerSpark again");
    later = 3.5 * 3600_000;
    await expect(connected.platform.send(home, saying("five"))).rejects.toMatchObject({
      detail: { reason: "gone" },
      message: expect.stringContaining("install it again"),
    });
  });

  it("is used on while the next can't be had, and not after its end", async () => {
    const { team, ada } = await install("Rotating");
    const home = { platform: "slack", channel: `${team.id}:${ada.direct}` };
    connected.server.plan({ kind: "refuse", error: "internal_error" }, { method: "oauth.v2.access", times: 9 });
    later = 1.5 * 3600_000;
    await connected.platform.send(home, saying("still"));
    later = 3.5 * 3600_000;
    await expect(connected.platform.send(home, saying("over"))).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("an uninstallation", () => {
  it.each(["app_uninstalled", "tokens_revoked"])("by %s forgets the token and tells of it", async (type) => {
    const { team, ada } = await install("Leaving");
    connected.server.revoke(team);
    const event = {
      type,
      event_ts: "1.2",
      ...(type === "tokens_revoked" && { tokens: { bot: [team.botUser], oauth: [] } }),
    };
    await connected.server.tell(event, team);
    await until(() => connected.updates.some(({ deed }) => deed.kind === "left"));
    for (let n = 0; n < 100 && (await connected.store.count(slackInstallations)) > 0; n++)
      await new Promise((go) => setTimeout(go, 10));
    expect(await connected.store.count(slackInstallations)).toBe(0);
    const sending = connected.platform.send({ platform: "slack", channel: `${team.id}:${ada.direct}` }, saying("?"));
    await expect(sending).rejects.toMatchObject({ code: "unavailable", detail: { reason: "gone" } });
  });

  it("that is told late, or again, leaves a newer installation alone", async () => {
    const { team, ada } = await install("Back again");
    for (const event of [
      { type: "app_uninstalled", event_ts: "1.2" },
      { type: "tokens_revoked", event_ts: "1.3", tokens: { bot: [team.botUser] } },
    ])
      await connected.server.tell(event, team);
    await connected.server.tell({ type: "message", channel: ada.direct, user: ada.id, ts: "2.1", text: "hi" }, team);
    await until(() => connected.updates.some(({ deed }) => deed.kind === "text"));
    await connected.platform.stop(1_000);
    expect(connected.updates.map(({ deed }) => deed.kind)).not.toContain("left");
    expect(await connected.store.count(slackInstallations)).toBe(1);
  });
});

// Coming in under pressure: capacity, invitations that run out, requests that two people answer.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Terminal } from "../../../src/adapters/chat/terminal/index.ts";
import { membersMerged } from "../../../src/core/members/facts.ts";
import { profiles } from "../../../src/core/members/read.ts";
import { admit } from "../../../src/core/pods/admit.ts";
import { invites } from "../../../src/core/pods/invite.ts";
import { joinRequests } from "../../../src/core/pods/join-request.ts";
import { leavePod } from "../../../src/core/pods/leave-pod.ts";
import { memberships, pods } from "../../../src/core/pods/read.ts";
import { sweepInvites } from "../../../src/core/pods/sweep-invites.ts";
import type { Inbox } from "../../../src/core/ports/platform.ts";
import type { Reader } from "../../../src/core/text.ts";
import { type Person, type World, world } from "../../support/world.ts";

const hour = 3600_000;
const closing = "Leave and archive";
let w: World;
beforeEach(async () => {
  w = await world();
});
afterEach(async () => {
  expect(w.troubles).toEqual([]);
  await w.close();
});

const people = (count: number): Person[] => Array.from({ length: count }, (_, n) => w.terminal(`member${n + 1}`));
const inviteCode = (text: string): string => / {4}(\w{10})/.exec(text)![1]!;
const welcomed = (answers: readonly string[]) => answers.filter((answer) => answer.includes("Welcome to"));

/** What the pod says of itself, and how many are really in it. */
async function numbers() {
  const [pod] = (await w.store.find(pods, { limit: 1 })).rows;
  return { said: pod!.membersCount, real: await w.store.count(memberships, { podId: pod!.id }) };
}

describe("capacity", () => {
  it("holds when 30 join a pod of 10 at once", async () => {
    await w.terminal("ada").says("/pod create Logic max:10");
    const crowd = people(30);
    for (const one of crowd) await one.says("/help");
    const answers = await Promise.all(crowd.map((one) => one.says("/pod join Logic")));
    expect(welcomed(answers)).toHaveLength(9);
    expect(answers.filter((answer) => answer.includes("Logic is full: all 10 places are taken"))).toHaveLength(21);
    expect(await numbers()).toEqual({ said: 10, real: 10 });
  });

  it("gives a place that was left to the next", async () => {
    const [one, two] = people(2);
    await w.terminal("ada").says("/pod create Logic max:2");
    await one!.says("/pod join Logic");
    expect(await two!.says("/pod join Logic")).toContain("full");
    await one!.says("/pod leave");
    expect(await two!.says("/pod join Logic")).toContain("Welcome");
    expect(await numbers()).toEqual({ said: 2, real: 2 });
  });

  it("counts right when people come and go at once", async () => {
    await w.terminal("ada").says("/pod create Logic max:8");
    const crowd = people(12);
    for (let round = 0; round < 3; round++) {
      await Promise.all(crowd.map((one, n) => one.says(n % 2 ? "/pod join Logic" : "/pod leave Logic")));
      await Promise.all(crowd.map((one, n) => one.says(n % 3 ? "/pod leave Logic" : "/pod join Logic")));
      const { said, real } = await numbers();
      expect(said).toBe(real);
      expect(said).toBeLessThanOrEqual(8);
    }
  });
});

describe("an owner who goes", () => {
  it("leaves no pod behind that somebody comes into at the same moment", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await grace.says("/help");
    for (let round = 0; round < 5; round++) {
      await ada.says(`/pod create Round ${round}`);
      await ada.says(`/pod leave "Round ${round}"`);
      const lines = [ada.presses(closing), grace.says(`/pod join "Round ${round}"`)];
      const [left, came] = await Promise.all(lines);
      const both = [left!.includes("archived"), came!.includes("Welcome")];
      expect(both[0]).not.toBe(both[1]);
    }
  });

  it("lets nobody in who saw the pod before it was archived", async () => {
    const ada = w.terminal("ada");
    await ada.says("/pod create Logic");
    const [before] = (await w.store.find(pods, { limit: 1 })).rows;
    await ada.says("/pod leave");
    await ada.presses(closing);
    const late = admit({ ...w.service.context, correlation: "test" }, before!, { member: "late", via: "open" });
    await expect(late).rejects.toMatchObject({ code: "not_found" });
    expect(await numbers()).toEqual({ said: 0, real: 0 });
  });

  it("reads its code, no inner id, when it was archived meanwhile", async () => {
    const ada = w.terminal("ada");
    await ada.says("/pod create Logic");
    const pod = (await w.store.find(pods, { limit: 1 })).rows[0]!;
    const actor = (await w.store.getBy(profiles, { username: "ada" }))!;
    await ada.says("/pod leave");
    await ada.presses(closing);
    const reader: Reader = { language: "en", zone: "UTC", platform: "terminal" };
    const late = leavePod.run({ ...w.service.context, correlation: "test", actor, reader }, { pod, sure: true });
    await expect(late).rejects.toMatchObject({ code: "not_found", message: expect.stringContaining(pod.code) });
  });

  it("is not one of two who leave the pod to each other", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await ada.says("/pod create Logic");
    await grace.says("/pod join Logic");
    await w.terminal("eve").says("/pod join Logic");
    const { rows } = await w.store.find(memberships, {
      where: { role: "member" },
      orderBy: { field: "joinedAt" },
      limit: 1,
    });
    await w.store.commit([{ kind: "patch", in: memberships, id: rows[0]!.id, set: { role: "owner" } }]);
    const answers = await Promise.all([ada.says("/pod leave"), grace.says("/pod leave")]);
    expect(answers.filter((answer) => answer.includes("You have left Logic"))).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes("only owner of Logic"))).toHaveLength(1);
    expect(await numbers()).toEqual({ said: 2, real: 2 });
  });
});

describe("one person twice at once", () => {
  /** A window of its own on the same account, with nothing that keeps its lines in order. */
  const window = (name: string, shown: string[]) => {
    const terminal = w.service.platforms.get("terminal") as Terminal;
    const answer = ({ text }: { text: string }) => void shown.push(text);
    return terminal.attach({ name, screen: { answer, arrive() {}, newLine() {}, button: () => "" } }, inboxOf(w));
  };
  /** Each line as if it came by another conversation, so that they are handled side by side. */
  const inboxOf = ({ service }: World): Inbox => ({
    ...service.inbox,
    receive: (update) => service.inbox.receive({ ...update, conversation: update.id }),
  });

  it("is in the pod once", async () => {
    await w.terminal("ada").says("/pod create Logic");
    await w.terminal("grace").says("/help");
    const shown: string[] = [];
    await Promise.all([1, 2, 3].map(() => window("grace", shown).hear("/pod join Logic")));
    expect(welcomed(shown)).toHaveLength(1);
    expect(shown.filter((text) => text.includes("already"))).toHaveLength(2);
    expect(await numbers()).toEqual({ said: 2, real: 2 });
  });

  it("leaves it once", async () => {
    await w.terminal("ada").says("/pod create Logic");
    await w.terminal("eve").says("/pod join Logic");
    await w.terminal("grace").says("/pod join Logic");
    const shown: string[] = [];
    await Promise.all([1, 2, 3].map(() => window("grace", shown).hear("/pod leave Logic")));
    expect(shown.filter((text) => text.includes("You have left Logic"))).toHaveLength(1);
    expect(shown.filter((text) => text.includes("You are not in Logic"))).toHaveLength(2);
    expect(await numbers()).toEqual({ said: 2, real: 2 });
  });
});

describe("an invitation", () => {
  it("lets in as many as it is for, and says when it is used up", async () => {
    const ada = w.terminal("ada");
    await ada.says("/pod create Secret privacy:private");
    const invitation = await ada.says("/pod invite uses:2");
    expect(invitation).toContain("2 people");
    const code = inviteCode(invitation);
    const answers: string[] = [];
    for (const one of people(3))
      answers.push(await one.says(`/pod join ${code.slice(0, 5)}-${code.slice(5).toLowerCase()}`));
    expect(answers[0]).toContain("Welcome to Secret");
    expect(answers[1]).toContain("Welcome to Secret");
    expect(answers[2]).toContain("used up");
    expect(await numbers()).toEqual({ said: 3, real: 3 });
  });

  it("gives its last use to one of those who race for it", async () => {
    const ada = w.terminal("ada");
    await ada.says("/pod create Secret privacy:private");
    const code = inviteCode(await ada.says("/pod invite uses:1"));
    const crowd = people(8);
    for (const one of crowd) await one.says("/help");
    const answers = await Promise.all(crowd.map((one) => one.says(`/pod join ${code}`)));
    expect(welcomed(answers)).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes("used up"))).toHaveLength(7);
    expect(await numbers()).toEqual({ said: 2, real: 2 });
  });

  it("is not spent by those who are in already", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await ada.says("/pod create Secret privacy:private");
    const code = inviteCode(await ada.says("/pod invite uses:1"));
    expect(await ada.says(`/pod join ${code}`)).toContain("already");
    expect(await grace.says(`/pod join ${code}`)).toContain("Welcome");
  });

  it("runs out on its day", async () => {
    const [ada, grace, eve] = [w.terminal("ada"), w.terminal("grace"), w.terminal("eve")];
    await ada.says("/pod create Secret privacy:private");
    const code = inviteCode(await ada.says("/pod invite days:2"));
    w.clock.jump(47 * hour);
    expect(await grace.says(`/pod join ${code}`)).toContain("Welcome");
    w.clock.jump(hour);
    expect(await eve.says(`/pod join ${code}`)).toContain("has run out");
    w.clock.jump(31 * 24 * hour);
    await sweepInvites.run({ ...w.service.context, correlation: "test" }, {}, { attempt: 1, runAt: w.clock.now() });
    expect(await eve.says(`/pod join ${code}`)).toContain("I can't find a pod");
  });

  it("opens no full pod, and is not spent on trying", async () => {
    const [ada, grace, eve] = [w.terminal("ada"), w.terminal("grace"), w.terminal("eve")];
    await ada.says("/pod create Secret privacy:private max:2");
    const code = inviteCode(await ada.says("/pod invite uses:2"));
    await grace.says(`/pod join ${code}`);
    expect(await eve.says(`/pod join ${code}`)).toContain("full");
    await grace.says("/pod leave");
    await grace.presses("Leave");
    expect(await eve.says(`/pod join ${code}`)).toContain("Welcome");
  });

  it("is made by every member of an open pod, elsewhere by those who look after it", async () => {
    const [ada, grace, eve] = [w.terminal("ada"), w.terminal("grace"), w.terminal("eve")];
    await ada.says("/pod create Logic");
    await grace.says("/pod join Logic");
    expect(await grace.says("/pod invite Logic")).toContain("Invitation to Logic");
    expect(await eve.says("/pod invite Logic")).toContain("You are not in Logic");
    await ada.says("/pod create Club policy:approval");
    const code = inviteCode(await ada.says("/pod invite Club"));
    expect(await grace.says(`/pod join ${code}`)).toContain("Welcome to Club");
    expect(await grace.says("/pod invite Club")).toContain(
      "Only the owner, admins and moderators of Club can do that: ",
    );
    expect(await ada.says("/pod invite Club days:91")).toContain("at most 90");
    expect(await ada.says("/pod invite Club uses:0")).toContain("at least 1");
  });

  it("by name reaches that member alone, once, with a button", async () => {
    const [ada, grace, eve] = [w.terminal("ada"), w.terminal("Grace Hopper"), w.terminal("eve")];
    await grace.says("/help");
    await eve.says("/help");
    await ada.says("/pod create Secret privacy:private");
    expect(await ada.says('/pod invite who:"grace hopper"')).toContain("I have invited Grace Hopper");
    expect(await ada.says("/pod invite who:@grace-hopper")).toContain("has an invitation to Secret already");
    expect(await ada.says("/pod invite who:nobody")).toContain("no member called “nobody”");
    const told = await grace.sees();
    expect(told.match(/ada invites you to Secret/g)).toHaveLength(1);
    expect(await eve.sees()).not.toContain("Secret");
    expect(await grace.presses("Join")).toContain("Welcome to Secret");
    expect(await ada.says("/pod invite who:grace-hopper")).toContain("is in Secret already");
    expect(await grace.says("/pod leave")).toContain("Leave Secret?");
    await grace.presses("Leave");
    await grace.says("/pod create Another");
    expect(await ada.says("/pod invite Secret who:grace-hopper")).toContain("I have invited");
  });

  it("by name is taken by the pod's name or code too, before what others may join", async () => {
    const [ada, grace, eve] = [w.terminal("ada"), w.terminal("grace"), w.terminal("eve")];
    for (const one of [grace, eve]) await one.says("/help");
    for (const pod of ["Secret privacy:private", "Club policy:approval", "Hidden privacy:private"])
      await ada.says(`/pod create ${pod}`);
    for (const pod of ["Secret", "Club", "Hidden"]) await ada.says(`/pod invite ${pod} who:grace`);
    await ada.says("/pod create Secrets");
    expect(await grace.says("/pod join secret")).toContain("Welcome to Secret.");
    expect(await grace.says("/pod join Club")).toContain("Welcome to Club.");
    const hidden = (await w.store.find(pods, { limit: 9 })).rows.find(({ name }) => name === "Hidden")!;
    for (const named of ["Hidden", hidden.code])
      expect(await eve.says(`/pod join ${named}`)).toContain("I can't find a pod");
    expect(await grace.says(`/pod join ${hidden.code}`)).toContain("Welcome to Hidden.");
    await grace.says("/pod leave Hidden");
    await grace.presses("Leave");
    expect(await grace.says("/pod join Hidden")).toContain("I can't find a pod");
  });

  it("by name is not taken by the pod's name once it has run out", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await grace.says("/help");
    await ada.says("/pod create Secret privacy:private");
    await ada.says("/pod invite who:grace days:1");
    w.clock.jump(24 * hour);
    expect(await grace.says("/pod join Secret")).toContain("I can't find a pod");
  });

  it("by name is spent when they come in by another code, and not told any more", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await grace.says("/notifications quiet 11:00-14:00");
    await ada.says("/pod create Secret privacy:private");
    const code = inviteCode(await ada.says("/pod invite"));
    await ada.says("/pod invite who:grace");
    await grace.says(`/pod join ${code}`);
    await w.settled();
    const { rows } = await w.store.find(invites, { where: { usesLeft: { gt: 0 } }, limit: 10 });
    expect(rows.filter(({ memberId }) => memberId)).toEqual([]);
    await grace.sees();
    await w.advanceTo("2026-03-02T14:30:00Z");
    expect(await grace.sees()).not.toContain("invites you");
  });
});

describe("a pod by asking", () => {
  async function asking() {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await ada.says("/pod create Club policy:approval");
    await ada.sees();
    expect(await grace.says("/pod join Club")).toContain("You will hear from me");
    await grace.sees();
    return { ada, grace };
  }

  it("lets in who was approved, and tells them", async () => {
    const { ada, grace } = await asking();
    expect(await grace.says("/pod join Club")).toContain("asked to join Club already");
    expect((await ada.sees()).match(/grace would like to join Club/g)).toHaveLength(1);
    expect(await numbers()).toEqual({ said: 1, real: 1 });
    expect(await ada.presses("Let in")).toContain("grace is in Club now");
    expect(await grace.sees()).toContain("You are in Club now");
    expect(await ada.presses("Refuse")).toContain("Somebody was faster: grace is in Club now");
    expect(await numbers()).toEqual({ said: 2, real: 2 });
  });

  it("tells who was refused, and lets them ask again after a week", async () => {
    const { ada, grace } = await asking();
    await ada.sees();
    expect(await ada.presses("Refuse")).toContain("grace was not let into Club");
    expect(await grace.sees()).toContain("turned down");
    expect(await grace.says("/pod join Club")).toContain("You can ask again after");
    w.clock.jump(7 * 24 * hour);
    expect(await grace.says("/pod join Club")).toContain("You will hear from me");
    expect(await ada.sees()).toContain("grace would like to join Club");
  });

  it("lets nobody answer who does not look after it", async () => {
    const { ada, grace } = await asking();
    await ada.sees();
    const answer = { action: "request.answer", input: { answer: "approve" } };
    const { rows } = await w.store.find(joinRequests, { limit: 1 });
    const shown: string[] = [];
    const reply = {
      show: async (view: { body: readonly unknown[] }) => void shown.push(JSON.stringify(view.body)),
      replace: async () => undefined,
      notice: async (text: string) => void shown.push(text),
    };
    await w.service.inbox.receive({
      id: "forged",
      conversation: "grace",
      account: { platform: "terminal", workspace: "", userId: "grace", name: "grace" },
      place: { platform: "terminal", channel: "grace", kind: "direct" },
      deed: { kind: "command", call: { ...answer, input: { ...answer.input, request: rows[0]!.id } } },
      reply: reply as never,
    });
    expect(shown.join()).toContain("not yours to answer");
    expect(await numbers()).toEqual({ said: 1, real: 1 });
    expect(await grace.says("/pod members Club")).not.toContain("grace");
  });

  it("keeps a request open that finds the pod full", async () => {
    const { ada } = await asking();
    const eve = w.terminal("eve");
    const [pod] = (await w.store.find(pods, { limit: 1 })).rows;
    await w.store.commit([{ kind: "patch", in: pods, id: pod!.id, set: { maxMembers: 2 } }]);
    await eve.says(`/pod join ${inviteCode(await ada.says("/pod invite"))}`);
    await ada.sees();
    expect(await ada.presses("Let in")).toContain("Club is full");
    await eve.says("/pod leave");
    expect(await ada.presses("Let in")).toContain("grace is in Club now");
    expect(await numbers()).toEqual({ said: 2, real: 2 });
  });

  it("takes nobody without an invitation when it is by invitation", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await ada.says("/pod create Board policy:invite-only");
    expect(await grace.says("/pod join Board")).toContain("by invitation only");
    expect(await grace.says(`/pod join ${inviteCode(await ada.says("/pod invite"))}`)).toContain("Welcome to Board");
  });
});

describe("two members who turn out to be one", () => {
  it("are in each pod once, with the higher role, and counted once", async () => {
    const [ada, grace, olga] = [w.terminal("ada"), w.terminal("grace"), w.terminal("olga")];
    await ada.says("/pod create Logic");
    await grace.says("/pod join Logic");
    await w.terminal("eve").says("/pod join Logic");
    await olga.says("/pod info Logic");
    await olga.sees();
    const [kept, merged] = await Promise.all(
      ["grace", "ada"].map(async (username) => (await w.store.getBy(profiles, { username }))!.id),
    );
    const state = () =>
      w.store.commit([membersMerged({ ...w, correlation: "test" }, { kept: kept!, merged: merged! })]);
    await state();
    await w.settled();
    await state();
    expect(await olga.sees()).toContain("2 of 100");
    expect(await numbers()).toEqual({ said: 2, real: 2 });
    expect(await grace.says("/pod members")).toMatch(/grace · owner/);
    expect((await w.store.find(pods, { limit: 1 })).rows[0]!.creatorId).toBe(kept);
  });
});

// Pods as members live with them: founding, finding, joining, leaving, and what strangers never see.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { insert } from "../../../src/core/kernel/change.ts";
import { profiles } from "../../../src/core/members/read.ts";
import { memberships, pods } from "../../../src/core/pods/read.ts";
import { type World, world } from "../../support/world.ts";

let w: World;
beforeEach(async () => {
  w = await world();
});
afterEach(async () => {
  expect(w.troubles).toEqual([]);
  await w.close();
});

const codeIn = (text: string): string => /Code: (\w{6})/.exec(text)![1]!;

describe("a public pod", () => {
  it("is founded in one line, found, joined, shown and left", async () => {
    const [ada, grace] = [w.terminal("ada", { zone: "Europe/Berlin" }), w.terminal("grace")];
    const created = await ada.says(
      '/pod create Linear Algebra category:Maths subject:"First year" tags:"#proofs, x" max:2',
    );
    expect(created).toContain("Linear Algebra is ready");
    expect(created).toContain("1 of 2");
    const { rows } = await w.store.find(pods, { limit: 2 });
    expect(rows).toMatchObject([
      { name: "Linear Algebra", category: "maths", tags: ["proofs", "x"], timezone: "Europe/Berlin", membersCount: 1 },
    ]);

    expect(await grace.says("/pod find algebra")).toContain("Linear Algebra");
    expect(await grace.presses("Join Linear Algebra")).toContain("Welcome to Linear Algebra");
    const card = await ada.says("/pod info");
    expect(card).toContain("2 of 2");
    expect(card).toContain("First year");
    expect(await ada.presses("Members")).toMatch(/Members of Linear Algebra: 2[\s\S]*ada · owner[\s\S]*grace/);

    expect(await grace.says("/pod leave")).toContain("You have left Linear Algebra");
    expect(await grace.says("/pod leave linear algebra")).toContain("You are not in Linear Algebra");
    expect(await ada.sees()).toContain("1 of 2");
  });

  it("keeps its posted card current, also after it is archived", async () => {
    const [ada, grace, eve] = [w.terminal("ada"), w.terminal("grace"), w.terminal("eve")];
    await ada.says("/pod create Topology");
    await eve.says("/pod info Topology");
    await eve.sees();
    await grace.says("/pod join Topology");
    expect(await eve.sees()).toContain("2 of 100");
    await grace.presses("Leave");
    expect(await eve.sees()).toContain("1 of 100");
    await ada.says("/pod leave");
    await ada.presses("Leave and archive");
    expect(await eve.sees()).toContain("Topology is archived");
    expect(await grace.says("/pod join Topology")).toContain("I can't find a pod “Topology”");
  });

  it("is named by code in any case, by name in any case, and by the beginning of its name", async () => {
    const ada = w.terminal("ada");
    const code = codeIn(await ada.says("/pod create Größe der Zahlen"));
    for (const named of [code, code.toLowerCase(), `#${code}`, "GRÖSSE der zahlen", "größe  DER zahlen", "größe"])
      expect([named, await ada.says(`/pod info ${named}`)]).toEqual([
        named,
        expect.stringContaining("Größe der Zahlen"),
      ]);
  });

  it("is asked for by code when several have the name, unless one of them is one's own", async () => {
    const [ada, grace, linus] = [w.terminal("ada"), w.terminal("grace"), w.terminal("linus")];
    const first = codeIn(await ada.says("/pod create Logic"));
    const second = codeIn(await grace.says("/pod create logic"));
    const several = await linus.says("/pod join Logic");
    expect(several).toContain(first);
    expect(several).toContain(second);
    expect(await linus.says(`/pod join ${second}`)).toContain("Welcome to logic");
    expect(await linus.says("/pod members LOGIC")).toContain("grace · owner");
  });

  it("takes in nobody twice, and says so", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await ada.says("/pod create Logic");
    await grace.says("/pod join Logic");
    expect(await grace.says("/pod join Logic")).toContain("You are in Logic already");
    expect(await ada.says("/pod join Logic")).toContain("You are in Logic already");
    expect(await ada.says("/pod info")).toContain("2 of 100");
  });

  it("asks which pod is meant when none is named and several could be", async () => {
    const ada = w.terminal("ada");
    await ada.says("/pod create Logic");
    await ada.says("/pod create Topology");
    expect(await ada.says("/pod members")).toContain("Which pod?");
    expect(ada.buttons()).toEqual(expect.arrayContaining(["Logic", "Topology"]));
    expect(await ada.presses("Topology")).toContain("Members of Topology");
  });

  it("shows members and search results page by page, each once", async () => {
    const ada = w.terminal("ada");
    for (let n = 1; n <= 12; n++) await ada.says(`/pod create Course ${n} end`);
    const shown: string[] = [];
    let page = await ada.says("/pod find course");
    for (;;) {
      shown.push(...[...page.matchAll(/• (Course \d+) end/g)].map((match) => match[1]!));
      if (!ada.buttons().includes("More")) break;
      page = await ada.presses("More");
    }
    expect(shown).toHaveLength(12);
    expect(new Set(shown).size).toBe(12);
    for (let n = 1; n <= 25; n++) await w.terminal(`m${n}`).says('/pod join "Course 3 end"');
    const first = await ada.says('/pod members "Course 3 end"');
    expect(first.match(/•/g)).toHaveLength(20);
    expect((await ada.presses("More")).match(/•/g)).toHaveLength(6);
  });

  it("is found by category alone, and nothing by signs alone", async () => {
    const ada = w.terminal("ada");
    await ada.says("/pod create Logic category:Maths");
    await ada.says("/pod create French category:languages");
    const found = await ada.says("/pod find category:maths");
    expect(found).toContain("Logic");
    expect(found).not.toContain("French");
    expect(await ada.says('/pod find "*:()^"')).toContain("No pod for");
  });

  it("speaks German to those who do", async () => {
    const ada = w.terminal("ada", { language: "de" });
    expect(await ada.says("/pod create Analysis")).toContain("Analysis steht");
    expect(await ada.says("/pod info")).toContain("1 von 100");
  });
});

describe("the pods to pick from", () => {
  const offered = async (name: string, line: string) =>
    [...(await w.terminal(name).says(line)).matchAll(/!\d+ (Logic|Sets|Graphs|Closed)\b/g)]
      .map(([, pod]) => pod)
      .sort();

  it("are those one is not in to join, and one's own where only members can act", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    for (const name of ["Logic", "Sets"]) await ada.says(`/pod create ${name}`);
    for (const name of ["Graphs", "Closed policy:invite-only"]) await grace.says(`/pod create ${name}`);
    expect(await offered("ada", "/pod join")).toEqual(["Graphs"]);
    for (const line of ["/pod leave", "/pod invite", "/pod handover grace", "/event create Plot at 6pm"])
      expect([line, await offered("ada", line)]).toEqual([line, ["Logic", "Sets"]]);
    expect(await offered("ada", "/pod info")).toEqual(["Closed", "Graphs", "Logic", "Sets"]);
  });
});

it("what was found is offered to join where that can be, and else to be shown", async () => {
  const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
  for (const pod of ["Open", "Choosy policy:approval", "Closed policy:invite-only"])
    await ada.says(`/pod create ${pod}`);
  const found = await grace.says("/pod find");
  for (const choice of ["Join Open", "Ask to join Choosy", "Show Closed"]) expect(found).toContain(choice);
  expect(await grace.presses("Show Closed")).toContain("Closed\nMembers: 1 of 100");
});

describe.each(["private", "invite-only"])("a pod that is %s", (privacy) => {
  it("does not exist for strangers, in the very words of one that does not exist", async () => {
    const [ada, eve] = [w.terminal("ada"), w.terminal("eve")];
    const code = codeIn(await ada.says(`/pod create Secret circle privacy:${privacy} policy:open`));
    const id = (await w.store.getBy(pods, { code }))!.id;
    const commands = ["info", "join", "members", "leave", "invite", "bind"];
    for (const named of ["Secret circle", "secret", code, id])
      for (const command of commands) {
        const there = await eve.says(`/pod ${command} ${named}`);
        const missing = `${named.slice(0, -1)}${named.endsWith("2") ? "3" : "2"}`;
        const nowhere = await eve.says(`/pod ${command} ${missing}`);
        expect(there).toContain("I can't find a pod");
        expect(there.replace(named, "X")).toBe(nowhere.replace(missing, "X"));
      }
    const found = await eve.says("/pod find secret");
    expect(found.replaceAll("secret", "X")).toBe((await eve.says("/pod find nowhere")).replaceAll("nowhere", "X"));
    await eve.says("/pod create Open house");
    expect(await eve.says("/pod find")).not.toContain("Secret");
    expect(await eve.says("/pod join")).toContain("Which pod");
    expect(eve.buttons().join()).not.toContain("Secret");
  });

  it("is found by its own members, and left only when they are sure", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await ada.says(`/pod create Secret circle privacy:${privacy}`);
    expect(await ada.says("/pod find circle")).toContain("you are in it");
    const invitation = await ada.says("/pod invite");
    await grace.says(`/pod join ${/ {4}(\w{10})/.exec(invitation)![1]}`);
    expect(await grace.says("/pod leave")).toContain("new invitation");
    expect(await ada.says("/pod info")).toContain("2 of 100");
    expect(await grace.presses("Leave")).toContain("You have left");
    expect(await grace.says("/pod info secret")).toContain("I can't find a pod");
  });
});

describe("the last owner", () => {
  it("stays while others are in the pod", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await ada.says("/pod create Logic");
    await grace.says("/pod join Logic");
    expect(await ada.says("/pod leave")).toContain("only owner of Logic");
    await grace.says("/pod leave");
    expect(await ada.says("/pod leave")).toContain("archived: nobody can find");
    expect(await ada.says("/pod leave")).toContain("the pod is archived");
    await ada.says("/profile edit language:de");
    expect(await ada.says("/pod leave")).toContain("wird der Pod archiviert");
    expect(await ada.says("/pod info")).toContain("1 von 100");
  });

  it("of a public pod may be anybody, which its founder is told", async () => {
    const ada = w.terminal("ada");
    expect(await ada.says("/pod create Logic")).toContain("everybody who uses this PeerSpark");
    expect(await ada.says("/pod create Thesis privacy:private")).not.toContain("everybody");
  });

  it("of one name are told apart by their usernames, and nobody else is", async () => {
    const [ada, grace, eve] = [w.terminal("ada"), w.terminal("grace"), w.terminal("eve")];
    await ada.says("/pod create Logic");
    for (const one of [grace, eve]) await one.says("/pod join Logic");
    await eve.says("/profile edit name:grace");
    const members = await ada.says("/pod members");
    expect(members).toMatch(/ada · owner/);
    expect(members).toContain("grace (grace)");
    expect(members).toContain("grace (eve)");
  });

  it("can go once the pod is in other hands", async () => {
    const [ada, grace, eve] = [w.terminal("ada"), w.terminal("grace"), w.terminal("eve")];
    await ada.says("/pod create Logic");
    await grace.says("/pod join Logic");
    await eve.says("/help");
    expect(await grace.says("/pod handover grace")).toContain("Only the owner of Logic can do that: ada.");
    expect(await ada.says("/pod handover eve")).toContain("eve is not in Logic");
    expect(await ada.says("/pod handover ada")).toContain("You own Logic already");
    expect(await ada.says("/pod handover grace")).toContain("Make grace the owner of Logic?");
    expect(await grace.says("/pod members")).toContain("ada · owner");
    expect(await ada.presses("Hand over")).toContain("grace owns Logic now");
    expect(await grace.sees()).toContain("ada has made you the owner of Logic");
    expect(await grace.says("/pod members")).toMatch(/ada · admin[\s\S]*grace · owner/);
    expect(await ada.says("/pod leave")).toContain("You have left Logic");
    expect(await grace.says("/pod info")).toContain("1 of 100");
  });

  it("names the next one as they are called in the pod, whoever else is called so", async () => {
    const strangers = Array.from({ length: 120 }, (_, n) =>
      insert(profiles, { id: w.secrets.id(), username: `other-${n}`, displayName: "Anna", joinedAt: 1 }),
    );
    for (let at = 0; at < strangers.length; at += 60) await w.store.commit(strangers.slice(at, at + 60));
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await ada.says("/pod create Logic");
    await grace.says("/pod join Logic");
    await grace.says("/profile edit name:Anna");
    expect(await ada.says("/pod handover anna")).toContain("Make Anna the owner of Logic?");
    expect(await ada.presses("Hand over")).toContain("Anna owns Logic now");
    const { rows } = await w.store.find(memberships, { where: { role: "owner" }, limit: 9 });
    expect((await w.store.get(profiles, rows[0]!.memberId))!.username).toBe("grace");
  });

  it("does not archive the pod under somebody who has just come", async () => {
    const [ada, grace] = [w.terminal("ada"), w.terminal("grace")];
    await ada.says("/pod create Logic");
    await ada.says("/pod leave");
    await grace.says("/pod join Logic");
    expect(await ada.presses("Leave and archive")).toContain("only owner of Logic");
    expect(await grace.says("/pod info")).toContain("2 of 100");
  });
});

describe("bad input", () => {
  const names = {
    emoji: "🔥👩‍👩‍👧 study",
    rtl: "מתמטיקה ביחד",
    html: "<b>bold</b> & <script>alert(1)</script>",
    markdown: "*a* **b** `c` [d](http://e) # f",
    everyone: "@everyone @here <!channel>",
    quotes: "“Ada's” pod’s",
    colon: "Maths: an introduction",
    growing: "\ufdfa".repeat(100),
  };
  it.each(Object.entries(names))("takes a name of %s as it is", async (_, name) => {
    const ada = w.terminal("ada");
    const created = await ada.says(`/pod create ${name}`);
    const pod = (await w.store.getBy(pods, { code: codeIn(created) }))!;
    expect(pod.name).toBe(name);
    expect(await ada.says(`/pod info ${pod.name}`)).toContain(name);
    expect(await ada.says("/pod find")).toContain(name);
  });

  it.each([
    ["zero-width", "\u200b\u200d\u2060\ufeff"],
    ["a filler", "\u3164\u2800"],
    ["direction marks", "\u202e\u200f"],
  ])("refuses a name of nothing but %s", async (_, name) => {
    const ada = w.terminal("ada");
    expect(await ada.says(`/pod create "${name}"`)).toContain("nothing to see");
    expect(await w.store.count(pods)).toBe(0);
  });

  it("keeps nothing in a line of its own that turns the text around it", async () => {
    await w
      .terminal("ada")
      .says(
        '/pod create "\u202eLo\u2066gic" category:"\u202ema\u2069ths" subject:"\u202dYear" tags:"\u202ex, y\u2067"',
      );
    expect((await w.store.find(pods, { limit: 2 })).rows).toMatchObject([
      { name: "Logic", category: "maths", subject: "Year", tags: ["x", "y"] },
    ]);
  });

  it("takes no name, category or description that is too long", async () => {
    const ada = w.terminal("ada");
    const long = "x".repeat(10_000);
    expect(await ada.says(`/pod create ${long}`)).toContain("at most 100");
    expect(await ada.says(`/pod create A category:${long}`)).toContain("at most 50");
    expect(await ada.says(`/pod create A description:${long}`)).toContain("at most 1000");
    expect(await w.store.count(pods)).toBe(0);
    expect((await ada.says(`/pod info ${long}`)).length).toBeLessThan(500);
    expect((await ada.says(`/pod find ${long}`)).length).toBeLessThan(500);
  });

  it("keeps capacities between 2 and 1000", async () => {
    const ada = w.terminal("ada");
    expect(await ada.says("/pod create A max:1")).toContain("at least 2");
    expect(await ada.says("/pod create A max:1001")).toContain("at most 1000");
    expect(await ada.says("/pod create A max:many")).toContain("whole number");
    expect(await ada.says("/pod create A privacy:secret")).toContain("public, private, invite-only");
    expect(await w.store.count(pods)).toBe(0);
  });

  it("asks for a name that is missing", async () => {
    const ada = w.terminal("ada");
    expect(await ada.says("/pod create")).toContain("What should the pod be called?");
    expect(await ada.says("Logic")).toContain("Logic is ready");
  });
});

it.each([
  ["en", "x".repeat(10_000), "That is too long: at most 100 characters, please."],
  ["de", "x".repeat(10_000), "Das ist zu lang: bitte höchstens 100 Zeichen."],
  ["en", "\u200b\u200d", "There is nothing to see in that."],
] as const)("a name that can't be (%s) is asked for again, and the rest is kept", async (language, name, problem) => {
  const who = w.terminal("nia", { language });
  const asked = await who.says(`/pod create "${name}" privacy:private`);
  expect(asked).toContain(problem);
  expect(asked).toContain(language === "en" ? "What should the pod be called?" : "Wie soll der Pod heißen?");
  await who.says("Topology");
  expect(await w.store.find(pods, { limit: 2 })).toMatchObject({ rows: [{ name: "Topology", privacy: "private" }] });
});

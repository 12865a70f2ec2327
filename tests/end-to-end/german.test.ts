// Somebody whose Telegram speaks German: answers, dates and the list of commands.
import { afterEach, expect, it } from "@jest/globals";
import { eventually, groupOf, type Town, town } from "../support/town.ts";

let t: Town;
afterEach(() => t.close());

it("is answered in German, with German dates, from the first word on", async () => {
  t = await town();
  const jan = t.server.user({ first: "Jan", language: "de-AT" });
  jan.start();
  expect(await t.news(jan)).toEqual([expect.stringContaining("Hallo Jan, ich bin PeerSpark")]);
  expect((await t.says(jan, jan, "/pod create Lineare Algebra")).here).toContain("Lineare Algebra steht");
  const preview = await t.says(jan, jan, "/event create Eigenwerte morgen 18 Uhr für 90 min");
  expect(preview.here).toContain("Diesen Termin anlegen?");
  expect(preview.here).toContain("Wann: Di., 3. März 2026, 18:00 UTC – 19:30 UTC");
  await t.presses(jan, jan, "Anlegen");
  expect(
    t
      .shown(jan, "Angelegt. Der Code ist")
      .keyboard.flat()
      .map(({ text }) => text),
  ).toEqual(["Komme", "Vielleicht", "Kann nicht"]);
  expect(await t.presses(jan, jan, "Vielleicht")).toContain("Vielleicht also: Eigenwerte, Di., 3. März 2026");
  await t.news(jan);
  expect((await t.says(jan, jan, "/erfunden")).here).toContain("„erfunden“ kenne ich nicht");
  expect((await t.says(jan, jan, "/remind me Kapitel 3 wiederholen gestern um 7")).here).not.toMatch(
    /\b(the|that|past)\b/,
  );
  await t.news(jan);
  await t.until("2026-03-02T18:00:00Z");
  expect(await t.news(jan)).toEqual([expect.stringContaining("Eigenwerte beginnt in 24 Stunden")]);
  expect(t.troubles()).toEqual([]);
});

it("meets others in one group: each is told in their own language, the group in that of who brought the bot", async () => {
  t = await town();
  const jan = await t.person("Jan", "de");
  const ada = await t.person("Ada", "en");
  await t.says(jan, jan, "/pod create Algebra");
  const group = t.server.group({ title: "Mathe", bot: false });
  group.add(jan, { admin: true });
  group.add(ada);
  group.addBot(jan);
  expect(await t.news(group)).toEqual([expect.stringContaining("Hallo, ich bin PeerSpark")]);
  await t.says(jan, group, "/pod bind Algebra");
  await t.says(ada, group, "/pod join Algebra");
  await t.says(ada, group, "/event create Eigenvalues tomorrow 6pm");
  await t.presses(ada, ada, "Create");
  expect(t.shown(group, "Eigenvalues").text).toContain("Wann: Di., 3. März 2026");
  expect(await t.presses(jan, group, "Komme")).toContain("Du kommst zu Eigenvalues");
  expect(t.shown(ada, "Eigenvalues").text).toContain("Going (2): Ada, Jan");
  await t.says(ada, ada, "/event cancel Eigenvalues");
  await t.presses(ada, ada, "Cancel the event");
  expect((await t.news(jan)).at(-1)).toContain("Eigenvalues wurde abgesagt");
});

it("sees the commands in German; everybody else sees them in English", async () => {
  t = await town();
  await eventually(() => t.server.calls("setMyCommands").length === 4);
  const lists = t.server.calls("setMyCommands").map(({ params, status }) => {
    expect(status).toBe(200);
    return { language: params.language_code, commands: params.commands as { command: string; description: string }[] };
  });
  expect(new Set(lists.map(({ language }) => language))).toEqual(new Set([undefined, "de"]));
  const [english, german] = [undefined, "de"].map((one) => lists.find(({ language }) => language === one)!.commands);
  expect(english!.map(({ command }) => command)).toEqual(german!.map(({ command }) => command));
  for (const { command } of english!) expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
  const described = (list: typeof english, command: string) =>
    list!.find((one) => one.command === command)?.description;
  expect(described(english, "event_create")).toBe("Plan an event");
  expect(described(german, "event_create")).toBe("Einen Termin planen");
  const ada = await t.person("Ada");
  for (const { command } of english!) {
    const { here } = await t.says(ada, groupOf(t, "Somewhere", [ada]), `/${command}@${t.server.bot.username}`);
    expect(here).not.toContain("I don't know");
    await t.says(ada, ada, "/cancel");
  }
  const before = t.server.calls("setMyCommands").length;
  await t.restart();
  await eventually(() => t.server.calls("getMyCommands").length === 8);
  expect((await t.says(ada, ada, "/profile")).here).toContain("Ada");
  expect(t.server.calls("setMyCommands")).toHaveLength(before);
});

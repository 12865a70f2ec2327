// What our own sentences name is called as each app has it, and understood on each, whatever its name comes from.
import { describe, expect, it } from "@jest/globals";
import { commandNamed, commandTable, isOurs, understand } from "../../../src/adapters/chat/commands.ts";
import { discordNaming as discord } from "../../../src/adapters/chat/discord/naming.ts";
import { slackNaming as slack } from "../../../src/adapters/chat/slack/command-names.ts";
import { spelled } from "../../../src/adapters/chat/spelled.ts";
import { telegramNaming as telegram } from "../../../src/adapters/chat/telegram/register-commands.ts";
import { features } from "../../../src/core/features.ts";
import { commandsOf } from "../../../src/core/help/command-index.ts";
import { houseOf } from "../../../src/core/kernel/feature.ts";
import { languages, md, type Reader } from "../../../src/core/text.ts";
import { note, type View } from "../../../src/core/view.ts";

const house = houseOf(features);
const table = commandTable(house);
const named = (line: string) => commandNamed(table, line)!;
const english = { language: "en", zone: "UTC", platform: "test" } as const;
const inGerman: Reader = { ...english, language: "de", menu: "de" };
const paths = commandsOf(house.actions.values()).map(({ path }) => path);

describe("a command of ours", () => {
  it.each([
    [
      "/event create Eigenvalues tomorrow 6pm",
      "/event create what:Eigenvalues tomorrow 6pm",
      "/termin erstellen was:Eigenvalues tomorrow 6pm",
    ],
    [
      '/event create Sheet 3 capacity:8 place:"Room 5"',
      "/event create what:Sheet 3 capacity:8 place:Room 5",
      "/termin erstellen was:Sheet 3 plätze:8 ort:Room 5",
    ],
    [
      "/event rsvp EV7K2Q maybe",
      "/event rsvp event:EV7K2Q answer:maybe",
      "/termin zusagen termin:EV7K2Q antwort:vielleicht",
    ],
    [
      "/pod create Mengen sichtbarkeit:privat",
      "/pod create name:Mengen privacy:private",
      "/pod erstellen name:Mengen sichtbarkeit:privat",
    ],
    ["/pod join JXAC3F", "/pod join pod:JXAC3F", "/pod beitreten pod:JXAC3F"],
    [
      "/notifications quiet 22:00-07:30",
      "/notifications change:quiet 22:00-07:30",
      "/mitteilungen änderung:quiet 22:00-07:30",
    ],
    ["/profile", "/profile show", "/profil zeigen"],
    ["/remind list", "/remind list", "/erinnern liste"],
    ["/help", "/help", "/hilfe"],
  ])("%s has its options by name on Discord, in the language of the menu", (line, en, de) => {
    expect(discord.command(named(line), "en")).toBe(en);
    expect(discord.command(named(line), "de")).toBe(de);
  });

  it("is one word on Telegram, and not one of Slack's own on Slack", () => {
    expect(telegram.command(named("/event create X tomorrow"), "en")).toBe("/event_create X tomorrow");
    expect(telegram.command(named("/help"), "de")).toBe("/help");
    expect(slack.command(named("/remind me to rest at 5"), "de")).toBe("/ps-remind me to rest at 5");
    expect(slack.command(named("/event list"), "en")).toBe("/event list");
  });

  it("is none where it is another's, or no command at all", () => {
    for (const line of ["/invite @PeerSpark", "event list", "/", "/unknown list"])
      expect(commandNamed(table, line)).toBeUndefined();
  });
});

describe("a view", () => {
  const see = md`See **\`/remind list\`**`;
  const everywhere: View = {
    title: see,
    body: [{ paragraph: see }, { list: [see] }, { quote: see }, { code: "/remind list\n/help pods" }],
    fields: [{ name: see, value: see }],
    footer: see,
    buttons: [[{ label: "/remind list", call: { action: "help.show", input: {} } }]],
    form: {
      call: { action: "remind.list", input: {} },
      title: see,
      fields: [{ name: "x", label: () => see, kind: "text", required: true, problem: see }],
    },
  };

  it("has every command called as its app calls it, wherever it stands", () => {
    const shown = spelled(everywhere, english, table, slack);
    const label = shown.form!.fields[0]!.label(english);
    const words = JSON.stringify([shown, label]);
    expect(words.match(/\/ps-remind list/g)).toHaveLength(12);
    expect(words).toContain("/ps-help pods");
    expect(words).not.toMatch(/\/remind|\/help/);
  });

  it("is called by German names for somebody alone whose menu has them", () => {
    const seen = (view: View, reader: Reader) => JSON.stringify(spelled(view, reader, table, discord).body);
    expect(seen(note(see), inGerman)).toContain("/erinnern liste");
    expect(seen({ ...note(see), audience: "channel" }, inGerman)).toContain("/remind list");
    expect(seen(note(see), { ...inGerman, menu: "en" })).toContain("/remind list");
    expect(seen(note(md`\`when:\` \`<what>\` \`2:1\``), inGerman)).toContain(
      '{"code":"wann:"}," ",{"code":"was:"}," ",{"code":"2:1"}',
    );
    expect(seen(note(md`\`plätze:\` \`<was>\``), { ...inGerman, menu: "en" })).toContain(
      '{"code":"capacity:"}," ",{"code":"what:"}',
    );
  });

  it("has nothing that people wrote changed", () => {
    const written: View = { ...note("`/remind list`"), buttons: [[{ label: "remind", url: "https://x.example" }]] };
    expect(spelled(written, english, table, slack)).toEqual(written);
  });
});

describe("what a command is called", () => {
  const inputOf = (text: string) => {
    const understood = understand(table, text);
    return understood.kind === "call" ? understood.call : understood;
  };

  it("is understood on every app, in every language", () => {
    for (const path of paths)
      for (const menu of languages)
        for (const naming of [discord, telegram, slack]) {
          const called = naming.command(named(`/${path}`), menu);
          if (called.endsWith(path === "profile" ? " show" : "\0")) continue;
          const heard = called.replace(/^\/(ps-)?/, "");
          expect([called, inputOf(heard)]).toEqual([called, inputOf(path)]);
        }
  });

  it("is understood with its options, spelt without umlauts, or half in another language", () => {
    expect(inputOf("termin erstellen Eigenwerte morgen 18 Uhr ort:Mensa plätze:8")).toEqual({
      action: "event.create",
      input: { what: "Eigenwerte morgen 18 Uhr", place: "Mensa", capacity: "8" },
    });
    expect(inputOf("erinnern mich in 5 Minuten Tee")).toEqual(inputOf("remind me in 5 Minuten Tee"));
    expect(inputOf("Termin_Liste")).toEqual(inputOf("event list"));
    expect(inputOf("pod loesen")).toEqual(inputOf("pod unbind"));
    expect(inputOf("event erstellen X")).toEqual(inputOf("event create X"));
    expect(inputOf("event rsvp EV7K2Q vielleicht")).toEqual({
      action: "event.rsvp",
      input: { event: "EV7K2Q", answer: "maybe" },
    });
    expect(inputOf("termin")).toEqual({ kind: "area", area: "event" });
    expect(inputOf("termin hilfe")).toEqual({ kind: "area", area: "event" });
  });

  it.each([
    ["event create X tomorrow 6pm seats:1", { what: "X tomorrow 6pm", capacity: "1" }],
    ["event create X tomorrow 6pm Where:Mensa", { what: "X tomorrow 6pm", place: "Mensa" }],
    ["termin erstellen X morgen 18 Uhr wo:Mensa", { what: "X morgen 18 Uhr", place: "Mensa" }],
    ["pod create Kiosk capacity:5", { name: "Kiosk", max: "5" }],
    ["pod erstellen Kiosk plätze:5", { name: "Kiosk", max: "5" }],
    ["profile edit timezone:Berlin", { zone: "Berlin" }],
    ["termin erstellen X morgen 18 Uhr plaetze:8", { what: "X morgen 18 Uhr", capacity: "8" }],
  ])("is understood with its options as they are read or can be typed: %s", (typed, input) => {
    expect(inputOf(typed)).toMatchObject({ input });
  });

  it("is understood run together, and by the name that Telegram gives it everywhere", () => {
    expect(inputOf("remindme to rest tomorrow")).toEqual(inputOf("remind me to rest tomorrow"));
    expect(inputOf("settings")).toEqual(inputOf("notifications"));
  });

  it("is known for ours where another bot may be meant", () => {
    const known = (text: string) => isOurs(table, text);
    expect(["event foo", "Termin_Liste", "remindme at 5", "hilfe"].filter((text) => !known(text))).toEqual([]);
    expect(["weather", "eventful", "events list", "pod_weather"].filter(known)).toEqual(["pod_weather"]);
  });
});

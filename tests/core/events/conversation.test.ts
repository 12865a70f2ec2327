// Events as people meet them in a chat: typed, pressed, and current wherever they were shown.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { type Person, type World, world } from "../../support/world.ts";

let w: World;
let ada: Person;
let bob: Person;

beforeEach(async () => {
  w = await world();
  ada = w.terminal("ada", { zone: "Europe/Berlin" });
  bob = w.terminal("bob", { zone: "America/New_York" });
  await ada.says("/pod create Linear Algebra category:maths");
  await bob.says("/pod join Linear Algebra");
});
afterEach(() => w.close());

const planned = async (line: string) => {
  await ada.says(`/event create ${line}`);
  await ada.presses("Create");
  await ada.sees();
};

it("an event is created by a line and a button, answered by another member, and its card follows", async () => {
  expect(await ada.says("/event create Eigenvalues tomorrow 6pm for 90 min capacity:1")).toContain(
    "18:00 CET – 19:30 CET",
  );
  expect(await ada.presses("Create")).toMatch(/Created\. Its code is \w{6}[\s\S]*Seats: 1 of 1\nGoing \(1\): ada/);
  await ada.sees();
  expect(await bob.says("/event info Eigenvalues")).toContain("Tue, 3 Mar 2026, 12:00");
  expect(await bob.presses("Going")).toContain("waitlist at place 1");
  expect(await ada.sees()).toContain(
    "↻ Eigenvalues\nWhen: Tue, 3 Mar 2026, 18:00 CET – 19:30 CET\nSeats: 1 of 1, 1 on the waitlist",
  );
  expect(await ada.presses("Can't")).toContain("You are not coming");
  const seen = await bob.sees();
  expect(seen).toContain("Seats: 1 of 1\nGoing (1): bob");
  expect(seen).toContain("» You have a seat now: Eigenvalues");
  const inbox = await bob.says("/inbox");
  expect(inbox).toMatch(/You have a seat now: Eigenvalues · Mon, 2 Mar 2026/);
  expect(inbox).not.toContain("press");
  expect(w.troubles).toEqual([]);
});

it("one's own place in the waitlist is said to oneself", async () => {
  await planned("Eigenvalues tomorrow 6pm capacity:1");
  await bob.says("/event rsvp Eigenvalues");
  expect(await bob.says("/event info Eigenvalues")).toContain("You are on the waitlist at place 1.");
  await bob.says("/profile edit language:de");
  expect(await bob.says("/event info Eigenvalues")).toContain("Du stehst auf der Warteliste an Stelle 1.");
  expect(await ada.says("/event info Eigenvalues")).not.toContain("at place");
});

it("of an event in a pod that is bound nowhere it isn't said that it was posted", async () => {
  await ada.says("/event create Eigenvalues tomorrow 6pm");
  expect(await ada.presses("Create")).toMatch(/No group or channel has it yet: \/pod bind \w{6} in one brings/);
  await ada.says("/profile edit language:de");
  await ada.says("/event create Matrizen morgen 20 Uhr");
  expect(await ada.presses("Anlegen")).toMatch(/in keiner Gruppe und keinem Kanal: \/pod bind \w{6} holt/);
});

it("a card loses its buttons when the event is cancelled, and an old button says so", async () => {
  await planned("Eigenvalues tomorrow 6pm");
  await bob.says("/event info Eigenvalues");
  await bob.presses("Maybe");
  await bob.sees();
  await ada.says("/event cancel Eigenvalues");
  expect(await ada.presses("Cancel the event")).toContain("Eigenvalues is cancelled");
  const seen = await bob.sees();
  expect(seen).toContain("↻ Eigenvalues\nIt was cancelled.");
  expect(seen).toContain("» Eigenvalues was cancelled");
  expect(await bob.presses("Going")).toContain("was cancelled. /event list");
});

it("a private pod's card is not kept current for those who asked for it, who may leave", async () => {
  await ada.says("/pod create Secret privacy:private");
  const code = / {4}(\w{10})/.exec(await ada.says("/pod invite Secret"))![1];
  await bob.says(`/pod join ${code}`);
  await planned("Plot tomorrow 6pm pod:Secret");
  expect(await bob.says("/event info Plot")).toContain("Going (1): ada");
  await bob.says("/pod leave Secret");
  await bob.presses("Leave");
  await bob.sees();
  await ada.says("/event rsvp Plot maybe");
  expect(await bob.sees()).not.toContain("Plot");
});

it("a title may hold the name of a field that nobody is asked for", async () => {
  expect(await ada.says("/event create Movie day: Inception tomorrow 6pm pod:Linear")).toContain(
    "Movie day: Inception",
  );
});

it("the pod that had to be asked for can't be left out when its answer was no good", async () => {
  await ada.says("/pod create cancel");
  expect(await ada.says("/event create Solo tomorrow 7pm")).toContain("In which pod?");
  const again = await ada.says("bogus");
  expect(again).toMatch(/can't find a pod “bogus”[\s\S]*In which pod\?[\s\S]*Linear Algebra/);
  expect(again).not.toContain("Leave it out");
  expect(await ada.presses("cancel")).toMatch(/Pod: cancel/);
});

it("a time that cannot be is asked for again, with the title and the day kept", async () => {
  expect(await ada.says("/event create Plots tomorrow 25:00")).toContain("no “25:00” on the clock");
  expect(await ada.says("6pm")).toMatch(/Plots[\s\S]*Tue, 3 Mar 2026, 18:00/);
  expect(await ada.says("/event create Plots yesterday 6pm")).toContain("in the past");
  expect(await ada.says("tomorrow 6pm")).toMatch(/Plots[\s\S]*Tue, 3 Mar 2026, 18:00/);
  expect(await ada.says("/event create Plots 30 February 6pm")).toContain("no “30 February”");
  expect(await ada.says("6 March 6pm")).toMatch(/Plots[\s\S]*Fri, 6 Mar 2026, 18:00/);
});

it.each(["90 min", "for 90 min", "1h30"])("a length that is none is asked for alone: “%s”", async (length) => {
  const asked = await ada.says("/event create Plots tomorrow 6pm for 0 min");
  expect(asked).toMatch(/“for 0 min” is not a length of time[\s\S]*How long does it take\?/);
  expect(asked).not.toContain("When?");
  expect(await ada.says("for 0 min")).toContain("How long does it take?");
  expect(await ada.says("quite long")).toMatch(/I found no time in that[\s\S]*How long does it take\?/);
  expect(await ada.says(length)).toMatch(/Plots[\s\S]*Tue, 3 Mar 2026, 18:00 CET – 19:30 CET/);
});

it("where a length is asked for, another time is taken as well, on the day that was said", async () => {
  await ada.says("/event create Plots thursday 6pm for 0 min");
  expect(await ada.says("7pm for 2 hours")).toMatch(/Plots[\s\S]*Thu, 5 Mar 2026, 19:00 CET – 21:00 CET/);
});

it("a repetition is one event, and the preview says so", async () => {
  const preview = await ada.says("/event create Sprint every tuesday 18:00");
  expect(preview).toMatch(/Sprint[\s\S]*I can't repeat things yet: this is once, on Tue, 3 Mar 2026/);
  expect(preview).not.toContain("every");
  expect(await ada.says("/event create Sprint every tuesday")).toMatch(/this is once[\s\S]*At what time on Tuesday/);
  await ada.says("/cancel");
});

it("one question is put, not the general one besides", async () => {
  const untitled = await ada.says("/event create tomorrow 6pm");
  expect(untitled).toContain("What is the event called?");
  expect(untitled).not.toContain("What is it called, and when?");
  await ada.says("/cancel");
  const dayOnly = await ada.says("/event create Eigenvalues thursday");
  expect(dayOnly).toContain("At what time on Thursday");
  expect(dayOnly).not.toContain("When?");
  await ada.says("/cancel");
});

it("what is missing is asked for, line by line, and a wrong answer is asked again", async () => {
  expect(await ada.says("/event create")).toContain("What is it called, and when?");
  expect(await ada.says("Eigenvalues thursday")).toContain("At what time on Thursday");
  expect(await ada.says("25:00")).toMatch(/no “25:00” on the clock/);
  expect(await ada.says("6pm")).toContain("Thu, 5 Mar 2026, 18:00 CET – 19:00 CET");
});

it.each([
  ["yes", "You are going"],
  ["vielleicht", "Maybe then"],
  ["no", "You are not coming"],
  ["Nein", "You are not coming"],
  ["kann  nicht", "You are not coming"],
  ["can’t", "You are not coming"],
])("“%s” behind an event is an answer", async (words, told) => {
  await planned("Eigenvalues in 3 hours");
  expect(await bob.says(`/event rsvp eigen ${words}`)).toContain(told);
});

it("a choice may stand behind the name, and a restart forgets nothing", async () => {
  await planned("Eigenvalues in 3 hours");
  expect(await bob.says("/event rsvp eigen maybe")).toContain("Maybe then: Eigenvalues");
  await w.restart();
  expect(await bob.says("/event rsvp eigen maybe")).toContain("You said maybe already");
  await w.advance({ hours: 2 });
  expect(await bob.sees()).toContain("» Eigenvalues starts in 1 hour");
  expect(await bob.presses("Can't")).toContain("You are not coming");
  expect(await ada.sees()).not.toContain("Maybe:");
  expect(w.troubles).toEqual([]);
});

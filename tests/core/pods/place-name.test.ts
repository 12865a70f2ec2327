// What a pod's places are called, to who is there and to who is elsewhere.
import { expect, it } from "@jest/globals";
import { placeName, placeNames } from "../../../src/core/pods/place-name.ts";

const group = { platform: "telegram", channel: "-1", thread: "", space: "-1", title: "Maths", spaceTitle: "Maths" };
const channel = { platform: "discord", channel: "7", thread: "", space: "3", title: "maths", spaceTitle: "Club One" };

it.each([
  ["a group", group, "Maths (Telegram)"],
  ["a topic", { ...group, thread: "9" }, "Maths (Telegram)"],
  ["a channel", channel, "#maths in Club One (Discord)"],
  ["a channel that comes with its mark", { ...channel, title: "#maths" }, "#maths in Club One (Discord)"],
  ["a thread", { ...channel, thread: "8", title: "Sheet 3" }, "Sheet 3 in Club One (Discord)"],
  ["a place that nobody named", { ...channel, title: undefined }, "Discord in Club One"],
  ["one of which nothing is known", { ...channel, title: undefined, spaceTitle: undefined }, "Discord"],
])("%s", (_, place, name) => {
  expect(placeName(place)).toBe(name);
});

it("several are named as people on one of their apps would", () => {
  const many = Array.from({ length: 7 }, (_, n) => ({ ...group, title: `G${n}` }));
  expect(placeNames([group, channel], { language: "en", platform: "telegram" })).toBe(
    "Maths and #maths in Club One (Discord)",
  );
  expect(placeNames([channel], { language: "de", platform: "discord" })).toBe("#maths");
  expect(placeNames(many, { language: "de", platform: "telegram" })).toBe("G0, G1, G2, G3, G4 und …");
});

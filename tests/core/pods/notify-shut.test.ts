// Of two places that are called alike, each is told of.
import { expect, it } from "@jest/globals";
import { podPlaceShutNotification } from "../../../src/core/pods/notify-shut.ts";

it("a shut place is told apart from another one of its name, of a pod of the same name", () => {
  const { subject } = podPlaceShutNotification;
  const told = { pod: "Algebra", place: "#maths in Club (Discord)", why: "closed" } as const;
  expect(subject?.({ ...told, binding: "one" })).not.toBe(subject?.({ ...told, binding: "two" }));
});

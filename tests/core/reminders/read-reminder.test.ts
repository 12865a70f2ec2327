// What is to be remembered, without the words that only lead to it.
import { expect, it } from "@jest/globals";
import { withoutLead } from "../../../src/core/reminders/read-reminder.ts";

it.each([
  ["en", "to revise", "revise"],
  ["en", "that the sheet is due", "the sheet is due"],
  ["de", "an die Abgabe", "die Abgabe"],
  ["de", "an die Abgabe zu denken", "die Abgabe"],
  ["de", "daran, dass Ferien sind", "Ferien sind"],
  ["de", "nicht zu viel zu denken", "nicht zu viel zu denken"],
] as const)("%s: %s", (language, said, kept) => expect(withoutLead(said, { language })).toBe(kept));

// Numbers of buttons: they begin anew with each answer, and never change under the fingers.
import { describe, expect, it } from "@jest/globals";
import type { TerminalMessage } from "../../../../src/adapters/chat/terminal/mailbox.ts";
import { numbered } from "../../../../src/adapters/chat/terminal/screen.ts";

function screen() {
  const written: string[] = [];
  return { ...numbered((text) => void written.push(text)), written };
}
const content = (text: string, ...labels: string[]) => ({
  text,
  buttons: labels.map((label) => ({ label, data: `${text}:${label}` })),
});
const message = (edited: boolean, ...labels: string[]) =>
  ({
    id: "m",
    rev: 1,
    channel: "ada",
    waiting: false,
    at: 0,
    edited,
    ...content("news", ...labels),
  }) as TerminalMessage;

describe("buttons", () => {
  it("of an answer count from 1, over all the messages of that answer", () => {
    const seen = screen();
    seen.newLine();
    seen.answer(content("one", "Yes", "No"));
    seen.answer(content("two", "More"));
    expect(seen.written).toEqual(["one\n  !1 Yes   !2 No\n", "two\n  !3 More\n"]);
    expect([1, 2, 3, 4].map(seen.button)).toEqual(["one:Yes", "one:No", "two:More", undefined]);
  });

  it("begin anew with the answer to the next line, and stay when it has none", () => {
    const seen = screen();
    seen.newLine();
    seen.answer(content("one", "Yes", "No"));
    seen.newLine();
    seen.answer(content("plain"));
    expect(seen.button(2)).toBe("one:No");
    seen.newLine();
    seen.answer(content("two", "Other"));
    expect([seen.button(1), seen.button(2)]).toEqual(["two:Other", undefined]);
  });

  it("of what arrives by itself count on, so that the ones above keep their meaning", () => {
    const seen = screen();
    seen.newLine();
    seen.answer(content("one", "Yes"));
    seen.arrive(message(false, "Snooze"));
    seen.arrive(message(true));
    expect(seen.written.slice(1)).toEqual(["» news\n  !2 Snooze\n", "↻ news\n"]);
    expect([seen.button(1), seen.button(2)]).toEqual(["one:Yes", "news:Snooze"]);
    expect([seen.button(0), seen.button(-1), seen.button(Number.NaN)]).toEqual([undefined, undefined, undefined]);
  });
});

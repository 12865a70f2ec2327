// Why something came: alone, or with others in one message, and what of it waited for what.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { patch } from "../../../src/core/kernel/change.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { digestType } from "../../../src/core/notifications/texts.ts";
import { ada, choose, hour, house, inbox, liked, met, minute, open, sent, tell, until } from "./attention-house.ts";

beforeEach(() => open("2026-03-02T12:00:00Z"));
afterEach(() => house.close());

const why = async (of: (row: Awaited<ReturnType<typeof inbox>>[number]) => boolean) => {
  const row = (await inbox()).find(of)!;
  return (await house.does(ada, { action: "notification.why", input: { notification: row.id } })).text;
};
const isDigest = ({ type }: { type: string }) => type === digestType;
const isA = ({ data }: { data: Record<string, unknown> }) => data.text === "a";

describe("why several things came as one", () => {
  it("by a digest names it, and what is in it", async () => {
    await choose("digest daily 18:00");
    for (const text of ["a", "b"]) await tell(liked, text);
    await until("2026-03-02T17:00:00Z");
    expect(sent()).toHaveLength(1);
    const asOne = await why(isDigest);
    expect(asOne).toContain("It is 2 things in one message: you wanted a digest.");
    expect(asOne).toContain("It holds what belongs to: Likes, comments, followers.");
    expect(asOne).toContain("Terminal: sent");
    expect(asOne).toContain("Turn the group off");
    expect(asOne).not.toContain("always on");
    const one = await why(isA);
    expect(one).toContain("It came with others in one message: you wanted a digest.");
    expect(one).toContain("Terminal: sent");
  });

  it("over the budget says so, of one alone too", async () => {
    await choose("budget 0");
    await tell(liked, "a");
    await until("2026-03-03T08:00:00Z");
    expect(await why(isDigest)).toContain("It has waited: your messages of that day were used up.");
    expect(await why(isDigest)).toContain("It holds what belongs to: Likes, comments, followers.");
  });

  it("after quiet hours names all that is in it, though not all is shown", async () => {
    await choose("quiet 13:00-14:00");
    await tell(met, "m", { at: house.clock.now() + 30 * hour });
    for (let n = 0; n < 12; n++) await tell(liked, `n${n}`);
    await house.advance(2 * hour);
    const asOne = await why(isDigest);
    expect(asOne).toContain("It is 13 things in one message: you have quiet hours.");
    expect(asOne).toContain("It holds what belongs to: Events, Likes, comments, followers.");
  });

  it("of many of a kind says that there was much of it", async () => {
    for (const text of ["x", "y", "z", "a", "b"]) await tell(liked, text, { about: "post" });
    await house.advance(5 * minute);
    expect(await why(isDigest)).toContain("It is 2 things in one message: there was much of its kind.");
    expect(await why(isA)).toContain("It came with others in one message: there was much of its kind.");
  });

  it("late says that it could not be brought in time", async () => {
    await house.queue.stop(1000);
    const hear = house.house.listeners.get("t.rang")![0]!.hear;
    for (let n = 0; n < 8; n++) await hear(house.context, { to: [ada], text: `n${n}`, about: "x" } as never, `f${n}`);
    await house.advance(hour);
    house.start();
    await house.advance(minute);
    const asOne = await why(isDigest);
    expect(asOne).toContain("It is 8 things in one message: I could not bring it in time.");
    expect(asOne).toContain("This group is always on");
  });

  it("is worded in the reader's language", async () => {
    await choose("digest daily 18:00");
    for (const text of ["a", "b"]) await tell(liked, text);
    await until("2026-03-02T17:00:00Z");
    await house.store.commit([patch(profiles, ada, { language: "de" })]);
    expect(await why(isDigest)).toContain(
      "Das sind 2 Mitteilungen in einer Nachricht: du wolltest eine Zusammenfassung.",
    );
    expect(await why(isA)).toContain("Es kam mit anderem in einer Nachricht: du wolltest eine Zusammenfassung.");
  });
});

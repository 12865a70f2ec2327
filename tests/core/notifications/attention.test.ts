// What reaches people, and when: preferences, quiet hours and digests.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { patch, remove } from "../../../src/core/kernel/change.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { notifications } from "../../../src/core/notifications/notification.ts";
import { digestType } from "../../../src/core/notifications/texts.ts";
import { jobs } from "../../../src/jobs/drivers/embedded/rows.ts";
import {
  ada,
  choose,
  cutOff,
  hour,
  house,
  inbox,
  liked,
  meanwhile,
  met,
  minute,
  open,
  rang,
  sent,
  state,
  tell,
  until,
} from "./attention-house.ts";
import { press } from "./small-house.ts";

beforeEach(() => open("2026-03-02T12:00:00Z"));
afterEach(() => house.close());

describe("preferences", () => {
  it("leave a group that is off to the inbox", async () => {
    await choose("social off");
    await tell(liked, "a");
    expect(sent()).toEqual([]);
    expect(await inbox()).toMatchObject([{ type: "liked", via: [], held: "off" }]);
    expect((await house.does(ada, { action: "inbox.show", input: {} })).text).toContain("liked");
  });

  it("hold for what was on its way when they changed", async () => {
    await choose("quiet 13:00-14:00");
    await tell(liked, "a");
    await choose("social off");
    await house.advance(2 * hour);
    expect(sent()).toEqual([]);
  });

  it("are shown with everything, and changed in place by buttons", async () => {
    const whole = await house.does(ada, { action: "notifications.show", input: {} });
    expect(whole.text).toContain("Likes, comments, followers: Chat");
    expect(whole.text).toContain("Quiet hours: off");
    const group = await house.does(ada, press(whole, "Likes, comments, followers"));
    const changed = await house.does(ada, press(group, "E-mail: off"));
    expect(changed).toMatchObject({ replaces: true });
    expect(changed.buttons!.flat().map(({ label }) => label)).toEqual(["Chat: on", "E-mail: on", "Back"]);
    const back = await house.does(ada, press(changed, "Back"));
    expect(back.text).toContain("Likes, comments, followers: Chat, E-mail");
    const quiet = await house.does(ada, press(back, "Quiet hours on"));
    expect(quiet.text).toContain("Quiet hours: 22:00–07:30 (Europe/Berlin)");
    const daily = await house.does(ada, press(quiet, "Daily digest"));
    expect(daily.text).toContain("Digest: daily at 18:00");
    const weekly = await house.does(ada, press(daily, "Weekly digest"));
    expect(weekly.text).toContain("Digest: Monday at 18:00");
    expect((await house.does(ada, press(weekly, "No digest"))).text).toContain("Digest: off");
  });

  it("offer only e-mail where something always comes, and say why", async () => {
    const whole = await house.does(ada, { action: "notifications.show", input: {} });
    const always = await house.does(ada, press(whole, "Reminders and service"));
    expect(always.text).toContain("These always reach you.");
    expect(always.buttons!.flat().map(({ label }) => label)).toEqual(["E-mail: off", "Back"]);
    await expect(choose("always off")).rejects.toMatchObject({ code: "invalid" });
  });

  it("say that nothing comes by e-mail where there is none", async () => {
    expect((await choose("events off")).text).not.toContain("There is no mail here");
    expect((await choose("events mail on")).text).toContain("There is no mail here: whoever runs PeerSpark");
    expect((await choose("budget 3")).text).toContain("There is no mail here");
    const whole = await house.does(ada, { action: "notifications.show", input: {} });
    expect((await house.does(ada, press(whole, "Events"))).text).toContain("There is no mail here");
    await house.store.commit([patch(profiles, ada, { language: "de" })]);
    expect((await choose("termine mail an")).text).toContain("Hier gibt es keine Mails");
  });

  it("show a group that nothing is told of yet, once it is spoken of", async () => {
    expect((await choose("events on")).text).not.toContain("Learning");
    expect((await choose("learning off")).text).toContain("Learning: inbox only");
    expect((await choose("budget 3")).text).toContain("Learning: inbox only");
    expect((await choose("learning on")).text).toContain("Learning: Chat, E-mail");
  });

  it("say what becomes of what is over the budget", async () => {
    const { text } = await choose("budget 3");
    expect(text).toContain("3; what is more comes with the next digest, or as one line the next morning");
  });

  it("lead to the inbox, and the inbox to them", async () => {
    const whole = await house.does(ada, { action: "notifications.show", input: {} });
    const inboxView = await house.does(ada, press(whole, "Inbox"));
    expect((await house.does(ada, press(inboxView, "Settings"))).text).toContain("Notifications");
  });

  it("are worded in the reader's language", async () => {
    await house.store.commit([patch(profiles, ada, { language: "de" })]);
    expect((await choose("ruhe 22:00-07:00")).text).toContain("Ruhezeit: 22:00–07:00 (Europe/Berlin)");
  });

  it("of two changes at once both hold", async () => {
    await Promise.all([choose("events mail on"), choose("budget 5"), choose("quiet on")]);
    const shown = await house.does(ada, { action: "notifications.show", input: {} });
    for (const part of ["Events: Chat, E-mail", "At most a day: 5", "Quiet hours: 22:00"])
      expect(shown.text).toContain(part);
  });
});

describe("quiet hours", () => {
  beforeEach(async () => {
    await house.close();
    await open("2026-03-02T21:30:00Z"); // 22:30 in Berlin
    await choose("quiet 22:00-07:30");
  });

  it("hold back until they end, to the minute", async () => {
    await tell(liked, "a");
    await until("2026-03-03T06:29:00Z");
    expect(sent()).toEqual([]);
    await until("2026-03-03T06:30:00Z");
    expect(sent()).toEqual(["liked\na"]);
  });

  it("let through what somebody asked to be told then", async () => {
    await tell(rang, "wake up");
    expect(sent()).toEqual(["rang\nwake up"]);
  });

  it("let through what begins before they end, and nothing that begins after", async () => {
    await tell(met, "early", { at: Date.parse("2026-03-03T06:00:00Z") });
    await tell(met, "late", { at: Date.parse("2026-03-03T09:00:00Z") });
    expect(sent()).toEqual(["met\nearly"]);
    await until("2026-03-03T06:30:00Z");
    expect(sent()).toEqual(["met\nearly", "met\nlate"]);
  });

  it("are those of where the member is when the time comes", async () => {
    await tell(liked, "a");
    await house.store.commit([patch(profiles, ada, { timezone: "America/New_York" })]);
    await until("2026-03-03T06:30:00Z"); // 01:30 in New York
    expect(sent()).toEqual([]);
    await until("2026-03-03T12:30:00Z");
    expect(sent()).toEqual(["liked\na"]);
  });

  it("end with one message where more than a handful has come", async () => {
    for (const text of ["a", "b", "c", "d", "e", "f", "g"]) await tell(liked, text);
    await tell(rang, "r");
    await until("2026-03-03T06:30:00Z");
    await house.advance(minute);
    expect(sent()).toEqual(["rang\nr", expect.stringMatching(/^News for you \(7\)\n- liked · a/)]);
    await house.advance(hour);
    expect(sent()).toHaveLength(2);
  });

  it("that are turned off let come what waited", async () => {
    await tell(liked, "a");
    await choose("quiet off");
    await house.advance(0);
    expect(sent()).toEqual(["liked\na"]);
    await until("2026-03-03T09:00:00Z");
    expect(sent()).toHaveLength(1);
  });

  it("lose nothing when the queue is lost", async () => {
    await tell(liked, "a");
    const { rows } = await house.store.find(jobs, { limit: 100 });
    await house.store.commit(
      rows.filter(({ job }) => job === "notification.deliver").map((row) => remove(jobs, row.id)),
    );
    await until("2026-03-03T06:30:00Z");
    const sweep = house.house.jobs.get("notification.sweep")!;
    await house.advance(6 * minute);
    await sweep.run(house.context, {}, { attempt: 1, runAt: house.clock.now() });
    await house.advance(0);
    expect(sent()).toEqual(["liked\na"]);
  });
});

describe("a digest", () => {
  beforeEach(() => choose("digest daily 18:00"));

  it("tells at its hour what isn't urgent, each once, and lets the rest come", async () => {
    for (const text of ["a", "b", "c"]) await tell(liked, text);
    await tell(rang, "now");
    await tell(met, "soon", { at: house.clock.now() + hour });
    expect(sent()).toEqual(["rang\nnow", "met\nsoon"]);
    await until("2026-03-02T17:00:00Z");
    expect(sent()).toHaveLength(3);
    expect(sent()[2]).toMatch(/^News for you \(3\)\n- liked · a ·.*\n- liked · b ·.*\n- liked · c ·/);
    await until("2026-03-03T17:00:00Z");
    expect(sent()).toHaveLength(3);
    await tell(liked, "d");
    await until("2026-03-04T17:00:00Z");
    expect(sent()[3]).toBe("liked\nd");
  });

  it("is not in the inbox besides what it names", async () => {
    for (const text of ["a", "b"]) await tell(liked, text);
    await until("2026-03-02T17:00:00Z");
    const { text } = await house.does(ada, { action: "inbox.show", input: {} });
    expect(text).toMatch(/^Inbox \(2 unread\)/);
    expect(text).not.toContain("News for you");
  });

  it("waits for the end of quiet hours too", async () => {
    await choose("quiet 17:00-19:00");
    await tell(liked, "a");
    await until("2026-03-02T17:59:00Z");
    expect(sent()).toEqual([]);
    await until("2026-03-02T18:00:00Z");
    expect(sent()).toEqual(["liked\na"]);
  });

  it("that is turned off comes at once, as one", async () => {
    for (const text of ["a", "b"]) await tell(liked, text);
    await choose("digest off");
    await house.advance(0);
    expect(sent()).toEqual([expect.stringMatching(/^News for you \(2\)/)]);
    await until("2026-03-02T18:00:00Z");
    expect(sent()).toHaveLength(1);
  });

  it("shows ten of many and says how many more there are", async () => {
    for (let n = 1; n <= 90; n++) await state(liked, `n${n}`);
    await house.advance(0);
    await until("2026-03-02T17:00:00Z");
    expect(sent()).toHaveLength(1);
    expect(sent()[0]).toMatch(/^News for you \(90\)/);
    expect(sent()[0]).toContain("n90");
    expect(sent()[0]).toContain("… and 80 more.");
    expect((await inbox()).filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
  });

  it("is as many messages as one commit each can make, and tells each once though the process dies between them", async () => {
    for (let n = 1; n <= 150; n++) await state(liked, `n${n}`);
    await house.advance(0);
    let commits = 0;
    cutOff((changes) => changes.length > 90 && ++commits === 2);
    await until("2026-03-02T17:10:00Z");
    cutOff(undefined);
    await house.advance(hour);
    expect(sent().map((text) => text.split("\n")[0])).toEqual(["News for you (99)", "News for you (51)"]);
    const rows = await inbox();
    const digests = rows.filter(({ type }) => type === digestType).map(({ id }) => id);
    expect(rows.filter(({ inDigest }) => inDigest && digests.includes(inDigest))).toHaveLength(150);
    expect(rows.filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
  });

  it("of which another process tells a part meanwhile tells none twice", async () => {
    for (let n = 1; n <= 150; n++) await state(liked, `n${n}`);
    await house.advance(0);
    const [first] = (await inbox()).filter(({ data }) => data.text === "n120");
    let commits = 0;
    meanwhile(async (changes) => {
      if (changes.length > 40 && ++commits === 2)
        await house.store.commit([patch(notifications, first!, { dueAt: undefined })]);
    });
    await until("2026-03-02T17:00:00Z");
    await house.advance(hour);
    expect(sent().map((text) => text.split("\n")[0])).toEqual(["News for you (99)", "News for you (50)"]);
  });

  it("tells each once though the process dies at any commit", async () => {
    for (const text of ["a", "b", "c"]) await tell(liked, text);
    let left = 0;
    cutOff((changes) => changes.some(({ in: of }) => of === notifications) && left-- <= 0);
    for (let cut = 0; cut < 4; cut++) {
      left = cut;
      await until(new Date(Date.parse("2026-03-02T17:00:00Z") + cut * 3 * minute).toISOString());
    }
    cutOff(undefined);
    await house.advance(3 * hour);
    const told = sent().join("\n");
    for (const text of ["a", "b", "c"]) expect(told.split(`liked · ${text} ·`)).toHaveLength(2);
    expect(sent()).toHaveLength(1);
  });
});

// The inbox: newest first, ten at a time, read once shown.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { insert } from "../../../src/core/kernel/change.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { notifications } from "../../../src/core/notifications/notification.ts";
import { reminders } from "../../../src/core/reminders/index.ts";
import { people, press, type SmallHouse, smallHouse } from "./small-house.ts";

const told = [people, reminders];
let house: SmallHouse;
let ada: string;

beforeEach(async () => {
  house = await smallHouse([...told, notificationsOf(told)]);
  ada = await house.member("ada", { zone: "Europe/Berlin" });
});
afterEach(() => house.close());

async function keep(count: number, memberId = ada, type = "reminder") {
  for (let n = 1; n <= count; n++) {
    const createdAt = house.clock.now() + n * 60_000;
    const data = { reminder: "r", text: `sheep ${n}.`, dueAt: createdAt, late: false };
    const row = { id: `${memberId.slice(-8)}.${type}.${n}`, memberId, type, factId: `f${n}`, data, createdAt };
    await house.store.commit([insert(notifications, row)]);
  }
}
const show = (who = ada) => house.does(who, { action: "inbox.show", input: {} });
const unread = (memberId = ada) => house.store.count(notifications, { memberId, readAt: null });

it("shows each in its own words to its reader, and nothing of others", async () => {
  await keep(2);
  await keep(3, await house.member("eve"));
  const { text } = await show();
  expect(text).toMatch(
    /^Inbox \(2 unread\)\n- ● Reminder · sheep 2\. · Mon[^·]*10:02 CET\n- ● Reminder · sheep 1\. · Mon[^·]*10:01 CET$/,
  );
});

it("pages by ten, newest first, and marks what was shown as read", async () => {
  await keep(12);
  const first = await show();
  expect(first.text).toContain("sheep 12.");
  expect(first.text).not.toContain("sheep 2.");
  expect(await unread()).toBe(2);
  const second = await house.does(ada, press(first, "More"));
  expect(second.text).toMatch(/● Reminder · sheep 2\./);
  expect(second.text).not.toContain("sheep 3.");
  expect(await unread()).toBe(0);
  const again = await show();
  expect(again.text).not.toContain("●");
  expect(again.text).toMatch(/^Inbox\n/);
});

it("is read at once by a button, however much there is, and by nobody else", async () => {
  await keep(230);
  await keep(3, await house.member("eve"));
  const read = await house.does(ada, press(await show(), "All read"));
  expect(read).toMatchObject({ brief: true, text: "Marked as read: 220." });
  expect(await unread()).toBe(0);
  expect(await house.store.count(notifications, { readAt: null })).toBe(3);
});

it("keeps room for what no feature knows any more", async () => {
  await keep(1, ada, "of_old");
  expect((await show()).text).toContain("● of_old");
});

it("says what will be in it while it is empty, in the reader's language", async () => {
  expect((await show()).text).toContain("Nothing here yet");
  const karl = await house.member("karl", { language: "de" });
  expect((await show(karl)).text).toContain("Noch nichts da");
});

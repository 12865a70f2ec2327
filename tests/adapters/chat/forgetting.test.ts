// What adapters keep does not grow for ever: more old rows go than new ones come, and what is still of use stays.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { onceOver, slackSends } from "../../../src/adapters/chat/slack/once.ts";
import { mailbox, terminalMessages } from "../../../src/adapters/chat/terminal/mailbox.ts";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { testClock } from "../../support/clock.ts";
import { seededSecrets } from "../../support/secrets.ts";
import { quietLog } from "./telegram/connected.ts";

const day = 24 * 3600_000;
const clock = testClock();
const secrets = seededSecrets(clock);
const many = Array.from({ length: 300 }, (_, n) => n);
let store: Store;
beforeEach(async () => {
  store = await openSqlite({ path: ":memory:", collections: [slackSends, terminalMessages] });
});
afterEach(() => store.close());

it("sends on Slack that nobody repeats any more go faster than new ones come", async () => {
  for (const n of many) await store.commit([insert(slackSends, { id: `old${n}`, at: clock.now() - 4 * day })]);
  const client = { call: () => Promise.reject(new Error("nothing is looked up")) };
  const once = onceOver({ client, store, secrets, clock, log: quietLog().log });
  const to = { platform: "slack", channel: "T1:C1" };
  for (const n of many.slice(100)) await once.send(to, `k${n}`, async () => ({ ...to, message: `${n}` }));
  expect(await store.count(slackSends)).toBe(200);
});

it("messages that the terminal showed long ago go; those that wait or were changed since stay", async () => {
  const at = clock.now() - 91 * day;
  const long = mailbox(store, secrets.id, () => at);
  for (const n of many.slice(200)) await long.put("ada", { text: `${n}`, buttons: [] }, { waiting: false });
  const changed = await long.put("ada", { text: "card", buttons: [] }, { waiting: false });
  const waiting = await long.put("ada", { text: "news", buttons: [] }, { waiting: true });
  const now = mailbox(store, secrets.id, clock.now);
  await now.change(changed, { text: "card again", buttons: [] });
  const fresh = await now.put("ada", { text: "today", buttons: [] }, { waiting: true });
  const stay = (await store.find(terminalMessages, { limit: 500 })).rows.map(({ id }) => id);
  expect(stay).toEqual([changed, waiting, fresh]);
});

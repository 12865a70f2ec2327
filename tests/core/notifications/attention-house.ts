// A house with stories of every urgency, at work, and Ada in Berlin who is told of them.
import { z } from "zod";
import { defineFact } from "../../../src/core/kernel/fact.ts";
import type { Feature, NotificationKind } from "../../../src/core/kernel/house.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { notifications } from "../../../src/core/notifications/notification.ts";
import { md } from "../../../src/core/text.ts";
import { note } from "../../../src/core/view.ts";
import { beforeCommits, type Changes } from "../../support/dying-store.ts";
import { people, type SmallHouse, smallHouse } from "./small-house.ts";

export const minute = 60_000;
export const hour = 60 * minute;
const said = z.object({
  to: z.array(z.string()),
  text: z.string(),
  about: z.string().optional(),
  by: z.string().optional(),
  at: z.number().optional(),
});
export const [liked, rang, met, faded] = [
  defineFact("t.liked", said),
  defineFact("t.rang", said),
  defineFact("t.met", said),
  defineFact("t.faded", said),
];
/** The texts of stories that are no longer true. */
export const noMore = new Set<unknown>();
type Data = { text: string; about?: string; at?: number };
const kind = (
  fact: typeof liked,
  more: Partial<NotificationKind<typeof said, Data>>,
): NotificationKind<typeof said, Data> => ({
  type: fact.name.slice(2),
  group: "social",
  urgency: "plain",
  late: "tell",
  fact,
  prepare: async (_ctx, { to, text, about, by, at }) => ({ to, data: { text, about, at }, by }),
  stillTrue: async (_ctx, { text }) => !noMore.has(text),
  view: ({ text }) => ({ ...note(text), title: fact.name.slice(2) }),
  ...more,
});
const stories: Feature = {
  name: "stories",
  facts: [liked, rang, met, faded],
  notifications: [
    kind(liked, {
      subject: ({ about }) => about!,
      many: ({ text }, others) => md`${text} and ${others} others liked it`,
    }),
    kind(rang, { group: "always", urgency: "asked" }),
    kind(met, {
      group: "events",
      urgency: "soon",
      late: "newest",
      subject: ({ about }) => about!,
      startsAt: ({ at }) => at!,
      pastAt: ({ at }) => at! + hour,
    }),
    kind(faded, { late: "skip" }),
  ],
};
const features = [people, stories, notificationsOf([people, stories])];

export let house: SmallHouse;
export let ada: string;
let dies: ((changes: Changes) => boolean) | undefined;
/** Cuts the process off at each commit that this names. */
export const cutOff = (when: typeof dies): void => {
  dies = when;
};
let before: ((changes: Changes) => Promise<void>) | undefined;
/** Done by somebody else before each commit. */
export const meanwhile = (what: typeof before): void => {
  before = what;
};
const around = beforeCommits(async (changes) => {
  await before?.(changes);
  if (dies?.(changes)) throw new Error("the process died");
});

export async function open(now: string) {
  dies = undefined;
  before = undefined;
  noMore.clear();
  house = await smallHouse(features, { now, around });
  house.start();
  ada = await house.member("ada", { zone: "Europe/Berlin" });
}
export const state = (fact: typeof liked, text: string, more: Partial<z.input<typeof said>> = {}) =>
  house.store.commit([fact(house.context, { to: [ada], text, about: text, ...more })]);
export const tell = async (...given: Parameters<typeof state>) => {
  await state(...given);
  await house.advance(0);
};
export const sent = () => house.platform("terminal").sent.map(({ text }) => text);
export const choose = (change: string) => house.does(ada, { action: "notifications.show", input: { change } });
export const until = (instant: string) => house.advance(Date.parse(instant) - house.clock.now());
export const inbox = async () => (await house.store.find(notifications, { where: { memberId: ada }, limit: 500 })).rows;

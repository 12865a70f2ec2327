// What every action is asked when its requests to Appwrite are counted: in this order, in a house that has been used.

import { events } from "../../../src/core/events/event.ts";
import { insert, patch } from "../../../src/core/kernel/change.ts";
import { profiles } from "../../../src/core/members/read.ts";
import { pushSubscriptions } from "../../../src/core/notifications/push-subscription.ts";
import { notifications } from "../../../src/core/notifications/read.ts";
import { invites } from "../../../src/core/pods/invite.ts";
import { joinRequests } from "../../../src/core/pods/join-request.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { reminders } from "../../../src/core/reminders/reminder.ts";
import type { ChatEdge } from "../../adapters/chat/edge.ts";

/** The most requests until the answer; what takes more says why. */
export const budgets = { reads: 3, changes: 6 } as const;

export interface Step {
  readonly action: string;
  readonly who: string;
  readonly kind: keyof typeof budgets | { readonly because: string };
  /** Exactly so many from its arrival to its answer. */
  readonly answered: number;
  /** Exactly so many after that: the note of an update that changed nothing, a card to be kept current. */
  readonly later: number;
  readonly says?: string | ((edge: ChatEdge) => string);
  /** The newest button of that label. */
  readonly presses?: string;
  /** The input of a button that only a running queue would have sent. */
  readonly calls?: (store: Store) => Promise<Readonly<Record<string, unknown>>>;
  readonly group?: string;
  /** What is so before; not counted. */
  readonly given?: (edge: ChatEdge) => Promise<unknown>;
}

type Asked = Pick<Step, "says" | "presses" | "calls" | "group" | "given">;

const step =
  (kind: Step["kind"]) =>
  (action: string, who: string, asked: Asked, answered: number, later = 0): Step => ({
    action,
    who,
    kind,
    answered,
    later,
    ...asked,
  });
/** Changes nothing that anybody asked for. */
const reads = step("reads");
const changes = step("changes");

/** Notifications that grace has not seen. */
const told =
  (...ids: readonly string[]) =>
  async ({ store }: ChatEdge) => {
    const { id: memberId } = (await store.getBy(profiles, { username: "grace" }))!;
    const row = { memberId, type: "told", data: {}, createdAt: 1 };
    await store.commit(ids.map((id) => insert(notifications, { ...row, id, factId: id })));
  };

const hasRung = async ({ store, clock }: ChatEdge) => {
  const { rows } = await store.find(reminders, { where: { status: "pending" }, limit: 1 });
  await store.commit([patch(reminders, rows[0]!, { status: "rung", rungAt: clock.now(), slot: undefined })]);
};

/** Somebody waits for a seat: who reads of the event reads their own place, too. */
const hasWaitlist = async ({ store }: ChatEdge): Promise<void> => {
  const { rows } = await store.find(events, { limit: 1 });
  await store.commit([patch(events, rows[0]!, { attendeesCount: 1, waitlistCount: 1 })]);
};

/** The code that was shown last. */
const codeShown = ({ shown }: ChatEdge): string =>
  shown.flatMap(({ text }) => text.match(/(?<=this code: )[0-9A-Z]{8}/) ?? []).at(-1)!;

/** The code that was mailed last. */
const codeMailed = ({ mailed }: ChatEdge): string => /\b\d{6}\b/.exec(mailed.at(-1)!)![0];

const withBrowser: Asked = {
  async given({ store }) {
    const { id: memberId } = (await store.getBy(profiles, { username: "grace" }))!;
    const keys = { p256dh: "p", auth: "a", browser: "Firefox", createdAt: 1 };
    await store.commit([
      insert(pushSubscriptions, {
        id: "browser",
        memberId,
        endpoint: "https://push.example/1",
        endpointKey: "1",
        ...keys,
      }),
    ]);
  },
  calls: async () => ({ subscription: "browser" }),
};

const invited: Asked = {
  given: (edge) => edge.says("grace", "/pod invite Logic who:linus"),
  async calls(store) {
    const { rows } = await store.find(invites, { limit: 100 });
    return { invite: rows.find(({ memberId }) => memberId)!.id };
  },
};

const asked: Asked = {
  async given(edge) {
    await edge.says("grace", "/pod create Rings policy:approval");
    await edge.says("ada", "/pod join Rings");
  },
  async calls(store) {
    const { rows } = await store.find(joinRequests, { limit: 1 });
    return { request: rows[0]!.id, answer: "approve" };
  },
};

export const steps: readonly Step[] = [
  reads("help.show", "grace", { says: "/help" }, 1, 1),
  reads("profile.show", "grace", { says: "/profile" }, 2, 1),
  changes("profile.edit", "grace", { says: "/profile edit zone:Berlin" }, 4),
  changes("pod.create", "ada", { says: "/pod create Logic" }, 4),
  reads("pod.find", "grace", { says: "/pod find logic" }, 3, 1),
  changes("pod.join", "grace", { presses: "Join Logic" }, 4),
  reads("pod.info", "grace", { says: "/pod info Logic" }, 3, 1),
  reads("pod.members", "grace", { says: "/pod members Logic" }, 2, 1),
  changes("pod.invite", "ada", { says: "/pod invite Logic" }, 5),
  changes("event.create", "ada", { says: "/event create Sets friday 6pm for 90 min pod:Logic" }, 5),
  changes("event.publish", "ada", { presses: "Create" }, 6, 6),
  reads("event.info", "grace", { says: "/event info Sets" }, 3, 5),
  changes("event.rsvp", "grace", { presses: "Going" }, 5),
  changes("event.rsvp", "grace", { presses: "Maybe" }, 5),
  reads("event.list", "grace", { says: "/event list" }, 2, 1),
  reads("event.info", "grace", { says: "/event info Sets", given: hasWaitlist }, 3, 8),
  changes("event.create", "ada", { says: "/event create Maps friday 8pm for 90 min pod:Logic" }, 5),
  reads("event.dismiss", "ada", { presses: "Discard" }, 1, 1),
  reads("event.cancel", "ada", { says: "/event cancel Sets" }, 3, 1),
  changes("event.cancel", "ada", { presses: "Cancel the event" }, 4),
  changes("reminder.create", "grace", { says: "/remind me in 2 hours to read" }, 5),
  reads("reminder.list", "grace", { says: "/remind list" }, 2, 1),
  changes("reminder.move", "grace", { says: "/remind move read when:tomorrow" }, 6),
  changes("reminder.snooze", "grace", { says: "/remind snooze", given: hasRung }, 6),
  changes("reminder.cancel", "grace", { says: "/remind cancel read" }, 6),
  reads("inbox.show", "grace", { says: "/inbox" }, 3, 1),
  changes("inbox.show", "grace", { says: "/inbox", given: told("a", "b", "c") }, 6),
  changes("inbox.read", "grace", { calls: async () => ({}), given: told("d", "e") }, 5),
  changes("inbox.open", "grace", { calls: async () => ({ notification: "f" }), given: told("f") }, 5),
  reads("notifications.show", "grace", { says: "/notifications" }, 2, 1),
  changes("notifications.show", "grace", { says: "/notifications quiet 22:00-07:30" }, 5),
  changes("member.block", "grace", { says: "/block linus" }, 5),
  changes("member.unblock", "grace", { presses: "Unblock" }, 5),
  changes("pod.announce", "ada", { says: "/pod announce pod:Logic The room has changed" }, 5),
  changes("pod.send-announcement", "ada", { presses: "Send to 1 member" }, 5),
  reads("notification.why", "grace", { says: "/why" }, 3, 1),
  changes("mail.set", "grace", { says: "/mail set grace@example.org" }, 6),
  changes("mail.confirm", "grace", { says: (edge) => `/mail confirm ${codeMailed(edge)}` }, 5),
  changes("mail.remove", "grace", { says: "/mail off" }, 4),
  reads("push.show", "grace", { says: "/push" }, 2, 1),
  changes("push.remove", "grace", withBrowser, 4),
  reads("home.show", "grace", { calls: async () => ({}) }, 3, 1),
  reads("space.setup", "ada", { says: "/setup", group: "club" }, 3, 1),
  changes("space.setup", "ada", { says: "/setup language:de", group: "club" }, 5),
  changes("pod.bind", "ada", { says: "/pod bind Logic", group: "club" }, 4),
  reads("pod.bridge", "ada", { says: "/pod bridge", group: "club" }, 3, 1),
  changes("pod.bridge", "ada", { says: "/pod bridge on", group: "club" }, 4),
  changes("bridge.answer", "ada", { presses: "Take part", group: "club" }, 5),
  changes("pod.unbind", "ada", { says: "/pod unbind", group: "club" }, 5),
  reads("pod.handover", "ada", { says: "/pod handover grace pod:Logic" }, 2, 1),
  changes("pod.handover", "ada", { presses: "Hand over" }, 4),
  changes("pod.leave", "ada", { says: "/pod leave Logic" }, 5),
  changes("invite.accept", "linus", invited, 5),
  changes("request.answer", "grace", asked, 5),
  changes("account.link", "grace", { says: "/link" }, 5),
  step({ because: "a try is counted before the code is looked at, and both members are" })(
    "account.link",
    "mary",
    { says: (edge) => `/link ${codeShown(edge)}`, given: (edge) => edge.says("mary", "/help") },
    11,
  ),
  step({ because: "two members become one" })("account.link", "mary", { presses: "Link" }, 6),
  reads("account.unlink", "grace", { says: "/unlink" }, 2, 1),
  changes("account.unlink", "grace", { presses: "Take it off" }, 5),
];

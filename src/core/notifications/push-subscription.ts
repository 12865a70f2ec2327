// The browsers a member gets push messages in, and the links by which a browser becomes one of them.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { upsert } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { Context } from "../kernel/house.ts";
import { profiles } from "../members/read.ts";
import { just } from "../plain-shapes.ts";
import type { Row, Store } from "../ports/store.ts";
import { pushTexts } from "./push-texts.ts";

export const pushSubscriptions = collection(
  "push_subscriptions",
  z.object({
    memberId: just.string,
    endpoint: just.string.max(1000),
    /** A keyed hash of the endpoint, which may be longer than an index takes. */
    endpointKey: just.string.max(32),
    p256dh: just.string.max(100),
    auth: just.string.max(50),
    /** What the browser calls itself. */
    browser: just.string.max(60),
    createdAt: just.int,
  }),
  { unique: [["memberId", "endpointKey"]], indexes: [["memberId", "createdAt"]], members: ["memberId"], often: true },
);
export type PushSubscriptionRow = Row<typeof pushSubscriptions>;

/** Of one member: the newest hold. */
export const mostSubscriptions = 10;

export async function subscriptionsOf(store: Store, memberId: string): Promise<readonly PushSubscriptionRow[]> {
  const orderBy = { field: "createdAt", direction: "desc" } as const;
  return (await store.find(pushSubscriptions, { where: { memberId }, orderBy, limit: mostSubscriptions })).rows;
}

/** How long a link is good for (ms). */
export const linkLifetime = 60 * 60_000;

export const pushToken = ({ secrets, clock }: Pick<Context, "secrets" | "clock">, memberId: string): string =>
  secrets.seal(`push:${clock.now() + linkLifetime}:${memberId}`);

/** Whose link it is; undefined for one that is not ours or is too old. */
export function memberOfToken({ secrets, clock }: Pick<Context, "secrets" | "clock">, token: string) {
  const [what, until, memberId] = (secrets.unseal(token) ?? "").split(":");
  return what === "push" && Number(until) > clock.now() ? memberId : undefined;
}

/** As a browser sends it (PushSubscription.toJSON). */
const base64url = just.string.regex(/^[A-Za-z0-9_-]+={0,2}$/);
export const Subscribing = z.object({
  endpoint: z.url().max(1000),
  keys: z.object({ p256dh: base64url.min(86).max(90), auth: base64url.min(20).max(30) }),
});

/** Keeps it, or its new keys. @throws AppError `invalid` for an endpoint that is no push service's. */
export async function subscribe(
  { store, secrets, clock, pusher }: Pick<Context, "store" | "secrets" | "clock" | "pusher">,
  memberId: string,
  { endpoint, keys }: z.output<typeof Subscribing>,
  browser: string,
): Promise<void> {
  if (!pusher?.accepts(endpoint)) throw new AppError("invalid", pushTexts.say("badEndpoint"));
  const member = await store.get(profiles, memberId);
  if (!member) throw new AppError("not_found", pushTexts.say("oldLink"));
  const key = { memberId: member.mergedInto ?? member.id, endpointKey: secrets.sign(`push:${endpoint}`, 32) };
  const state = { endpoint, ...keys, browser };
  const row = { id: secrets.id(), ...key, ...state, createdAt: clock.now() };
  await store.commit([upsert(pushSubscriptions, key, row, state)]);
}

/** "Firefox on Linux", as far as it says so. */
export function browserOf(agent: string): string {
  const named = (names: readonly (readonly [RegExp, string])[]) => names.find(([sign]) => sign.test(agent))?.[1];
  const app = named([
    [/Edg\//, "Edge"],
    [/OPR\//, "Opera"],
    [/Firefox\//, "Firefox"],
    [/Chrom/, "Chrome"],
    [/Safari\//, "Safari"],
  ]);
  const system = named([
    [/Android/, "Android"],
    [/iPhone|iPad/, "iOS"],
    [/Windows/, "Windows"],
    [/Mac OS/, "macOS"],
    [/Linux/, "Linux"],
  ]);
  return [app ?? "Browser", system].filter(Boolean).join(" · ");
}

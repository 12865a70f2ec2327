// Who is in a pod, and as what.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { collection } from "../kernel/collection.ts";
import type { ActionContext } from "../kernel/house.ts";
import { pages } from "../kernel/pages.ts";
import { profiles } from "../members/read.ts";
import { just } from "../plain-shapes.ts";
import type { Row, Store } from "../ports/store.ts";
import { type Pod, pods } from "./pod.ts";
import { type PodRole, podRoles, rank } from "./pod-role.ts";
import { podTexts } from "./texts.ts";

export const memberships = collection(
  "pod_members",
  z.object({
    podId: just.string,
    memberId: just.string,
    role: z.enum(podRoles).default("member"),
    joinedAt: just.int,
  }),
  {
    often: true,
    unique: [["podId", "memberId"]],
    indexes: [
      ["podId", "role"],
      ["podId", "joinedAt"],
      ["memberId", "joinedAt"],
    ],
    members: ["memberId"],
  },
);
export type Membership = Row<typeof memberships>;

export const membershipOf = (store: Store, podId: string, memberId: string): Promise<Membership | undefined> =>
  store.getBy(memberships, { podId, memberId });

type Asking = Pick<ActionContext, "store" | "actor">;

/** The caller's membership. @throws AppError `forbidden`, which names the pod only where everybody may know it. */
export async function requireMember({ store, actor }: Asking, pod: Pod): Promise<Membership> {
  const membership = await membershipOf(store, pod.id, actor.id);
  if (membership) return membership;
  throw new AppError("forbidden", pod.privacy === "public" ? podTexts.say("notIn", pod) : podTexts.say("membersOnly"));
}

/** The caller's membership, when it is of this role or a higher one. @throws AppError `forbidden`, which names who can. */
export async function requireRole(ctx: Asking, pod: Pod, least: Exclude<PodRole, "member">): Promise<Membership> {
  const membership = await requireMember(ctx, pod);
  if (rank(membership.role) >= rank(least)) return membership;
  const names = await namesOfRole(ctx.store, pod.id, least);
  throw new AppError("forbidden", podTexts.say("roleNeeded", { pod: pod.name, role: least, names }));
}

const mostNamed = 5;

/** The owner in front: the letters of the roles happen to sort so. */
async function namesOfRole(store: Store, podId: string, least: PodRole): Promise<string> {
  const { rows } = await store.find(memberships, {
    where: { podId, role: { in: podRoles.slice(rank(least)) } },
    orderBy: { field: "role", direction: "desc" },
    limit: mostNamed + 1,
  });
  const named = await store.getMany(
    profiles,
    rows.slice(0, mostNamed).map((row) => row.memberId),
  );
  return [...named.map((profile) => profile.displayName), ...(rows.length > mostNamed ? ["…"] : [])].join(", ");
}

/** The pods a member is in, the one joined last in front. */
export async function podsOf(store: Store, memberId: string): Promise<readonly Pod[]> {
  const found: Pod[] = [];
  const orderBy = { field: "joinedAt", direction: "desc" } as const;
  for await (const rows of pages(store, memberships, { where: { memberId }, orderBy, limit: 500 })) {
    const ids = rows.map((row) => row.podId);
    found.push(...(await store.getMany(pods, ids)));
  }
  return found.filter((pod) => pod.isActive);
}

/** Everybody in a pod, in the order of their memberships' ids. */
export async function podMemberIds(store: Store, podId: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const rows of pages(store, memberships, { where: { podId }, limit: 500 }))
    found.push(...rows.map((row) => row.memberId));
  return found;
}

/** One, but for the moment of a handover. */
export async function ownerIdsOf(store: Store, podId: string): Promise<readonly string[]> {
  const { rows } = await store.find(memberships, { where: { podId, role: "owner" }, limit: 10 });
  return rows.map(({ memberId }) => memberId);
}

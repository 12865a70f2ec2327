// What a member may be in a pod.

/** From the least to the most. */
export const podRoles = ["member", "moderator", "admin", "owner"] as const;
export type PodRole = (typeof podRoles)[number];

export const rank = (role: PodRole): number => podRoles.indexOf(role);
export const higher = (one: PodRole, other: PodRole): PodRole => (rank(one) >= rank(other) ? one : other);

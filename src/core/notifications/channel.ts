// The ways by which a notification can come to a member besides the inbox, which holds everything.

/** A direct message in one of the member's chat apps, an e-mail, a push message in the browser. */
export const channels = ["chat", "mail", "push"] as const;
export type Channel = (typeof channels)[number];

/** Why a notification waits, or is left to the inbox. */
export const holds = ["off", "blocked", "quiet", "digest", "bundle", "budget", "late", "untrue"] as const;
export type Held = (typeof holds)[number];

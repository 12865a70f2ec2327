// When something counts as late, and how much of it comes by itself after an outage.

const minute = 60_000;

/** Brought later than this (ms) it is late. */
export const overdueAfter = 10 * minute;
/** More that are late than this come as one. */
export const mostLate = 5;

const lull = 10_000;
/** What is late already when it arises waits until then (epoch ms), so that what else is late can come with it. */
export const endOfLull = (now: number): number => (Math.floor(now / lull) + 1) * lull;

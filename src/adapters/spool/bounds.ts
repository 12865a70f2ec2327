// How much a spool keeps.

export interface Bounds {
  /** Updates at most. */
  readonly most: number;
  /** Characters of JSON at most, of all of them together. */
  readonly mostText: number;
}

export const usualBounds: Bounds = { most: 20_000, mostText: 64 * 1024 * 1024 };

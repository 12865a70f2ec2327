// Collections with every kind of field, unique key and index, for the tests of stores.
import { z } from "zod";
import { collection } from "../../src/core/kernel/collection.ts";
import type { NewRow, Store } from "../../src/core/ports/store.ts";

export const books = collection(
  "books",
  z.object({
    title: z.string().max(2_000_000),
    shelf: z.string().default("main"),
    copies: z.number().int().min(0).max(1_000_000).default(1),
    price: z.number().default(0),
    lent: z.boolean().default(false),
    tags: z.array(z.string()).default([]),
    about: z.record(z.string(), z.unknown()).default({}),
    state: z.enum(["new", "used", "worn"]).default("new"),
    isbn: z.string().optional(),
    rating: z.number().nullable().default(null),
    readAt: z.number().int().optional(),
  }),
  {
    unique: [["isbn"], ["shelf", "title"]],
    indexes: [["shelf", "copies"], ["rating"]],
    search: ["title", "state"],
  },
);

/** A second one, so that a commit can touch two. */
export const counters = collection(
  "counters",
  z.object({ value: z.number().int().default(0), by: z.array(z.int()).default([]) }),
);

export const sampleCollections = [books, counters] as const;

export const book = (id: string, more: Partial<NewRow<typeof books>> = {}): NewRow<typeof books> => ({
  id,
  title: `Book ${id}`,
  ...more,
});

/** A store of the samples, as each driver's test opens it. */
export interface OpenedStore {
  readonly store: Store;
  /** Closes it and opens the same data again. */
  reopen(): Promise<Store>;
  /** Closes it and removes what it kept. */
  remove(): Promise<void>;
}
export type OpenSamples = () => Promise<OpenedStore>;

/** Runs a test on a store of its own. */
export const withStore = (open: OpenSamples, run: (store: Store, opened: OpenedStore) => Promise<void>) => async () => {
  const opened = await open();
  try {
    await run(opened.store, opened);
  } finally {
    await opened.remove();
  }
};

/** What a page-by-page reader sees. */
export async function readAll<R>(
  page: (after?: string) => Promise<{ rows: readonly R[]; next?: string }>,
): Promise<R[]> {
  const rows: R[] = [];
  for (let after: string | undefined; ; ) {
    const { rows: more, next } = await page(after);
    rows.push(...more);
    if (!next) return rows;
    after = next;
  }
}

// Any course of changes and pages, against the simplest store there is: a map in memory.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { increment, insert, patch, remove } from "../../../src/core/kernel/change.ts";
import type { Query, Row } from "../../../src/core/ports/store.ts";
import { book, books, type OpenSamples } from "../../support/store-samples.ts";

type Book = Row<typeof books>;
type Order = NonNullable<Query<typeof books>["orderBy"]>;

const ids = fc.constantFrom(..."abcdefghijkl");
const rating = fc.constantFrom(null, -1, 0, 0.5, 2);
const shelf = fc.constantFrom("a", "B", "ä", "𝒜", "\ufffd", "a ");
const step = fc.oneof(
  fc.record({ do: fc.constant("insert" as const), id: ids, rating, shelf }),
  fc.record({ do: fc.constant("patch" as const), id: ids, rating, shelf }),
  fc.record({ do: fc.constant("add" as const), id: ids, by: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ do: fc.constant("remove" as const), id: ids }),
);
const order: fc.Arbitrary<Order> = fc.record({
  field: fc.constantFrom("id", "rating", "shelf", "copies"),
  direction: fc.constantFrom("asc", "desc"),
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const changeOf = (step: Step) => {
  if (step.do === "insert") return insert(books, book(step.id, { rating: step.rating, shelf: step.shelf, copies: 5 }));
  if (step.do === "patch") return patch(books, step.id, { rating: step.rating, shelf: step.shelf });
  if (step.do === "add") return increment(books, step.id, "copies", step.by, { min: 0, max: 9 });
  return remove(books, step.id);
};

/** Whether the model takes the step. */
function take(model: Map<string, Book>, step: Step): boolean {
  const row = model.get(step.id);
  if (step.do === "remove") model.delete(step.id);
  if (step.do === "remove") return true;
  if (step.do === "insert") {
    if (row) return false;
    const fresh = {
      title: `Book ${step.id}`,
      copies: 5,
      price: 0,
      lent: false,
      tags: [],
      about: {},
      state: "new",
    } as const;
    model.set(step.id, { ...fresh, tags: [], id: step.id, rev: 1, rating: step.rating, shelf: step.shelf });
    return true;
  }
  if (!row) return false;
  const copies = row.copies + (step.do === "add" ? step.by : 0);
  if (copies < 0 || copies > 9) return false;
  const set = step.do === "patch" ? { rating: step.rating, shelf: step.shelf } : { copies };
  model.set(step.id, { ...row, ...set, rev: row.rev + 1 });
  return true;
}

const compare = (one: unknown, other: unknown): number => {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  if (typeof one === "number") return one - (other as number);
  return Buffer.compare(Buffer.from(one as string), Buffer.from(other as string));
};
const sorted = (model: Map<string, Book>, { field, direction }: Order): Book[] =>
  [...model.values()].sort(
    (one, other) => (compare(one[field], other[field]) || compare(one.id, other.id)) * (direction === "desc" ? -1 : 1),
  );

export const modelContract = (open: OpenSamples) =>
  describe("against a model", () => {
    it("takes and refuses the same steps, and ends with the same rows", () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 40 }),
          order,
          fc.integer({ min: 1, max: 5 }),
          async (steps, orderBy, limit) => {
            const { store, remove: forget } = await open();
            try {
              const model = new Map<string, Book>();
              for (const each of steps) {
                const taken = await store.commit([changeOf(each)]).then(
                  () => true,
                  () => false,
                );
                expect(taken).toBe(take(model, each));
              }
              const rows: Book[] = [];
              for (let after: string | undefined; ; ) {
                const page = await store.find(books, { orderBy, limit, after });
                rows.push(...page.rows);
                if (!page.next) break;
                after = page.next;
              }
              expect(rows).toEqual(sorted(model, orderBy));
            } finally {
              await forget();
            }
          },
        ),
        { numRuns: 60, seed: 11 },
      ));

    it("shows each row that stays exactly once while others come and go between pages", () =>
      fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.record({ id: ids, rating, stays: fc.boolean() }), {
            selector: ({ id }) => id,
            minLength: 1,
          }),
          order,
          fc.integer({ min: 1, max: 3 }),
          async (sample, orderBy, limit) => {
            const { store, remove: forget } = await open();
            try {
              await store.commit(sample.map(({ id, rating }) => insert(books, book(id, { rating }))));
              const leaving = sample.filter(({ stays }) => !stays);
              const seen: string[] = [];
              for (let after: string | undefined, turn = 0; ; turn++) {
                const page = await store.find(books, { orderBy, limit, after });
                seen.push(...page.rows.map((row) => row.id));
                if (!page.next) break;
                after = page.next;
                const gone = leaving.pop();
                const turnOf = `x${turn}`;
                await store.commit([
                  ...(gone ? [remove(books, gone.id)] : []),
                  ...(turn < 5 ? [insert(books, book(turnOf, { rating: gone?.rating ?? turn }))] : []),
                ]);
              }
              const stayed = sample.filter(({ stays }) => stays).map(({ id }) => id);
              expect(seen.length).toBe(new Set(seen).size);
              expect(stayed.filter((id) => !seen.includes(id))).toEqual([]);
            } finally {
              await forget();
            }
          },
        ),
        { numRuns: 60, seed: 12 },
      ));
  });

// Somebody in their app: each deed resolves when everything that follows from it has happened, with what they then see.
import { noApology } from "../apology.ts";
import { eventually } from "../eventually.ts";
import type { RunningHouse } from "../running-house.ts";
import { heardBy } from "./at-rest.ts";
import type { District, Fields, Hand, OpenForm, Seen, Square } from "./district.ts";

/** What has come or changed since their last look: where it was done, and for this person alone. */
export interface Told {
  readonly here: string;
  readonly alone: string;
}

export interface Citizen {
  readonly hand: Hand;
  asks(path: string, fields?: Fields, where?: Square): Promise<Told>;
  says(text: string, where?: Square): Promise<Told>;
  presses(label: string, where?: Square): Promise<Told>;
  fills(answers: Readonly<Record<string, string>>): Promise<Told>;
  forges(button: { readonly data: string }, under: Seen, where: Square): Promise<Told>;
  form(): OpenForm | undefined;
  /** What has come for them alone since the last look. */
  news(): Promise<readonly string[]>;
}

export interface Surroundings {
  readonly houses: readonly RunningHouse[];
  readonly district: District;
  settled(): Promise<void>;
}

export function citizen(hand: Hand, { houses, district, settled }: Surroundings): Citizen {
  const looked = new Set<string>();
  const fresh = (seen: readonly Seen[]): readonly string[] => {
    const news = seen.filter(({ id, edits }) => !looked.has(`${id} ${edits}`));
    for (const { id, edits } of news) looked.add(`${id} ${edits}`);
    return news.map(({ text }) => text);
  };
  async function did(where: Square | undefined, deed: () => Promise<unknown>): Promise<Told> {
    const before = heardBy(houses);
    const flashed = await deed();
    await eventually(() => heardBy(houses) > before);
    await settled();
    const alone = [...(typeof flashed === "string" && flashed ? [flashed] : []), ...fresh(hand.sees())].join("\n");
    const here = where ? fresh(district.seenIn(where)).join("\n") : alone;
    for (const { lines } of houses) noApology(`${here}\n${alone}`, lines);
    return { here, alone };
  }
  return {
    hand,
    asks: (path, fields = {}, where) => did(where, () => hand.asks(path, fields, where)),
    says: (text, where) => did(where, () => hand.says(text, where)),
    presses: (label, where) => did(where, () => hand.presses(label, where)),
    fills: (answers) => did(undefined, () => hand.fills(answers)),
    forges: (button, under, where) => did(where, () => hand.forges(button, under, where)),
    form: hand.form,
    async news() {
      await settled();
      return fresh(hand.sees());
    },
  };
}

// What was asked about somebody, such as whether they administer a place, and holds for a minute.
import type { Clock } from "../../core/ports/clock.ts";
import { bounded } from "./bounded.ts";

export interface Remembered {
  /** What is remembered, else what `ask` finds out. Where that fails, it is asked again the next time. */
  answer(key: string, ask: () => Promise<boolean>): Promise<boolean>;
  /** It came without being asked for. */
  note(key: string, is: boolean): void;
}

const freshFor = 60_000;
const mostRemembered = 1_000;

export function rememberedForAMinute(clock: Clock): Remembered {
  const known = bounded<string, { readonly until: number; readonly is: boolean }>(mostRemembered);
  const note = (key: string, is: boolean) => known.set(key, { until: clock.now() + freshFor, is });
  return {
    note,
    async answer(key, ask) {
      const remembered = known.get(key);
      if (remembered && remembered.until > clock.now()) return remembered.is;
      const is = await ask();
      note(key, is);
      return is;
    },
  };
}

// Contenders that take turns, so that whatever else the machine does meets all of them.
import { median } from "./table.ts";

export const rounds = 5;

/** The median of what was measured of each. */
export async function alternating<T>(
  contenders: readonly T[],
  measure: (one: T) => Promise<number>,
): Promise<number[]> {
  const measured = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, one] of contenders.entries()) measured[index]!.push(await measure(one));
  return measured.map(median);
}

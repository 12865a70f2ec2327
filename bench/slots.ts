// Work done a number at a time: each slot does one thing after the other.

export interface Slot {
  /** Does it once and answers how long it took, in ms. */
  turn(turn: number): Promise<number>;
  close?(): void;
}

export interface Measured {
  readonly perSecond: number;
  /** ms of each. */
  readonly latencies: readonly number[];
}

export async function inSlots(
  times: number,
  atOnce: number,
  open: (index: number) => Slot | Promise<Slot>,
): Promise<Measured> {
  const slots = await Promise.all(Array.from({ length: atOnce }, (_, index) => open(index)));
  const latencies: number[] = [];
  let begun = 0;
  const run = async (slot: Slot) => {
    for (let turn = 0; begun < times; turn++) {
      begun++;
      latencies.push(await slot.turn(turn));
    }
  };
  const started = performance.now();
  await Promise.all(slots.map(run));
  const perSecond = times / ((performance.now() - started) / 1000);
  for (const slot of slots) slot.close?.();
  return { perSecond, latencies };
}

export async function within<T>(work: Promise<T>, ms: number, sentence: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(sentence)), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

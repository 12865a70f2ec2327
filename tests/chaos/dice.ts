// Chance that a seed repeats.

export interface Dice {
  /** 0 up to 1. */
  roll(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  /** One of the keys, as often as its share; the shares add up to 1 or less, the rest is undefined. */
  one<K extends string>(shares: Readonly<Record<K, number>>): K | undefined;
}

/** mulberry32. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    roll,
    between: (least, most) => least + Math.floor(roll() * (most - least + 1)),
    one(shares) {
      let left = roll();
      for (const [key, share] of Object.entries<number>(shares)) {
        left -= share;
        if (left < 0) return key as keyof typeof shares;
      }
      return undefined;
    },
  };
}

// What comes in within one turn of the event loop goes on together, step by step: the code of each step then serves all of
// it while the processor has it at hand, instead of being fetched anew for each.

interface Group {
  readonly begun: Promise<void>;
  size: number;
}

/** So that what comes first in a flood does not wait for all that comes with it. */
const most = 64;
const atOnce = Promise.resolve();

let gathering: Group | undefined;
let sizeBefore = 1;

/** Resolves at the end of this turn for all that asked in it, and at once while one at a time asks. */
export function inStep(): Promise<void> {
  if (!gathering || gathering.size === most) gathering = gather();
  gathering.size++;
  return gathering.size === 1 && sizeBefore === 1 ? atOnce : gathering.begun;
}

function gather(): Group {
  const { promise, resolve } = Promise.withResolvers<void>();
  const group = { begun: promise, size: 0 };
  setImmediate(() => {
    if (gathering === group) gathering = undefined;
    sizeBefore = group.size;
    resolve();
  });
  return group;
}

// The apology for what nobody expected, taken for the fault that it is: a test then shows what failed and where.
import type { LogLine } from "./world.ts";

/** @throws Error with the fault as its cause where the number that is shown to tell the operator is that of a logged failure. */
export function noApology(shown: string, logged: readonly LogLine[]): void {
  const isShown = ({ fields, error }: LogLine) => error && shown.includes(String(fields.correlation ?? "\0"));
  const failure = logged.findLast(isShown);
  if (failure) throw new Error(`“${shown}”\n${failure.message}: ${failure.error}`, { cause: failure.error });
}

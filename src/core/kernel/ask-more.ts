// An action that finds it must know one more thing, which its schema alone does not require.
import type { Sentence } from "../text.ts";

/** Thrown by `run` before anything has changed: `perform` answers with a form that asks for the field and then calls again. */
export class NeedsField extends Error {
  readonly field: string;
  /** Why what was given for it could not be used; that answer is dropped and asked for anew. */
  readonly problem?: Sentence;

  constructor(field: string, problem?: Sentence) {
    super(`needs ${field}`);
    this.name = "NeedsField";
    this.field = field;
    this.problem = problem;
  }
}

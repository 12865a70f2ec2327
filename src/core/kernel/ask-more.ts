// An action that finds it must know one more thing, which its schema alone does not require.
import { AppError } from "../errors.ts";
import type { Sentence } from "../text.ts";
import type { FormField } from "../view.ts";

interface More {
  /** Why what was given for the field could not be used; it stays in the call, to be corrected. */
  readonly problem?: Sentence;
  /** It can be left out as well. */
  readonly optional?: boolean;
  /** What there is to pick from, in the place of all there is. */
  readonly choices?: FormField["choices"];
  /** Asked in the place of the field's own question. */
  readonly question?: Sentence;
  /** Input that was understood meanwhile and goes on with the call. */
  readonly given?: Readonly<Record<string, unknown>>;
}

/** Thrown by `run` before anything has changed: `perform` answers with a form that asks for the field and then calls again. */
export class NeedsField extends Error {
  readonly field: string;
  readonly more: More;

  constructor(field: string, more: More = {}) {
    super(`needs ${field}`);
    this.name = "NeedsField";
    this.field = field;
    this.more = more;
  }
}

/** For a `catch`: what was invalid about the field's answer is asked for again. */
export const askingAgain =
  (field: string) =>
  (error: unknown): never => {
    if (!(error instanceof AppError) || error.code !== "invalid") throw error;
    throw new NeedsField(field, { problem: error.sentence });
  };

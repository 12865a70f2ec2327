// People whom a call's input mentions: each by what names exactly them, before anything asks who else is called so.
import { AppError } from "../../core/errors.ts";
import type { ActionContext } from "../../core/kernel/house.ts";
import type { Named } from "../../core/ports/platform.ts";
import type { Call } from "../../core/view.ts";

/** @throws AppError of `Reference.mentioned`, with the field it is about. */
export async function mentioning(ctx: ActionContext, call: Call, named: readonly Named[] = []): Promise<Call> {
  if (named.length === 0) return call;
  const input = { ...call.input };
  for (const { name, reference } of ctx.house.actions.get(call.action)?.fields ?? []) {
    const said = input[name];
    const meant = typeof said === "string" ? named.filter(({ as }) => as.trim() === said.trim()) : [];
    if (reference?.mentioned && meant.length > 0)
      input[name] = await reference.mentioned(ctx, meant).catch((error) => refuse(error, name));
  }
  return { ...call, input };
}

function refuse(error: unknown, key: string): never {
  if (!(error instanceof AppError)) throw error;
  throw new AppError(error.code, error.sentence, { cause: error, detail: { ...error.detail, key } });
}

// What the next calls to a test server meet, each used up by the call that meets it.

export interface Planned<F> {
  readonly fault: F;
  /** The method or route of the calls that it is for; absent, it is for any. */
  readonly of?: string;
  left: number;
}

/** @param call its method, or its route ("POST /channels/:id/messages"). */
export function takeFault<F>(planned: readonly Planned<F>[], call: string): F | undefined {
  const hit = planned.find((plan) => plan.left > 0 && (plan.of === undefined || plan.of === call));
  if (hit) hit.left--;
  return hit?.fault;
}

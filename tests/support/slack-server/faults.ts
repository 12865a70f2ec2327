// Faults to inject: what a network and a busy Slack do to calls.

export type Fault =
  | { readonly kind: "429"; readonly retryAfter?: number }
  /** Answered with this status and a page that is no JSON. */
  | { readonly kind: "status"; readonly status: number }
  /** Never answered; nothing is done. */
  | { readonly kind: "hang" }
  /** Done, but the connection is cut before the answer. */
  | { readonly kind: "act-then-cut" }
  /** Cut before anything is done. */
  | { readonly kind: "cut" }
  /** Refused with Slack's code. */
  | { readonly kind: "refuse"; readonly error: string };

export interface Planned {
  readonly fault: Fault;
  readonly method?: string;
  left: number;
}

/** The fault that the next call of this method meets, which is used up by it. */
export function takeFault(planned: Planned[], method: string): Fault | undefined {
  const hit = planned.find((plan) => plan.left > 0 && (plan.method === undefined || plan.method === method));
  if (hit) hit.left--;
  return hit?.fault;
}

// Faults to inject: what a network and a busy Discord do to calls.

export type Fault =
  /** Refused as Discord would; `more` goes into the body (`retry_after` of a 429, in seconds). */
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly more?: Readonly<Record<string, unknown>>;
    }
  /** Never answered; nothing is done. */
  | { readonly kind: "hang" }
  /** Done, but the connection is cut before the answer. */
  | { readonly kind: "act-then-cut" }
  /** Cut before anything is done. */
  | { readonly kind: "cut" };

export interface Planned {
  readonly fault: Fault;
  readonly route?: string;
  left: number;
}

/** The fault that the next call of this route ("POST /channels/:id/messages") meets, which is used up by it. */
export function takeFault(planned: Planned[], route: string): Fault | undefined {
  const hit = planned.find((plan) => plan.left > 0 && (plan.route === undefined || plan.route === route));
  if (hit) hit.left--;
  return hit?.fault;
}

// What can be made to go wrong with a request, for tests of whoever calls.

export type Fault =
  /** Acts and answers, later. */
  | { readonly kind: "delay"; readonly ms: number }
  /** The connection ends before anything was done. */
  | { readonly kind: "drop" }
  /** It is done, and the connection ends without an answer. */
  | { readonly kind: "act and drop" }
  /** It is done, and the answer breaks off in the middle. */
  | { readonly kind: "cut" }
  /** Nothing is done. */
  | { readonly kind: "refuse"; readonly status: 429 | 500 | 503; readonly headers?: Readonly<Record<string, string>> };

/** Requests that a fault is for: by method, by path, the next `times` of them (1 when absent). */
export interface Aim {
  readonly method?: string;
  readonly path?: RegExp;
  readonly times?: number;
}

export interface Faults {
  add(fault: Fault, aim?: Aim): void;
  clear(): void;
}

export interface FaultPlan extends Faults {
  take(method: string, path: string): Fault | undefined;
}

export function faultPlan(): FaultPlan {
  const planned: { fault: Fault; aim: Aim; left: number }[] = [];
  return {
    add: (fault, aim = {}) => void planned.push({ fault, aim, left: aim.times ?? 1 }),
    clear: () => void planned.splice(0),
    take(method, path) {
      const at = planned.findIndex(({ aim }) => (aim.method ?? method) === method && (aim.path?.test(path) ?? true));
      const found = planned[at];
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) planned.splice(at, 1);
      return found.fault;
    },
  };
}

const types = { 429: "general_rate_limit_exceeded", 500: "general_unknown", 503: "general_service_disabled" };
const words = {
  429: "Rate limit for the current endpoint has been exceeded. Please try again after some time.",
  500: "Server Error",
  503: "Service Unavailable",
};

export const refusalOf = (status: 429 | 500 | 503) => ({ type: types[status], message: words[status] });

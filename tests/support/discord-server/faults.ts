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

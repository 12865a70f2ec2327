// Faults to inject: what a network and a busy Telegram do to calls.

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
  /** Refused as Telegram would. */
  | { readonly kind: "refuse"; readonly code: number; readonly description: string };

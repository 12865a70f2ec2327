// What becomes of a copy that a platform refused: by what stood in the way, and whether the copy is posted already.
import { AppError, type ErrorCode, isClosed, isShutOut } from "../errors.ts";
import type { BridgeCopy } from "./talk.ts";

export type Verdict =
  /** Tried again in so many ms; until then the sequence stands still. */
  | { readonly kind: "wait"; readonly ms: number }
  /** The channel takes nothing for now, or never again: a copy that is not posted waits for it, or goes with it. */
  | { readonly kind: "closed" | "gone" }
  /** It can't be posted at all: a line stands for it. */
  | { readonly kind: "left" }
  /** It goes on with its file's name in the file's place. */
  | { readonly kind: "named" }
  /** Nothing more is done: what is posted stays as it is, what is not never will be. */
  | { readonly kind: "over" }
  /** It was posted, and is no more. */
  | { readonly kind: "lost" };

type Obstacle = "gone" | "closed" | "passing" | "unexplained" | "hopeless";

/** "wait": until it is too old. "tries": so often, then it is over. */
const verdicts = {
  gone: { unposted: "gone", posted: "lost" },
  // A right that only changes or removals need may be missing, or one person's consent: no reason to hold up the channel for good.
  closed: { unposted: "closed", posted: "tries" },
  passing: { unposted: "wait", posted: "tries" },
  unexplained: { unposted: "tries", posted: "tries" },
  hopeless: { unposted: "named", posted: "over" },
} as const satisfies Record<Obstacle, Record<"unposted" | "posted", Verdict["kind"] | "tries">>;

const waits = [5_000, 30_000, 2 * 60_000, 10 * 60_000] as const;
const mostTries = 6;
/** The same again would end the same. */
const hopeless: ReadonlySet<ErrorCode> = new Set(["invalid", "unsupported", "not_found", "conflict"]);

/** @param copy as claimed. @param repeatsFor where nobody knows whether it was posted: how long (ms) a repeat is still shown once. */
export function verdictOn(copy: BridgeCopy, error: unknown, repeatsFor: number | undefined): Verdict {
  const posted = copy.message !== undefined;
  const verdict = verdicts[obstacleIn(error)][posted ? "posted" : "unposted"];
  if (verdict === "named" && copy.skipped === undefined)
    return { kind: copy.file !== undefined && !copy.named ? "named" : "left" };
  if (verdict === "named") return { kind: "over" };
  if (verdict !== "wait" && verdict !== "tries") return { kind: verdict };
  if (verdict === "tries" && copy.attempt >= mostTries) return { kind: "over" };
  const { code, detail } = error instanceof AppError ? error : { code: undefined, detail: {} };
  const ladder = waits[Math.min(copy.attempt, waits.length) - 1]!;
  const ms = code === "rate_limited" ? (detail.retryAfter ?? waits[0]) : ladder;
  // A third one might show.
  if (repeatsFor !== undefined && ms >= repeatsFor && copy.resent > 0) return { kind: "over" };
  return { kind: "wait", ms };
}

function obstacleIn(error: unknown): Obstacle {
  if (!(error instanceof AppError)) return "unexplained";
  if (isShutOut(error)) return "gone";
  if (isClosed(error)) return "closed";
  return hopeless.has(error.code) ? "hopeless" : "passing";
}

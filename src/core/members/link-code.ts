// One-time codes that join two accounts, and the tries against them.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";

/** How long a code is good for, and how long tries are counted (ms). */
export const codeLifetime = 5 * 60_000;
export const mostTries = 5;

export const linkCodes = collection(
  "link_codes",
  z.object({ memberId: just.string, hash: just.string, expiresAt: just.int }),
  { unique: [["memberId"], ["hash"]], members: ["memberId"] },
);

export type LinkCode = Row<typeof linkCodes>;

export const linkTries = collection(
  "link_tries",
  z.object({ memberId: just.string, count: just.int, since: just.int }),
  {
    unique: [["memberId"]],
    members: ["memberId"],
  },
);

/** As it is written: spaces, dashes and case do not matter. */
export const normaliseCode = (typed: string): string => typed.replace(/[^0-9a-z]/gi, "").toUpperCase();

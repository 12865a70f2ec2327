// Invitations: a code for whoever has it, or a personal one behind a button.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { increment } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { Context } from "../kernel/house.ts";
import { codeAlphabet } from "../kernel/short-code.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Change, Row } from "../ports/store.ts";
import { podTexts } from "./texts.ts";

export const invites = collection(
  "pod_invites",
  z.object({
    podId: just.string,
    /** The code's keyed hash; the code itself is shown once and not kept. */
    hash: maybe.string,
    /** The only one who can use it. */
    memberId: maybe.string,
    by: just.string,
    usesLeft: just.int,
    expiresAt: just.int,
  }),
  { unique: [["hash"], ["podId", "memberId"]], indexes: [["expiresAt"]], members: ["memberId", "by"] },
);
export type Invite = Row<typeof invites>;

export const dayMs = 24 * 3600_000;
/** Ten characters are too many to guess: about 8 × 10^14 codes. */
const length = 10;

export const newInviteCode = (ctx: Pick<Context, "secrets">): string => ctx.secrets.random(length, codeAlphabet);

/** The code in what was typed, whatever its case, spaces and dashes. */
export function readInviteCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, "").toUpperCase();
  return code.length === length && [...code].every((letter) => codeAlphabet.includes(letter)) ? code : undefined;
}

export const hashOf = ({ secrets }: Pick<Context, "secrets">, code: string): string =>
  secrets.sign(`pod-invite:${code}`);

export async function inviteBehind(ctx: Pick<Context, "store" | "secrets">, typed: string) {
  const code = readInviteCode(typed);
  return code ? ctx.store.getBy(invites, { hash: hashOf(ctx, code) }) : undefined;
}

export const isOpen = (invite: Invite, now: number): boolean => invite.usesLeft > 0 && invite.expiresAt > now;

/** A step of the commit that lets somebody in; of several who race for the last use one gets it. */
export function spend(invite: Invite, now: number): Change {
  if (invite.expiresAt <= now) throw new AppError("invalid", podTexts.say("inviteExpired"));
  if (invite.usesLeft < 1) throw new AppError("invalid", podTexts.say("inviteUsedUp"));
  return increment(invites, invite.id, "usesLeft", -1, { min: 0 });
}

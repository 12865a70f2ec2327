// Letting somebody in who asked, or not: the buttons of a join request.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { patch, untilSettled } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { profiles } from "../members/read.ts";
import { just } from "../plain-shapes.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { admit } from "./admit.ts";
import { podRefused } from "./facts.ts";
import { type JoinRequest, joinRequests } from "./join-request.ts";
import { membershipOf } from "./membership.ts";
import { type Pod, pods } from "./pod.ts";
import { rank } from "./pod-role.ts";
import { podTexts } from "./texts.ts";

export const requestAnswers = ["approve", "refuse"] as const;

interface Answered {
  readonly pod: Pod;
  readonly name: string;
  readonly status: JoinRequest["status"];
  /** Somebody was faster. */
  readonly before: boolean;
}

export const answerRequest = defineAction({
  name: "request.answer",
  command: false,
  who: "member",
  input: z.object({
    request: just.string.max(36),
    answer: z.enum(requestAnswers),
  }),
  run: (ctx, { request, answer }) => untilSettled(() => decide(ctx, request, answer)),
  view: answeredView,
});

async function decide(ctx: ActionContext, id: string, answer: (typeof requestAnswers)[number]): Promise<Answered> {
  const { store, actor, clock } = ctx;
  const { request, pod } = await requestFor(ctx, id);
  const name = (await store.get(profiles, request.memberId))?.displayName ?? "…";
  if (request.status !== "pending") return { pod, name, status: request.status, before: true };
  const status = answer === "approve" ? ("approved" as const) : ("refused" as const);
  const closed = patch(joinRequests, request, { status, decidedBy: actor.id, decidedAt: clock.now() });
  if (status === "refused") {
    const refused = { subject: pod.id, request: id, member: request.memberId, by: actor.id };
    await store.commit([closed, podRefused(ctx, refused)]);
    return { pod, name, status, before: false };
  }
  const entry = { member: request.memberId, via: "approval" as const, by: actor.id, also: [closed] };
  if (!(await admit(ctx, pod, entry))) await store.commit([closed]);
  return { pod, name, status, before: false };
}

/** @throws AppError `not_found`, also for those who may not decide. */
async function requestFor({ store, actor }: ActionContext, id: string): Promise<{ request: JoinRequest; pod: Pod }> {
  const request = await store.get(joinRequests, id);
  const pod = request && (await store.get(pods, request.podId));
  const membership = pod?.isActive ? await membershipOf(store, pod.id, actor.id) : undefined;
  if (!request || !pod || !membership || rank(membership.role) < rank("moderator"))
    throw new AppError("not_found", podTexts.say("noRequest"));
  return { request, pod };
}

function answeredView({ pod, name, status, before }: Answered, reader: Reader): View {
  const t = podTexts(reader);
  const said = { pod: pod.name, name };
  const text = status === "approved" ? t.wasApproved(said) : t.wasRefused(said);
  return { ...note(before ? [...t.decidedBefore, " ", ...text] : text), replaces: true };
}

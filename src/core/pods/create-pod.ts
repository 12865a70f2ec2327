// Founding a pod.
import { z } from "zod";
import { button, buttonHere, defineAction } from "../kernel/action.ts";
import { insert } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { withFreshCode } from "../kernel/short-code.ts";
import { tidy, visibleText } from "../kernel/visible-text.ts";
import { just } from "../plain-shapes.ts";
import type { Place } from "../ports/platform.ts";
import type { NewRow } from "../ports/store.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { bindPod } from "./bind-pod.ts";
import { bindingAt } from "./binding.ts";
import { podCreated } from "./facts.ts";
import { inviteToPod } from "./invite-to-pod.ts";
import { listPodMembers } from "./list-members.ts";
import { memberships } from "./membership.ts";
import { JoinPolicy, nameKey, type Pod, Privacy, pods } from "./pod.ts";
import { podTexts } from "./texts.ts";

export const createPod = defineAction({
  name: "pod.create",
  summary: podTexts.say("createSummary"),
  title: podTexts.say("createTitle"),
  examples: {
    en: ["/pod create Linear Algebra category:maths", '/pod create "Thesis circle" privacy:private max:8'],
    de: [
      "/pod create Lineare Algebra kategorie:Mathe",
      '/pod create "Schreibgruppe Bachelorarbeit" sichtbarkeit:privat höchstens:8',
    ],
  },
  who: "member",
  input: z.object({
    name: ask(podTexts.say("askName"), visibleText(100)),
    description: ask(podTexts.say("askDescription"), just.string.trim().max(1000)).default(""),
    category: ask(podTexts.say("askCategory"), visibleText(50)).default("general"),
    subject: ask(podTexts.say("askSubject"), visibleText(100)).optional(),
    tags: ask(podTexts.say("askTags"), just.string.max(300)).optional(),
    privacy: ask(podTexts.say("askPrivacy"), Privacy).default("public"),
    policy: ask(podTexts.say("askPolicy"), JoinPolicy).optional(),
    max: ask(podTexts.say("askMax"), just.int.min(2).max(1000)).default(100),
  }),
  async run(ctx, { policy, max, tags, ...given }): Promise<Created> {
    const pod = await found(ctx, {
      ...given,
      category: given.category.toLowerCase(),
      tags: tagsOf(tags),
      joinPolicy: policy ?? (given.privacy === "public" ? "open" : "invite-only"),
      maxMembers: max,
    });
    return { pod, freePlace: await freePlaceOf(ctx) };
  },
  view: createdView,
});

interface Created {
  readonly pod: Pod;
  /** Where it was asked for, if no pod is at home there. */
  readonly freePlace?: Place;
}

async function freePlaceOf({ store, place }: ActionContext): Promise<Place | undefined> {
  return place?.kind === "channel" && !(await bindingAt(store, place)) ? place : undefined;
}

type Given = Omit<NewRow<typeof pods>, "id" | "code" | "nameKey" | "timezone" | "creatorId" | "createdAt">;

/** The pod and its owner's membership. */
async function found(ctx: ActionContext, given: Given): Promise<Pod> {
  const { store, secrets, clock, actor } = ctx;
  const id = secrets.id();
  const now = clock.now();
  const whose = { timezone: actor.timezone, creatorId: actor.id, createdAt: now };
  return withFreshCode(pods, secrets, async (code) => {
    const row = { ...given, id, code, nameKey: nameKey(given.name), ...whose };
    await store.commit([
      insert(pods, row),
      insert(memberships, { id: secrets.id(), podId: id, memberId: actor.id, role: "owner", joinedAt: now }),
      podCreated(ctx, { subject: id, by: actor.id }),
    ]);
    return { ...pods.shape.parse(row), id, rev: 1 };
  });
}

/** "#maths, proofs" are two tags; at most ten, each once. */
export function tagsOf(typed = ""): string[] {
  const tags = tidy(typed)
    .split(",")
    .map((tag) => tag.trim().replace(/^#+/, "").trim().toLowerCase());
  return [...new Set(tags.filter((tag) => /[\p{L}\p{N}]/u.test(tag)))].map((tag) => tag.slice(0, 50)).slice(0, 10);
}

function createdView({ pod, freePlace }: Created, reader: Reader): View {
  const t = podTexts(reader);
  const bring = freePlace?.title ? t.bringTo(freePlace.title) : t.bringHere;
  return {
    title: t.created(pod.name),
    body: [
      { paragraph: t.createdNext },
      { list: [t.nextInvite(pod), ...(freePlace ? [] : [t.nextBind(pod)]), t.nextEvent] },
    ],
    fields: [
      { name: t.members, value: t.count(pod) },
      { name: t.howToJoin, value: pod.privacy === "public" ? t.policy(pod.joinPolicy) : t.hidden },
      { name: t.code, value: pod.code },
    ],
    ...(pod.privacy === "public" && { footer: t.seenByAll }),
    buttons: [
      ...(freePlace ? [[buttonHere(bring, bindPod, { pod: pod.id })]] : []),
      [
        button(t.invitePeople, inviteToPod, { pod: pod.id }, "primary"),
        button(t.members, listPodMembers, { pod: pod.id }),
      ],
    ],
  };
}

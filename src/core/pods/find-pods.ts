// Looking for a pod: those everybody may join, and one's own.
import { z } from "zod";
import { button, callOf, defineAction } from "../kernel/action.ts";
import { ask } from "../kernel/input.ts";
import { just } from "../plain-shapes.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { joinPod } from "./join-pod.ts";
import { podsOf } from "./membership.ts";
import { nameKey, type Pod, pods } from "./pod.ts";
import { showPod } from "./show-pod.ts";
import { podTexts } from "./texts.ts";

const pageSize = 5;

interface Found {
  readonly words?: string;
  readonly category?: string;
  readonly pods: readonly { readonly pod: Pod; readonly mine: boolean }[];
  readonly next?: string;
}

export const findPods = defineAction({
  name: "pod.find",
  summary: podTexts.say("findSummary"),
  title: podTexts.say("findTitle"),
  examples: {
    en: ["/pod find", "/pod find algebra", "/pod find category:maths"],
    de: ["/pod find", "/pod find algebra", "/pod find kategorie:Mathe"],
  },
  who: "member",
  input: z.object({
    words: ask(podTexts.say("askWords"), just.string.trim().max(200)).optional(),
    category: ask(podTexts.say("askCategory"), just.string.trim().max(50).toLowerCase()).optional(),
    after: just.string.max(500).optional(),
  }),
  async run(ctx, { words, category, after }): Promise<Found> {
    const own = await podsOf(ctx.store, ctx.actor.id);
    const ownIds = new Set(own.map((pod) => pod.id));
    const { rows, next } = await ctx.store.find(pods, {
      where: { privacy: "public", isActive: true, ...(category && { category }) },
      search: words,
      orderBy: { field: "createdAt", direction: "desc" },
      limit: pageSize,
      after,
    });
    const hidden = after ? [] : ownHidden(own, { words, category });
    return {
      words,
      category,
      pods: [...hidden, ...rows].map((pod) => ({ pod, mine: ownIds.has(pod.id) })),
      next,
    };
  },
  view: foundView,
});

/** One's own that the public search leaves out. */
function ownHidden(own: readonly Pod[], { words = "", category }: { words?: string; category?: string }) {
  const wanted = nameKey(words).split(" ");
  return own.filter((pod) => {
    if (pod.privacy === "public" || (category && pod.category !== category)) return false;
    const text = `${pod.nameKey} ${nameKey(pod.description)}`;
    return wanted.every((word) => text.includes(word));
  });
}

function foundView({ words, category, pods: found, next }: Found, reader: Reader): View {
  const t = podTexts(reader);
  if (found.length === 0) return note(words || category ? t.foundNone(words ?? category ?? "") : t.noPods);
  return {
    title: words || category ? t.foundTitle(words ?? category ?? "") : t.newestTitle,
    body: [{ list: found.map(({ pod, mine }) => t.item({ pod, mine })) }],
    footer: t.findHint,
    select: {
      placeholder: t.pickPod,
      options: found.map(({ pod, mine }) =>
        mine || pod.joinPolicy === "invite-only"
          ? { label: t.showOne(pod.name), call: callOf(showPod, { pod: pod.id }) }
          : {
              label: pod.joinPolicy === "open" ? t.joinOne(pod.name) : t.askOne(pod.name),
              call: callOf(joinPod, { pod: pod.id }),
            },
      ),
    },
    ...(next && { buttons: [[button(t.more, findPods, { words, category, after: next })]] }),
  };
}

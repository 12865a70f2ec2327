// How people name an event: by id, short code, title or the beginning of a title. What they may not see does not exist.
import { AppError } from "../errors.ts";
import { foldedName } from "../kernel/folded-name.ts";
import type { ActionContext } from "../kernel/house.ts";
import { refTo } from "../kernel/input.ts";
import { likeliest, mostSuggested, suggestionLabel } from "../kernel/likeliest.ts";
import { byIdOrCode } from "../kernel/short-code.ts";
import { bindingAt, membershipOf, type Pod, podHere, pods, podsOf } from "../pods/read.ts";
import { formatTime } from "../text.ts";
import { type EventRow, events, stateOf } from "./event.ts";
import { eventTexts } from "./texts.ts";

type Asking = Pick<ActionContext, "store" | "actor" | "clock" | "place">;

/** An event with whether the one who asks is in its pod; others see the events of public pods only. */
export type SeenEvent = EventRow & { readonly insider: boolean };

/** The same words for what is not there and for what may not be seen. */
export const noSuchEvent = (): AppError => new AppError("not_found", eventTexts.say("noSuchEvent"));

export const eventRef = refTo<SeenEvent>({
  async find(ctx, named) {
    const event = await byIdOrCode(ctx.store, events, named);
    const seen = event && (await maySeeEvent(ctx, event));
    if (seen) return seen;
    if (event && (await standsHere(ctx, event))) throw new AppError("forbidden", eventTexts.say("membersOnly"));
    const own = await byTitle(ctx, named);
    if (own) return { ...own, insider: true };
    const here = await podHere(ctx);
    const there = here && (await byTitle(ctx, named, here));
    const shown = there && (await maySeeEvent(ctx, there));
    if (!shown) throw noSuchEvent();
    return shown;
  },
  async suggest(ctx, typed) {
    const here = await podHere(ctx);
    const fitting = async (which: "coming" | "past", most: number) => {
      const found = (await eventsOfMine(ctx, which, here)).filter(({ status }) => status !== "cancelled");
      return likeliest(found, typed, ({ title, code }) => [title, code], most);
    };
    const coming = await fitting("coming", mostSuggested);
    const past = typed.trim() ? await fitting("past", mostSuggested - coming.length) : [];
    return [...coming, ...past].map(({ code, title, startTime }) => ({
      value: code,
      label: suggestionLabel(title, formatTime({ time: startTime, style: "full" }, ctx.reader)),
    }));
  },
});

/** Its card is for all to see there, so it can't be said that there is none. */
async function standsHere({ store, place }: Asking, { podId }: EventRow): Promise<boolean> {
  return place !== undefined && (await bindingAt(store, place))?.podId === podId;
}

export async function maySeeEvent(
  { store, actor }: Pick<Asking, "store" | "actor">,
  event: EventRow,
): Promise<SeenEvent | undefined> {
  if (await membershipOf(store, event.podId, actor.id)) return { ...event, insider: true };
  const pod = await store.get(pods, event.podId);
  return pod?.isActive && pod.privacy === "public" ? { ...event, insider: false } : undefined;
}

const month = 30 * 24 * 3600_000;
const mostPods = 100;
const mostEvents = 500;

/** Of the caller's own pods and of `besides`, the nearest first: those that are not over, or those that ended in the last month. */
async function eventsOfMine(
  { store, actor, clock }: Asking,
  which: "coming" | "past",
  besides?: Pod,
): Promise<readonly EventRow[]> {
  const own = (await podsOf(store, actor.id)).slice(0, mostPods).map((pod) => pod.id);
  const podIds = [...new Set(besides ? [besides.id, ...own] : own)];
  if (podIds.length === 0) return [];
  const now = clock.now();
  const coming = which === "coming";
  const ends = coming ? { gt: now } : { gt: now - month, lte: now };
  const starts = { gt: now - (coming ? month : 2 * month) };
  const { rows } = await store.find(events, {
    where: { podId: { in: podIds }, startTime: starts, endTime: ends },
    orderBy: { field: "startTime", direction: coming ? "asc" : "desc" },
    limit: mostEvents,
  });
  return rows;
}

/**
 * Of the caller's own pods and of `besides`: coming events before those of the last month, whole titles before beginnings.
 * @throws AppError `conflict` when several are as near.
 */
async function byTitle(ctx: Asking, named: string, besides?: Pod): Promise<EventRow | undefined> {
  const now = ctx.clock.now();
  const wanted = foldedName(named);
  if (!wanted) return undefined;
  const fits = (event: EventRow) => foldedName(event.title).startsWith(wanted);
  const same = (event: EventRow) => foldedName(event.title) === wanted;
  const ahead = (await eventsOfMine(ctx, "coming", besides)).filter(fits);
  const coming = ahead.filter((event) => stateOf(event, now) !== "cancelled");
  const all = coming.length ? ahead : [...ahead, ...(await eventsOfMine(ctx, "past", besides)).filter(fits)];
  const nearest = [coming.filter(same), coming, all.filter(same), all].find((found) => found.length) ?? [];
  if (nearest.length > 1) throw new AppError("conflict", eventTexts.say("severalEvents", nearest.slice(0, 5)));
  return nearest[0];
}

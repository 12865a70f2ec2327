// Keeps track of where PeerSpark is installed: put into a space, thrown out of it, the space under another id.
import { isConflict } from "../errors.ts";
import { patch, remove, untilSettled, upsert } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { Place } from "../ports/platform.ts";
import type { Change } from "../ports/store.ts";
import type { Language } from "../text.ts";
import { spaceJoined, spaceLeft, spaceMoved } from "./facts.ts";
import { type Space, spaceIdOf, spaces, titleOf } from "./space.ts";

type Needs = Pick<Context, "store" | "clock" | "secrets" | "correlation">;

/**
 * PeerSpark was put into the place, for the first time (it speaks `language` there then) or again; a direct chat by itself
 * is no space. Answers its space as it was known before.
 */
export async function noteJoined(
  ctx: Needs,
  place: Place,
  language: Language,
  by?: string,
): Promise<Space | undefined> {
  if (place.kind === "direct" && !place.space) return undefined;
  const { platform, channel } = place;
  const externalId = spaceIdOf(place);
  const title = titleOf(place);
  const state = { channel, goneAt: undefined, ...(title && { title }) };
  const first = { id: ctx.secrets.id(), platform, externalId, joinedAt: ctx.clock.now(), joinedBy: by };
  const known = await ctx.store.getBy(spaces, { platform, externalId });
  await ctx.store.commit([
    upsert(spaces, { platform, externalId }, { ...first, language, ...state }, state),
    ...(externalId === channel ? [] : await backIn(ctx, platform, channel)),
    spaceJoined(ctx, { platform, space: externalId, channel, by }),
  ]);
  return known;
}

/** One channel of a space may have been left by itself. */
async function backIn({ store }: Needs, platform: string, channel: string): Promise<Change[]> {
  const left = await store.getBy(spaces, { platform, externalId: channel });
  return left ? [remove(spaces, left.id)] : [];
}

/**
 * PeerSpark was thrown out of the place. One it never knew is noted too, as what is bound there must hear of it. A place
 * without a space is its own: a channel that was left while its workspace goes on.
 */
export async function noteLeft(ctx: Needs, place: Place): Promise<void> {
  if (place.kind === "direct") return;
  const { platform, channel } = place;
  const externalId = spaceIdOf(place);
  const now = ctx.clock.now();
  const row = { id: ctx.secrets.id(), platform, externalId, channel, joinedAt: now, goneAt: now };
  await ctx.store.commit([
    upsert(spaces, { platform, externalId }, row, { goneAt: now }),
    spaceLeft(ctx, { platform, space: externalId, channel }),
  ]);
}

/** The place goes by the channel id `to` from now on. Noting it again changes nothing. @param behind its messages do not. */
export async function noteMoved(ctx: Needs, place: Place, to: string, behind = false): Promise<void> {
  const { platform, channel } = place;
  const space = spaceIdOf(place);
  await untilSettled(async () => {
    const known = await ctx.store.getBy(spaces, { platform, externalId: space });
    const there = space === channel ? await ctx.store.getBy(spaces, { platform, externalId: to }) : undefined;
    const changes = known ? moving(known, there, to) : [];
    try {
      await ctx.store.commit([...changes, spaceMoved(ctx, { platform, space, channel, to, behind })]);
    } catch (error) {
      if (isConflict(error) && error.detail.collection === spaces.name && !there)
        return noteMoved(ctx, place, to, behind);
      throw error;
    }
  });
}

/** A space that goes by its channel changes its id with it, unless the new id is known already. */
function moving(known: Space, there: Space | undefined, to: string): Change[] {
  if (known.externalId !== known.channel) return known.channel === to ? [] : [patch(spaces, known, { channel: to })];
  return there ? [remove(spaces, known)] : [patch(spaces, known, { externalId: to, channel: to })];
}

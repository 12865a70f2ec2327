// Which pods are at home where PeerSpark has just been put: it may have been there before.
import type { Context } from "../kernel/house.ts";
import type { Place } from "../ports/platform.ts";
import { spaceIdOf } from "../spaces/read.ts";
import { bindings } from "./binding.ts";
import { ownName } from "./place-name.ts";
import { pods } from "./pod.ts";

export interface AtHome {
  readonly pod: string;
  /** What its place is called; absent where that is this very one. */
  readonly place?: string;
}

const mostNamed = 5;

/** @param back whether PeerSpark was thrown out of all of the space: then those of its other channels count that everybody may see. */
export async function podsAtHome(
  { store }: Pick<Context, "store">,
  place: Place,
  back: boolean,
): Promise<readonly AtHome[]> {
  const { platform, channel } = place;
  const where = back ? { platform, space: spaceIdOf(place) } : { platform, channel };
  const { rows } = await store.find(bindings, { where, limit: 50 });
  const known = await store.getMany(
    pods,
    rows.map(({ podId }) => podId),
  );
  const atHome = rows.flatMap((binding): AtHome[] => {
    const pod = known.find(({ id }) => id === binding.podId);
    const isHere = binding.channel === channel;
    if (!pod?.isActive || !(isHere || pod.privacy === "public")) return [];
    return [{ pod: pod.name, ...(!isHere && { place: ownName(binding) }) }];
  });
  return atHome.slice(0, mostNamed);
}

// The house's commands in their areas, and the one nearest to what was typed.
import { distance } from "fastest-levenshtein";
import { commandOf } from "../kernel/action.ts";
import type { AnyAction, Feature, House } from "../kernel/house.ts";
import { wordsMeant } from "../kernel/names.ts";
import { plain, type Reader, type Sentence } from "../text.ts";
import { otherWords } from "./other-words.ts";

export interface Command {
  /** Without the slash: "event create". */
  readonly path: string;
  readonly action: AnyAction;
}

export interface Area {
  readonly name: string;
  readonly title: Sentence;
  readonly commands: readonly Command[];
}

export const commandsOf = (actions: Iterable<AnyAction>): readonly Command[] =>
  [...actions].flatMap((action) => {
    const path = commandOf(action);
    return path ? [{ path, action }] : [];
  });

/** Features that have a title and commands, in the house's order. */
export const areasOf = (house: Pick<House, "features">): readonly Area[] =>
  house.features.flatMap(({ name, title, actions }: Feature) => {
    const commands = commandsOf(actions ?? []);
    return title && commands.length ? [{ name, title, commands }] : [];
  });

const longest = 60;
const folded = (typed: string) =>
  typed.normalize("NFKC").toLowerCase().replace(/^\/+/, "").replaceAll("_", " ").trim().replace(/\s+/g, " ");

/** An area by its name, its title, the first word of its commands, or one of its commands: then with that one alone. */
export function findArea(house: Pick<House, "features">, typed: string, reader: Reader): Area | undefined {
  const words = asTheHouseHas(folded(typed.slice(0, longest)));
  if (!words) return undefined;
  const areas = areasOf(house);
  const titleOf = (area: Area) => folded(plain(area.title(reader), reader));
  const named = areas.find((area) => area.name === words || titleOf(area) === words);
  if (named) return named;
  for (const area of areas) {
    const command = area.commands.find(({ path }) => path === words);
    if (command) return { ...area, commands: [command] };
    const sharing = area.commands.filter(({ path }) => path.split(" ")[0] === words);
    if (sharing.length) return { ...area, commands: sharing };
  }
  return areas.find((area) => area.name.startsWith(words) || titleOf(area).startsWith(words));
}

/** "termin liste" is "event list". */
function asTheHouseHas(words: string): string {
  const [first = "", second = "", ...rest] = words.split(" ");
  return [...wordsMeant(first, second), ...rest].filter(Boolean).join(" ");
}

/** Two swapped letters count as two. */
const slipsIn = (path: string) => (path.length < 4 ? 1 : Math.max(2, Math.floor(path.length / 3)));

/**
 * The command that is at most a few letters away from what was typed, or what else people call it; with or without slash and
 * arguments. Else its area, where the first word names one.
 */
export function nearestCommand(house: Pick<House, "actions">, typed: string): string | undefined {
  const paths = commandsOf(house.actions.values()).map(({ path }) => path);
  const isHere = (meant?: string) => paths.some((path) => path === meant || path.split(" ")[0] === meant);
  const words = asTheHouseHas(folded(typed.slice(0, longest))).split(" ");
  const area = words[0]!;
  const meant = Object.hasOwn(otherWords, area) ? otherWords[area] : undefined;
  if (isHere(meant)) return meant;
  let best: { path: string; away: number } | undefined;
  for (const path of paths) {
    const away = distance(words.slice(0, path.split(" ").length).join(" "), path);
    if (away <= slipsIn(path) && (!best || away < best.away)) best = { path, away };
  }
  return best?.path ?? (isHere(area) ? area : undefined);
}

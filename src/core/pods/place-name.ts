// What people call the places where a pod is at home.
import { appName, type Language } from "../text.ts";
import type { Binding } from "./binding.ts";

type Named = Pick<Binding, "platform" | "channel" | "thread" | "space" | "title" | "spaceTitle">;

/** "#physics", "Maths"; the app where the place has no name of its own. */
export function ownName({ platform, channel, thread, space, title }: Named): string {
  if (!title) return appName(platform);
  return space !== channel && !thread ? `#${title.replace(/^#/, "")}` : title;
}

/** "#maths in Club One (Discord)", for who may be anywhere: "in" is the same word in every language we speak. */
export function placeName(place: Named): string {
  const { platform, channel, space, title, spaceTitle } = place;
  const within = spaceTitle && space !== channel ? ` in ${spaceTitle}` : "";
  return title ? `${ownName(place)}${within} (${appName(platform)})` : `${appName(platform)}${within}`;
}

const mostNamed = 5;

/** Made when somebody asks: the first one of a process loads what ICU knows of languages (25 ms, 7 MB). */
const listed = (names: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === "en" ? "en-GB" : language).format(names);

/** "Maths, #physics and #maths in Club One (Discord)": those on the reader's own app by their own names. */
export function placeNames(places: readonly Named[], { language, platform }: { language: Language; platform: string }) {
  const names = places
    .slice(0, mostNamed)
    .map((place) => (place.platform === platform ? ownName(place) : placeName(place)));
  return listed(places.length > mostNamed ? [...names, "…"] : names, language);
}

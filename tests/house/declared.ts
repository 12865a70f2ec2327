// What the features' files declare, read off their text, against what their tables of contents list.
import type { Feature } from "../../src/core/kernel/house.ts";
import { codeOf, type Source } from "./sources.ts";

export interface Declared {
  readonly kind: "action" | "job" | "fact" | "collection" | "listener" | "notification" | "card";
  readonly name: string;
  /** The folder under src/core. */
  readonly feature: string;
  /** The constant it is kept in. */
  readonly as?: string;
}

const constant = "^(?:export )?const (\\w+)(?:: [^=\\n]+)? = ";
const forms: Record<Declared["kind"], RegExp> = {
  action: new RegExp(`${constant}defineAction\\([\\s\\S]*?\\bname: "([^"]+)"`, "gm"),
  job: new RegExp(`${constant}(?:defineJob|channelPost)\\([\\s\\S]*?\\bname: "([^"]+)"`, "gm"),
  fact: new RegExp(`${constant}defineFact\\(\\s*"([^"]+)"`, "gm"),
  collection: new RegExp(`${constant}collection\\(\\s*"([^"]+)"`, "gm"),
  notification: /^(?:export )?const (\w+): NotificationKind<[\s\S]*?\btype: "([^"]+)"/gm,
  card: /^(?:export )?const (\w+): Card<[\s\S]*?\bname: "([^"]+)"/gm,
  listener: /()\bon\(\s*\w+,\s*"([^"]+)"/g,
};

export function declaredIn(sources: readonly Source[]): readonly Declared[] {
  return sources.flatMap(({ path, text }) => {
    const feature = /^src\/core\/([^/]+)\//.exec(path)?.[1] ?? "";
    return (Object.keys(forms) as Declared["kind"][]).flatMap((kind) =>
      [...codeOf(text).matchAll(forms[kind])].map(([, as, name]) => ({
        kind,
        name: name!,
        feature,
        ...(as && { as }),
      })),
    );
  });
}

/** Listeners that a card or a notification brings are made by the kernel, not declared by hand. */
export function listedIn(features: readonly Feature[]): readonly Declared[] {
  return features.flatMap((feature) => {
    const all = (kind: Declared["kind"], items: readonly { readonly name: string }[] = []) =>
      items.map(({ name }): Declared => ({ kind, name, feature: feature.name }));
    return [
      ...all("action", feature.actions),
      ...all("job", feature.jobs),
      ...all("fact", feature.facts),
      ...all("collection", feature.collections),
      ...all("listener", feature.listeners),
      ...all("card", feature.cards),
      ...all(
        "notification",
        feature.notifications?.map(({ type }) => ({ name: type })),
      ),
    ];
  });
}

const keyOf = ({ kind, name, feature }: Declared) => `${feature}: ${kind} ${name}`;

/** What one of the two has and the other lacks. Listeners may also be made, one for each of a kind: they are listed only. */
export function difference(declared: readonly Declared[], listed: readonly Declared[]): readonly string[] {
  const [here, there] = [new Set(declared.map(keyOf)), new Set(listed.map(keyOf))];
  return [
    ...[...here.difference(there)].map((key) => `${key} is not in its index.ts`),
    ...[...there.difference(here)]
      .filter((key) => !key.includes(": listener "))
      .map((key) => `${key} is listed, but declared in another folder or form`),
  ];
}

/** Facts that no file states. */
export function neverStated(declared: readonly Declared[], sources: readonly Source[]): readonly string[] {
  const code = sources.map(({ text }) => codeOf(text)).join("\n");
  return declared
    .filter(({ kind, as }) => kind === "fact" && !new RegExp(`\\b${as}\\(`).test(code))
    .map(({ name }) => name);
}

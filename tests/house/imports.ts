// Who imports whom, read off the text, and which room may import which.
import { posix } from "node:path";
import { codeOf, type Source } from "./sources.ts";

/** `to` is a path from the root, or the name of a package or of a module of Node. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

const forms = [
  /^(?:import|export)\s+(?:type\s+)?[\w$*{}\s,]*?\s*from\s*["']([^"']+)["']/gm,
  /^import\s+["']([^"']+)["']/gm,
  /\bimport\(\s*["']([^"']+)["']/g,
];

/** Of types and values alike, at the top or on demand. */
export function importsOf({ path, text }: Source): readonly Import[] {
  const code = codeOf(text);
  return forms
    .flatMap((form) => [...code.matchAll(form)])
    .map(([, named]) => (named!.startsWith(".") ? posix.join(posix.dirname(path), named!) : named!))
    .map((to) => ({ from: path, to }));
}

type Room = "base" | "ports" | "kernel" | "time" | "feature" | "house" | "wing" | "build" | "main" | "outside";
/**
 * What each may import besides its own folder. Features, platforms and drivers have rules of their own; a wing's index.ts
 * chooses drivers, so it may look at the configuration.
 */
const below: Record<Room, readonly Room[]> = {
  base: ["base"],
  ports: ["base"],
  kernel: ["base", "ports"],
  time: ["base", "ports"],
  feature: ["base", "ports", "kernel", "time", "feature"],
  house: ["base", "ports", "kernel", "time", "feature"],
  wing: ["base", "ports", "kernel", "time", "feature", "house"],
  build: ["base", "ports", "kernel", "time", "feature", "house", "wing", "outside"],
  main: ["base", "ports", "kernel", "time", "feature", "house", "wing", "build", "main", "outside"],
  outside: ["base", "outside"],
};
const base = new Set(["src/core/errors.ts", "src/core/plain-shapes.ts", "src/core/text.ts", "src/core/view.ts"]);
/** Pure libraries of the core's field. */
const pure: ReadonlySet<string> = new Set(["zod", "chrono-node", "fastest-levenshtein", "city-timezones", "file-type"]);
const drivers = ["sqlite", "appwrite", "embedded", "bullmq", "disk"];

interface Stand {
  readonly room: Room;
  /** The folder, feature or wing that shares with itself. */
  readonly part: string;
}

/** @throws Error for a file in no room of the house. */
export function standOf(path: string): Stand {
  const [top, second = "", third = "", fourth = ""] = path.split("/");
  if (top === "config") return { room: "outside", part: "config" };
  if (base.has(path)) return { room: "base", part: "base" };
  if (second === "core" && third === "features.ts") return { room: "house", part: "house" };
  if (second === "core" && ["ports", "kernel", "time"].includes(third)) return { room: third as Room, part: third };
  if (second === "core" && fourth) return { room: "feature", part: third };
  if (third && ["adapters", "jobs", "http"].includes(second)) return { room: "wing", part: second };
  if (path === "src/build.ts") return { room: "build", part: "build" };
  if (top === "src" && !third) return { room: "main", part: "main" };
  throw new Error(`${path} is in no room of the house`);
}

/** Why this import may not be; undefined when it may. */
export function objection({ from, to }: Import): string | undefined {
  const here = standOf(from);
  const isFile = to.startsWith("src/") || to.startsWith("config/");
  if (!isFile) {
    const stays = from.startsWith("src/core/") && !pure.has(to.split("/")[0]!);
    return stays ? `${from} imports ${to}: the core imports itself and pure libraries alone` : undefined;
  }
  const there = standOf(to);
  const own = here.part === there.part;
  if (there.room === "feature" && to.endsWith("/index.ts") && here.room !== "house")
    return `${from} imports ${to}: a feature's table of contents is for features.ts`;
  if (!own && here.room !== "house" && there.room === "feature" && !isShown(to, here.room))
    return `${from} imports ${to}: of a feature others see facts.ts and read.ts only, the wings views.ts too`;
  const chooses = there.room === "outside" && here.room === "wing" && from.endsWith("/index.ts");
  if (!own && !chooses && !below[here.room].includes(there.room))
    return `${from} imports ${to}: that is uphill or across`;
  return strangers(from, to) ? `${from} imports ${to}: siblings do not know each other` : undefined;
}

const isShown = (path: string, to: Room) =>
  (to === "feature" ? /\/(facts|read)\.ts$/ : /\/(facts|read|views)\.ts$/).test(path);

const platformOf = (path: string) => /^src\/adapters\/chat\/([^/]+)\//.exec(path)?.[1];
const driverOf = (path: string) => {
  const [, name] = /^src\/(?:adapters\/[^/]+|jobs\/drivers)\/([^/]+)/.exec(path) ?? [];
  return drivers.find((driver) => name && new RegExp(`^${driver}\\b`).test(name));
};

function strangers(from: string, to: string): boolean {
  return [platformOf, driverOf].some((of) => of(from) !== undefined && of(to) !== undefined && of(from) !== of(to));
}

/** Groups of files that import each other in a ring (Tarjan's strongly connected components), and files that import themselves. */
export function circles(imports: readonly Import[]): readonly (readonly string[])[] {
  const next = Map.groupBy(imports, ({ from }) => from);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (at: string): void => {
    order.set(at, order.size);
    lowest.set(at, order.get(at)!);
    stack.push(at);
    for (const { to } of next.get(at) ?? []) {
      if (!order.has(to)) visit(to);
      if (stack.includes(to)) lowest.set(at, Math.min(lowest.get(at)!, lowest.get(to)!));
    }
    if (lowest.get(at) !== order.get(at)) return;
    const ring = stack.splice(stack.indexOf(at));
    if (ring.length > 1 || next.get(at)?.some(({ to }) => to === at)) found.push(ring.sort());
  };
  for (const at of next.keys()) if (!order.has(at)) visit(at);
  return found;
}

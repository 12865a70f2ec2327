// The program with its data in Appwrite: provisioned, looked at, started, talked to; and nobody is shown the key.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { type AppwriteServer, appwriteServer } from "../support/appwrite-server/index.ts";
import { type House, programs } from "../support/program.ts";

let server: AppwriteServer;
let house: House;
beforeEach(async () => {
  server = await appwriteServer();
  house = await programs({
    APPWRITE_ENDPOINT: server.url,
    APPWRITE_PROJECT_ID: server.projectId,
    APPWRITE_API_KEY: server.apiKey,
  });
});
afterEach(async () => {
  await house.close();
  await server.close();
});

const ran = (...args: string[]) => house.start(args).ended;

it("is not started before the database is ready, and the command is named that makes it ready", async () => {
  for (const args of [[], ["chat", "--as", "ada"]])
    expect(await ran(...args)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The Appwrite database .*npm run appwrite:provision\n$/),
    });
  const doctor = await ran("doctor");
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toMatch(/BROKEN +store .*npm run appwrite:provision/);
});

it("is provisioned once, found well by the doctor, and keeps what is said from one process to the next", async () => {
  expect((await ran("provision", "--dry-run")).stdout).toContain("To do");
  expect((await ran("doctor")).code).toBe(1);
  expect(await ran("provision")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/the database is ready\.\n$/),
  });
  expect((await ran("provision")).stdout).toMatch(/Everything is as it should be\.\n$/);

  const doctor = await ran("doctor");
  expect([doctor.code, doctor.stderr]).toEqual([0, ""]);
  expect(doctor.stdout).toMatch(/ok +store +http:\S+, project \S+, database peerspark-main-db answers \(Appwrite\)/);

  const service = await house.serve();
  expect(service.hello).toMatch(/^ {2}data {2}http:\S+, project \S+, database peerspark-main-db$/m);
  expect((await house.chat("ada", "/pod create Topology\n")).stdout).toContain("Topology is ready");
  expect((await house.chat("grace", "/pod find topology\n")).stdout).toContain("Topology");
  service.signal("SIGTERM");
  const { code, stdout, stderr } = await service.ended;
  expect([code, existsSync(join(house.folder, "data", "peerspark.db"))]).toEqual([0, false]);
  expect(doctor.stdout + stdout + stderr).not.toContain(server.apiKey);
}, 60_000);

it("what provisioning does not understand, or lacks, is said in a sentence", async () => {
  expect((await ran("provision", "--help")).stdout).toContain("--rebuild");
  expect(await ran("provision", "--rebild")).toMatchObject({ code: 1, stderr: expect.stringContaining("--dry-run") });
  const bare = await house.start(["provision"], { STORE: "sqlite" }).ended;
  expect([bare.code, bare.stderr]).toEqual([1, expect.stringContaining("Set APPWRITE_ENDPOINT")]);
});

// Terminals beside a running service on the same data: what one makes the others see, and a reminder rings once.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type House, programs } from "../support/program.ts";

let house: House;
beforeEach(async () => {
  house = await programs();
});
afterEach(() => house.close());

const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

describe("beside a service", () => {
  it("two people found, join and see, and one hears of what the other does at once", async () => {
    await house.serve();
    const ada = house.start(["chat", "--as", "ada"]);
    const grace = house.start(["chat", "--as", "grace"]);
    ada.types("/pod create Topology policy:approval\n");
    await ada.shows("Topology is ready");
    grace.types("/pod join Topology\n");
    const request = await ada.shows(/» Request to join Topology\n.*grace.*\n.*Let in.*\n/);
    ada.types(`${/!\d+(?= Let in)/.exec(request)![0]}\n`);
    await grace.shows(/» .*Topology/);
    grace.types("/pod info Topology\n");
    await grace.shows("Members: 2 of");
  });

  it("a reminder rings once, at once, in the open chat", async () => {
    const service = await house.serve();
    const ada = house.start(["chat", "--as", "ada"]);
    ada.types("/profile\n");
    await ada.shows("Accounts:");
    const due = Date.now() + 1500;
    ada.types(`/remind me to breathe ${new Date(due).toISOString()}\n`);
    await ada.shows("Reminder set");
    await ada.shows(/» Reminder\nbreathe\n/);
    expect(Date.now() - due).toBeLessThan(5_000);
    expect(Date.now()).toBeGreaterThanOrEqual(due);
    ada.leaves();
    expect((await ada.ended).stdout.match(/» /g)).toHaveLength(1);
    const again = await house.chat("ada", "/inbox\n");
    expect(again.stdout).toMatch(/^Inbox \(1 unread\)/);
    expect(again.stdout).not.toContain("»");
    service.signal("SIGTERM");
    const { code, stderr } = await service.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain('"level":"error"');
  });

  it("a reminder of somebody who has left waits for them, and is shown when they come back", async () => {
    const service = await house.serve({ LOG_LEVEL: "debug" });
    await house.chat("ada", `/remind me to breathe ${soon(6000)}\n`);
    const grace = house.start(["chat", "--as", "grace"]);
    grace.types(`/remind me to drink ${soon(7000)}\n`);
    await grace.shows(/» Reminder\ndrink\n/);
    service.signal("SIGTERM");
    expect((await service.ended).code).toBe(0);
    const { stdout } = await house.chat("ada", "");
    expect(stdout).toMatch(/^» Reminder\nbreathe\n/);
    expect((await house.chat("ada", "")).stdout).toBe("");
  });
});

it("without a service, an open chat does its own work", async () => {
  const ada = house.start(["chat", "--as", "ada"]);
  ada.types("/profile\n");
  await ada.shows("Accounts:");
  ada.types(`/remind me to breathe ${soon(1000)}\n`);
  await ada.shows(/» Reminder\nbreathe\n/);
  ada.types("!3\n"); // counted on from the two buttons of "Reminder set"
  await ada.shows("Snoozed");
});

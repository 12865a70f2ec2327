// A space's own calendar lists the events of the public pods at home there: once, current, and gone when they are.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { AppError } from "../../../src/core/errors.ts";
import { events } from "../../../src/core/events/event.ts";
import { patch } from "../../../src/core/kernel/change.ts";
import { eventListings } from "../../../src/core/listings/listing.ts";
import { settleListing } from "../../../src/core/listings/settle-listing.ts";
import { spaces } from "../../../src/core/spaces/space.ts";
import { type World, world } from "../../support/world.ts";
import { type Calendars, calendars, type Town, town } from "../pods/town.ts";

let w: World;
let group: Town;
let own: Calendars;
const here = { channel: "g1" };
const titles = () => [...own.listed.values()].map(({ title }) => title).sort();
const rows = async () => (await w.store.find(eventListings, { limit: 100 })).rows;
const ctx = () => ({ ...w.service.context, correlation: "test" });

beforeEach(async () => {
  own = calendars();
  w = await world({
    platforms: () => {
      group = town(own);
      return [group];
    },
  });
  for (const channel of ["g1", "g2"]) group.administrators.set(channel, new Set(["ada"]));
});
afterEach(async () => {
  expect(w.troubles.filter(({ level }) => level === "error")).toEqual([]);
  expect((await w.service.context.queue.counts()).dead).toBe(0);
  await w.close();
});

async function says(line: string, where = here): Promise<string> {
  const shown = await group.says("ada", line, where);
  await w.advance({ seconds: 2 });
  return shown;
}
async function plans(what: string, where = here): Promise<void> {
  await group.says("ada", `/event create ${what}`, where);
  await group.presses("ada", "Create", where);
  await w.advance({ seconds: 2 });
}
/** A pod at home in g1, whose calendar is on. */
async function listing(): Promise<void> {
  await says("/profile edit zone:Berlin");
  await says("/pod create Algebra");
  await says("/pod bind Algebra");
  await says("/setup calendar:yes");
}
const cancels = async (title: string) => {
  await group.says("ada", `/event cancel ${title}`, here);
  await group.presses("ada", "Cancel the event", here);
  await w.advance({ seconds: 2 });
};
const refused = (reason: string) => {
  throw new AppError("unavailable", "refused", { detail: { reason } });
};

describe("a calendar that is on", () => {
  it("lists a new event in the space's language and the pod's zone", async () => {
    await listing();
    await says("/setup language:de");
    await plans('Eigenvalues tomorrow 6pm for 90 min place:"Room 5"');
    expect([...own.listed.values()]).toEqual([
      {
        space: "g1",
        title: "Eigenvalues",
        start: Date.parse("2026-03-03T17:00:00Z"),
        end: Date.parse("2026-03-03T18:30:00Z"),
        where: "Room 5",
        description: expect.stringMatching(/^Algebra · \w{6}\nSag mit den Knöpfen in Group g1, ob du kommst\.$/),
      },
    ]);
    expect(w.troubles).toEqual([]);
  });

  it("is brought up to date when the space's language changes, and by no call otherwise", async () => {
    await listing();
    await plans("Eigenvalues tomorrow 6pm");
    await says("/setup language:en");
    await w.advance({ hours: 2 });
    expect(own.calls).toEqual(["list g1"]);
    await says("/setup language:de");
    expect(own.calls).toEqual(["list g1", "change 1"]);
    expect([...own.listed.values()][0]!.description).toContain("Sag mit");
  });

  it("lists what is coming up when it is turned on, and nothing when it is turned off", async () => {
    await says("/pod create Algebra");
    await says("/pod bind Algebra");
    for (const title of ["One", "Two", "Three"]) await plans(`${title} tomorrow 6pm`);
    expect(own.calls).toEqual([]);
    await says("/setup calendar:yes");
    expect(titles()).toEqual(["One", "Three", "Two"]);
    await says("/setup calendar:no");
    expect(titles()).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it("lets go of an event that is cancelled, and of one that is over", async () => {
    await listing();
    await plans("Eigenvalues tomorrow 6pm");
    await plans("Kernels in 20 minutes for 30 minutes");
    await cancels("Eigenvalues");
    expect(titles()).toEqual(["Kernels"]);
    await w.advanceTo("2026-03-02T09:40:00Z");
    expect(titles()).toEqual(["Kernels"]);
    await w.advanceTo("2026-03-02T09:52:00Z");
    expect(titles()).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it("follows the pod: away with it, and there where it comes", async () => {
    await listing();
    await plans("Eigenvalues tomorrow 6pm");
    await says("/pod unbind");
    expect(titles()).toEqual([]);
    await says("/setup calendar:yes", { channel: "g2" });
    await says("/pod bind Algebra", { channel: "g2" });
    expect([...own.listed.values()].map(({ space }) => space)).toEqual(["g2"]);
    await group.says("ada", "/pod leave Algebra", here);
    await group.presses("ada", "Leave and archive", here);
    await w.advance({ seconds: 2 });
    expect(titles()).toEqual([]);
  });

  it("lets go of an event that moves to a pod which is not at home there", async () => {
    await listing();
    await plans("Eigenvalues tomorrow 6pm");
    const [row] = await rows();
    await w.store.commit([patch(events, row!.eventId, { podId: "elsewhere" })]);
    await w.advance({ hours: 1, minutes: 1 });
    expect(own.calls).toEqual(["list g1", "unlist 1"]);
  });

  it("never lists a private pod's events: everybody in the space would see them", async () => {
    await says("/pod create Secret privacy:private");
    await says("/pod bind Secret");
    await group.presses("ada", "Bring it here", here);
    await says("/setup calendar:yes");
    await plans("Conspiracy tomorrow 6pm");
    await w.advance({ hours: 2 });
    expect(own.calls).toEqual([]);
  });

  it("leaves alone what somebody took off by hand", async () => {
    await listing();
    await plans("Eigenvalues tomorrow 6pm");
    own.listed.clear();
    own.before = (call) => {
      if (call.startsWith("change")) refused("gone");
    };
    await says("/setup language:de");
    await w.advance({ hours: 2 });
    expect(own.calls).toEqual(["list g1", "change 1"]);
    expect(titles()).toEqual([]);
  });

  it("knows what an app lists anew by its new id", async () => {
    await listing();
    await plans("Eigenvalues tomorrow 6pm");
    own.listed.clear();
    await says("/setup language:de");
    expect([...own.listed.keys()]).toEqual(["2"]);
    await says("/setup calendar:no");
    expect(own.calls).toEqual(["list g1", "change 1", "unlist 2"]);
  });

  it("of a space that threw PeerSpark out is left, and looked after when it is back", async () => {
    await listing();
    await plans("Eigenvalues tomorrow 6pm");
    await group.happens("left", "g1");
    await cancels("Eigenvalues");
    await w.advance({ hours: 2 });
    expect(own.calls).toEqual(["list g1"]);
    await group.happens("joined", "g1");
    await w.advance({ hours: 2 });
    expect(own.calls).toEqual(["list g1", "unlist 1"]);
    expect(await rows()).toEqual([]);
  });
});

describe("listing", () => {
  it("is once, however often and however many are at it", async () => {
    await listing();
    await plans("Eigenvalues tomorrow 6pm");
    const [row] = await rows();
    const spot = { platform: "town", space: "g1" };
    const turns = Array.from({ length: 5 }, () => settleListing(ctx(), row!.eventId, spot));
    await Promise.all(turns);
    expect(own.calls).toEqual(["list g1"]);
    expect(await rows()).toHaveLength(1);
  });

  it("is tried again when it certainly did not happen", async () => {
    await listing();
    let failures = 2;
    own.before = () => {
      if (failures-- > 0) throw new AppError("rate_limited", "slow down", { detail: { retryAfter: 1000 } });
    };
    await plans("Eigenvalues tomorrow 6pm");
    await w.advance({ hours: 1 });
    expect(titles()).toEqual(["Eigenvalues"]);
    expect(own.calls.filter((call) => call === "list g1")).toHaveLength(3);
  });

  it("is not done again when nobody knows whether it happened; off and on does it anew", async () => {
    await listing();
    own.after = () => {
      own.after = undefined;
      throw new AppError("unavailable", "timed out", { detail: { unknown: true } });
    };
    await plans("Eigenvalues tomorrow 6pm");
    await w.advance({ hours: 2 });
    expect(own.calls).toEqual(["list g1"]);
    own.listed.clear();
    await says("/setup calendar:no");
    await says("/setup calendar:yes");
    expect(own.calls).toEqual(["list g1", "list g1"]);
    expect(titles()).toEqual(["Eigenvalues"]);
  });

  it("of an event that is cancelled meanwhile ends with nothing listed", async () => {
    await listing();
    own.before = async (call) => {
      if (call !== "list g1") return;
      own.before = undefined;
      await group.says("ada", "/event cancel Eigenvalues", here);
      await group.presses("ada", "Cancel the event", here);
    };
    await plans("Eigenvalues tomorrow 6pm");
    await w.advance({ seconds: 2 });
    expect(own.calls).toEqual(["list g1", "unlist 1"]);
    expect(await rows()).toEqual([]);
  });

  it("without the right to is told once, to who brought the pod there, until it works again", async () => {
    await listing();
    own.before = () => refused("closed");
    await plans("Eigenvalues tomorrow 6pm");
    await plans("Kernels tomorrow 7pm");
    await w.advance({ hours: 2 });
    const told = () => [...group.messages.values()].filter((text) => text.includes("can't list events in Group g1"));
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain("give my role the right to create and manage events");
    own.before = undefined;
    await w.advance({ hours: 2 });
    expect(titles()).toEqual(["Eigenvalues", "Kernels"]);
    expect((await w.store.getBy(spaces, { platform: "town", externalId: "g1" }))!.calendarShutAt).toBeUndefined();
    own.before = () => refused("closed");
    await plans("Rings tomorrow 8pm");
    expect(told()).toHaveLength(2);
  });

  it("in two spaces that are called alike is told of both, also when both had to wait", async () => {
    await listing();
    const there = { channel: "g2" };
    await says("/setup calendar:yes", there);
    await says("/pod create Rings", there);
    await says("/pod bind Rings", there);
    for (const channel of ["g1", "g2"]) {
      const known = await w.store.getBy(spaces, { platform: "town", externalId: channel });
      await w.store.commit([patch(spaces, known!, { title: "Study Club" })]);
    }
    await says("/notifications quiet 9-12");
    own.before = () => refused("closed");
    await plans("Eigenvalues tomorrow 6pm");
    await plans("Ideals tomorrow 7pm", there);
    const told = () => [...group.messages.values()].filter((text) => text.includes("can't list events in Study Club"));
    expect(told()).toHaveLength(0);
    await w.advance({ hours: 4 });
    expect(told()).toHaveLength(2);
  });

  it("that is shut goes on to be told once when the language is set meanwhile", async () => {
    await listing();
    own.before = () => refused("closed");
    await plans("Eigenvalues tomorrow 6pm");
    await says("/setup language:de");
    expect(await says("/setup")).toContain("but I lack the right");
    await w.advance({ hours: 2 });
    const told = () => [...group.messages.values()].filter((text) => text.includes("can't list events in Group g1"));
    expect(told()).toHaveLength(1);
    await says("/setup calendar:yes");
    expect(told()).toHaveLength(2);
  });

  it("that is full is told once, and shown by /setup, until there is room", async () => {
    await listing();
    own.before = () => refused("full");
    for (const what of ["Eigenvalues tomorrow 6pm", "Kernels tomorrow 7pm"]) await plans(what);
    const told = () => [...group.messages.values()].filter((text) => text.includes("The calendar of Group g1 is full"));
    expect(told()).toHaveLength(1);
    expect(await says("/setup")).toContain("at home here – but it is full");
    own.before = undefined;
    await w.advance({ hours: 2 });
    expect(titles()).toEqual(["Eigenvalues", "Kernels"]);
    expect(await says("/setup")).not.toContain("full");
  });

  it("that fails for one calendar goes on in the others", async () => {
    await listing();
    await says("/setup calendar:yes", { channel: "g2" });
    await says("/pod bind Algebra", { channel: "g2" });
    own.before = (call) => {
      if (call === "list g1") throw new AppError("unavailable", "down");
    };
    await plans("Eigenvalues tomorrow 6pm");
    expect([...own.listed.values()].map(({ space }) => space)).toEqual(["g2"]);
    own.before = undefined;
    await w.advance({ hours: 1 });
    expect([...own.listed.values()].map(({ space }) => space).sort()).toEqual(["g1", "g2"]);
  });
});

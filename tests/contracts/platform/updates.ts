// What comes in: each update once and in order, conversations side by side, and an end that lets work finish.
import { describe, expect } from "@jest/globals";
import fc from "fast-check";
import type { Update } from "../../../src/core/ports/platform.ts";
import { eventually, last, type PlatformStand, type PlatformTest, paragraphOf, pressed } from "./stand.ts";

const isText = ({ deed }: Update) => deed.kind === "text";
const said = (updates: readonly Update[]) => updates.flatMap(({ deed }) => (deed.kind === "text" ? [deed.text] : []));

async function listening(stand: PlatformStand, handle: (update: Update) => Promise<unknown> = async () => {}) {
  const updates: Update[] = [];
  await stand.start(async (update) => {
    updates.push(update);
    await handle(update);
  });
  return updates;
}

export function updatesContract(test: PlatformTest): void {
  describe("updates", () => {
    test("tell who said what, and where", async (stand) => {
      const updates = await listening(stand);
      const ada = await stand.person("ada");
      await ada.says("  Café @all 🎓 <b>  ");
      await eventually(() => updates.some(isText));
      const { account, place, deed } = updates.find(isText)!;
      const { platform, workspace, userId, name } = ada.account;
      expect(account).toMatchObject({ platform, workspace, userId, name });
      expect(place).toMatchObject({ ...ada.home, kind: "direct" });
      expect(place.space).toBeUndefined();
      expect(deed).toMatchObject({ kind: "text", addressed: true });
      expect(said(updates).map((text) => text.trim())).toEqual(["Café @all 🎓 <b>"]);
    });

    test("in a channel tell of the channel, its space, and whether PeerSpark is meant", async (stand) => {
      const updates = await listening(stand);
      const ada = await stand.person("ada");
      const club = await stand.club({ members: [ada] });
      await ada.says("/event_list", club);
      await ada.says("just chatting", club);
      await eventually(() => updates.filter(isText).length === 2);
      const [command, talk] = updates.filter(isText);
      expect(command!.place).toMatchObject({ ...club.address, kind: "channel", space: { id: expect.any(String) } });
      expect([command!.deed, talk!.deed]).toMatchObject([{ addressed: true }, { addressed: false }]);
      expect(command!.conversation).toBe(talk!.conversation);
    });

    test("come once each, and in the order they were said", async (stand) => {
      const updates = await listening(stand);
      const ada = await stand.person("ada");
      const lines = Array.from({ length: 25 }, (_, n) => `line ${n}`);
      await Promise.all(lines.map((line) => ada.says(line)));
      await eventually(() => updates.filter(isText).length >= lines.length);
      expect(said(updates)).toEqual(lines);
      expect(new Set(updates.map(({ id }) => id)).size).toBe(updates.length);
      expect(new Set(updates.map(({ conversation }) => conversation)).size).toBe(1);
    });

    test("name exactly whom the app's own mention names", async (stand) => {
      const updates = await listening(stand);
      const ada = await stand.person("ada");
      const [one, two] = [await stand.person("Grace Hopper"), await stand.person("Grace Hopper")];
      const club = await stand.club({ members: [ada, one, two] });
      for (const where of [undefined, club]) {
        const before = updates.length;
        await ada.names(two, "/pod_handover who:\0 pod:x", where);
        await eventually(() => updates.slice(before).some(isText));
        const { deed, named = [] } = updates.slice(before).find(isText)!;
        expect(named).toHaveLength(1);
        const { platform, workspace, userId, name } = two.account;
        expect(named[0]).toMatchObject({ account: { platform, workspace, userId, name } });
        expect(named[0]!.bot).toBeUndefined();
        expect(named[0]!.as).toMatch(/^@?Grace Hopper$/);
        expect(deed).toMatchObject({ text: expect.stringMatching(/handover/), addressed: true });
        expect(said([updates.slice(before).find(isText)!])[0]).toContain(`who:${named[0]!.as} pod:x`);
      }
    });

    test("of one conversation do not wait for another", async (stand) => {
      const [ada, bob] = [await stand.person("ada"), await stand.person("bob")];
      const slow = Promise.withResolvers<void>();
      const updates = await listening(stand, async ({ account, deed }) => {
        if (deed.kind === "text" && account!.userId === ada.account.userId) await slow.promise;
      });
      const adas = ada.says("slow");
      await eventually(() => said(updates).includes("slow"));
      const bobs = bob.says("quick");
      await eventually(() => said(updates).includes("quick"));
      const conversations = updates.filter(isText).map(({ conversation }) => conversation);
      expect(new Set(conversations).size).toBe(2);
      slow.resolve();
      await Promise.all([adas, bobs]);
    });

    test("bring what a button carries, whatever it is, up to the platform's limit", async (stand) => {
      const updates = await listening(stand);
      const ada = await stand.person("ada");
      const most = stand.platform.capabilities.buttonData;
      const fits = (data: string) => Buffer.byteLength(data) <= most && data.isWellFormed() && data.trim() === data;
      const datas = [
        ...fc.sample(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), { numRuns: 30, seed: 7 }),
      ]
        .filter(fits)
        .concat("event.rsvp|%7C|ü", "x".repeat(most));
      for (const data of datas) {
        await stand.platform.send(ada.home, paragraphOf(stand, "card", { buttons: [[pressed("Go", data)]] }));
        await ada.presses("Go");
      }
      const presses = () => updates.flatMap(({ deed }) => (deed.kind === "press" ? [deed.data] : []));
      await eventually(() => presses().length === datas.length);
      expect(presses()).toEqual(datas);
    });

    test("under way are finished before it stops, and nothing comes in after", async (stand) => {
      const ada = await stand.person("ada");
      const slow = Promise.withResolvers<void>();
      const updates = await listening(stand, async (update) => {
        if (!isText(update)) return;
        await slow.promise;
        await update.reply.show(paragraphOf(stand, "done"));
      });
      const saying = ada.says("work");
      await eventually(() => updates.some(isText));
      let stopped = false;
      const stopping = stand.platform.stop(5_000).then(() => {
        stopped = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(stopped).toBe(false);
      slow.resolve();
      await Promise.all([stopping, saying]);
      expect(last(await ada.sees())?.text).toBe("done");
      const before = updates.length;
      await ada.says("too late");
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(updates).toHaveLength(before);
    });

    test("that never end do not keep it from stopping in time", async (stand) => {
      const ada = await stand.person("ada");
      const updates = await listening(stand, (update) => (isText(update) ? new Promise(() => {}) : Promise.resolve()));
      void ada.says("for ever");
      await eventually(() => updates.some(isText));
      const before = performance.now();
      await stand.platform.stop(100);
      expect(performance.now() - before).toBeLessThan(2_000);
    });
  });
}

// Writing by itself: sent, edited, removed, to whom, and what becomes of a message that is no more.
import { describe, expect } from "@jest/globals";
import { last, type PlatformTest, paragraphOf, pressed, textsOf } from "./stand.ts";

const unavailable = (...reasons: string[]) => ({
  name: "AppError",
  code: "unavailable",
  detail: { reason: expect.stringMatching(new RegExp(`^(${reasons.join("|")})$`)) },
});

export function messagesContract(test: PlatformTest): void {
  describe("messages", () => {
    test("are shown as they were sent, in the order they were sent, with their buttons", async (stand) => {
      const ada = await stand.person("ada");
      const buttons = [[pressed("Yes", "y"), pressed("No", "n")], [pressed("Later", "l")]];
      const ref = await stand.platform.send(ada.home, paragraphOf(stand, "Coming?", { buttons }));
      await stand.platform.send(ada.home, paragraphOf(stand, "Second"));
      expect(ref).toMatchObject(ada.home);
      expect(ref.message).not.toBe("");
      const [first, second] = await ada.sees();
      expect(first).toMatchObject({ text: "Coming?", buttons: ["Yes", "No", "Later"], edits: 0 });
      expect(second).toMatchObject({ text: "Second", buttons: [] });
    });

    test("are edited in place, text and buttons", async (stand) => {
      const ada = await stand.person("ada");
      const ref = await stand.platform.send(ada.home, paragraphOf(stand, "Open", { buttons: [[pressed("Join")]] }));
      await ada.sees();
      await stand.platform.edit(ref, paragraphOf(stand, "Full", { buttons: [[pressed("Wait")]] }));
      expect(await ada.sees()).toMatchObject([{ text: "Full", buttons: ["Wait"], edits: 1 }]);
      await stand.platform.edit(ref, paragraphOf(stand, "Full", { buttons: [[pressed("Leave")]] }));
      expect(await ada.sees()).toMatchObject([{ text: "Full", buttons: ["Leave"] }]);
      await stand.platform.edit(ref, paragraphOf(stand, "Full"));
      expect(await ada.sees()).toMatchObject([{ text: "Full", buttons: [] }]);
    });

    test("may be edited to what they are already", async (stand) => {
      const ada = await stand.person("ada");
      const view = paragraphOf(stand, "Same", { buttons: [[pressed("Go")]] });
      const ref = await stand.platform.send(ada.home, view);
      await ada.sees();
      await stand.platform.edit(ref, view);
      await stand.platform.edit(ref, view);
      expect(await ada.sees()).toMatchObject([{ text: "Same", edits: 0 }]);
    });

    test("meet no obstacle where they can be written", async (stand) => {
      const ada = await stand.person("ada");
      const club = await stand.club({ members: [ada] });
      await stand.platform.send(club.address, paragraphOf(stand, "Heard", { audience: "channel" }));
      expect(await stand.platform.obstacle(club.address)).toBeUndefined();
      expect(await stand.platform.obstacle(ada.home)).toBeUndefined();
    });

    test("edited many times at once end as the last edit says", async (stand) => {
      const ada = await stand.person("ada");
      const ref = await stand.platform.send(ada.home, paragraphOf(stand, "0"));
      await Promise.all(
        Array.from({ length: 20 }, (_, n) => stand.platform.edit(ref, paragraphOf(stand, `${n + 1} of 20`))),
      );
      expect(textsOf(await ada.sees())).toEqual(["20 of 20"]);
    });

    test("that are removed are gone: removing again succeeds, editing says so", async (stand) => {
      const ada = await stand.person("ada");
      const ref = await stand.platform.send(ada.home, paragraphOf(stand, "Away with it"));
      await stand.platform.send(ada.home, paragraphOf(stand, "Stays"));
      await stand.platform.remove(ref);
      await stand.platform.remove(ref);
      expect(textsOf(await ada.sees())).toEqual(["Stays"]);
      await expect(stand.platform.edit(ref, paragraphOf(stand, "Back"))).rejects.toMatchObject(unavailable("gone"));
      expect(textsOf(await ada.sees())).toEqual(["Stays"]);
    });

    test("reach a person where they read direct messages, and nobody else", async (stand) => {
      const [ada, bob] = [await stand.person("ada"), await stand.person("bob")];
      await stand.platform.send(await stand.platform.direct(ada.account), paragraphOf(stand, "For Ada"));
      expect(textsOf(await ada.sees())).toEqual(["For Ada"]);
      expect(await bob.sees()).toEqual([]);
    });

    test("with the same key are shown once, exactly where the platform says so", async (stand) => {
      const ada = await stand.person("ada");
      const refs = [];
      for (const key of ["n.1", "n.1", "n.2"])
        refs.push(await stand.platform.send(ada.home, paragraphOf(stand, "Reminder"), key));
      const once = stand.platform.capabilities.idempotentMs > 0;
      expect(await ada.sees()).toHaveLength(once ? 2 : 3);
      expect(refs[0]!.message === refs[1]!.message).toBe(once);
      expect(refs[2]).not.toEqual(refs[0]);
    });

    test("with the same key sent at once are shown once, exactly where the platform says so", async (stand) => {
      const ada = await stand.person("ada");
      const send = () => stand.platform.send(ada.home, paragraphOf(stand, "Reminder"), "n.1");
      await Promise.all([send(), send(), send()]);
      expect(await ada.sees()).toHaveLength(stand.platform.capabilities.idempotentMs > 0 ? 1 : 3);
    });

    test("to somebody who blocks PeerSpark are refused with the reason", async (stand) => {
      const ada = await stand.person("ada");
      await ada.blocks();
      const sending = stand.platform.send(ada.home, paragraphOf(stand, "Hello?"));
      await expect(sending).rejects.toMatchObject(unavailable("blocked", "unreachable"));
    });

    test("go to a channel, where everybody reads them", async (stand) => {
      const ada = await stand.person("ada");
      const club = await stand.club({ members: [ada] });
      const ref = await stand.platform.send(club.address, paragraphOf(stand, "To all", { audience: "channel" }));
      expect(ref).toMatchObject(club.address);
      expect(last(await club.sees())).toMatchObject({ text: "To all" });
      expect(await ada.sees()).toEqual([]);
    });
  });

  describe("who administers a place", () => {
    test("is its person in a direct chat, and nobody else", async (stand) => {
      const [ada, bob] = [await stand.person("ada"), await stand.person("bob")];
      const place = { ...ada.home, kind: "direct" } as const;
      expect(await stand.platform.administers(ada.account, place)).toBe(true);
      expect(await stand.platform.administers(bob.account, place)).toBe(false);
    });

    test("is an administrator of a channel, and no other member", async (stand) => {
      const [ada, bob] = [await stand.person("ada"), await stand.person("bob")];
      const club = await stand.club({ members: [bob], admin: ada });
      const place = { ...club.address, kind: "channel" } as const;
      expect(await stand.platform.administers(ada.account, place)).toBe(true);
      expect(await stand.platform.administers(bob.account, place)).toBe(false);
    });

    test("is nobody where that can't be found out", async (stand) => {
      const ada = await stand.person("ada");
      const place = { platform: stand.platform.name, channel: "-999", kind: "channel" } as const;
      expect(await stand.platform.administers(ada.account, place)).toBe(false);
    });
  });
}

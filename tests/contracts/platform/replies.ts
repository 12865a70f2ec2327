// Answering what somebody did: where it is shown, over what, and to whom alone.
import { describe, expect } from "@jest/globals";
import type { MessageRef, Reply, Update } from "../../../src/core/ports/platform.ts";
import { eventually, last, type PlatformStand, type PlatformTest, paragraphOf, pressed, textsOf } from "./stand.ts";

/** Starts with an inbox that answers; what it throws is kept. */
async function answering(stand: PlatformStand, answer: (reply: Reply, update: Update) => Promise<unknown>) {
  const thrown: unknown[] = [];
  const over: Update[] = [];
  await stand.start(async (update) => {
    await answer(update.reply, update).catch((error) => thrown.push(error));
    over.push(update);
  });
  return { thrown, over };
}

const isText = ({ deed }: Update) => deed.kind === "text";

export function repliesContract(test: PlatformTest): void {
  describe("replies", () => {
    test("in private show everything there, whoever it is for", async (stand) => {
      const { over } = await answering(stand, async (reply) => {
        await reply.show(paragraphOf(stand, "for you"));
        await reply.show(paragraphOf(stand, "for all", { audience: "channel" }));
      });
      const ada = await stand.person("ada");
      await ada.says("hello");
      await eventually(() => over.some(isText));
      expect(textsOf(await ada.sees()).slice(-2)).toEqual(["for you", "for all"]);
    });

    test("in a channel show a caller's view to the caller alone, others to everybody", async (stand) => {
      const [ada, bob] = [await stand.person("ada"), await stand.person("bob")];
      const club = await stand.club({ members: [ada, bob] });
      const { over } = await answering(stand, async (reply, { place }) => {
        if (place.kind !== "channel") return;
        await reply.show(paragraphOf(stand, "for you"));
        await reply.show(paragraphOf(stand, "for all", { audience: "channel" }));
      });
      await ada.says("/hello", club);
      await eventually(() => over.some(({ place }) => place.kind === "channel"));
      expect(textsOf(await club.sees())).toEqual(["for all"]);
      expect(textsOf(await ada.sees())).toEqual(["for you"]);
      expect(await bob.sees()).toEqual([]);
    });

    test("to a caller who can't be written to in private are refused with the reason", async (stand) => {
      const ada = await stand.person("ada");
      const club = await stand.club({ members: [ada] });
      const { thrown } = await answering(stand, async (reply, { place }) => {
        if (place.kind === "channel") await reply.show(paragraphOf(stand, "for you"));
      });
      await ada.blocks();
      await ada.says("/hello", club);
      await eventually(() => thrown.length > 0);
      const reason = expect.stringMatching(/^(blocked|unreachable)$/);
      expect(thrown).toMatchObject([{ code: "unavailable", detail: { reason } }]);
      expect(await club.sees()).toEqual([]);
    });

    test("show the message that was pressed anew", async (stand) => {
      const ada = await stand.person("ada");
      const { over, thrown } = await answering(stand, (reply, { deed }) =>
        deed.kind === "press"
          ? reply.replace(paragraphOf(stand, "Joined"))
          : reply.show(paragraphOf(stand, "Join?", { buttons: [[pressed("Join")]] })),
      );
      await ada.says("hello");
      await eventually(async () => last(await ada.sees())?.text === "Join?");
      await ada.presses("Join");
      await eventually(() => over.some(({ deed }) => deed.kind === "press"));
      expect(last(await ada.sees())).toMatchObject({ text: "Joined", buttons: [] });
      expect(thrown).toEqual([]);
    });

    test("never show a caller's view over a message that others see", async (stand) => {
      const [ada, mallory] = [await stand.person("ada"), await stand.person("mallory")];
      const club = await stand.club({ members: [ada, mallory] });
      const { over, thrown } = await answering(stand, (reply, { deed }) =>
        deed.kind === "press"
          ? reply.replace(paragraphOf(stand, "for you"))
          : reply.show(paragraphOf(stand, "Join?", { audience: "channel", buttons: [[pressed("Join")]] })),
      );
      await ada.says("/hello", club);
      await eventually(async () => last(await club.sees())?.text === "Join?");
      await mallory.presses("Join", club);
      await eventually(() => over.some(({ deed }) => deed.kind === "press"));
      expect(await club.sees()).toMatchObject([{ text: "Join?", buttons: ["Join"], edits: 0 }]);
      expect(textsOf(await mallory.sees())).toEqual(["for you"]);
      expect(thrown).toEqual([]);
    });

    test("say a short word to the caller alone", async (stand) => {
      const ada = await stand.person("ada");
      await answering(stand, (reply, { deed }) =>
        deed.kind === "press"
          ? reply.notice("You are in.")
          : reply.show(paragraphOf(stand, "Join?", { buttons: [[pressed("Join")]] })),
      );
      await ada.says("hello");
      await eventually(async () => last(await ada.sees())?.text === "Join?");
      const noticed = await ada.presses("Join");
      await eventually(async () => [noticed, ...textsOf(await ada.sees())].includes("You are in."));
    });

    test("name what they showed of a card, so that it can be edited later", async (stand) => {
      const ada = await stand.person("ada");
      const live = { card: "event", id: "1", rev: 1 };
      let ref: MessageRef | undefined;
      await answering(stand, async (reply) => {
        ref = await reply.show(paragraphOf(stand, "1 seat", { live }));
      });
      await ada.says("hello");
      await eventually(() => ref !== undefined);
      await stand.platform.edit(ref!, paragraphOf(stand, "no seat", { live: { ...live, rev: 2 } }));
      expect(last(await ada.sees())?.text).toBe("no seat");
    });

    test("come through however long the answer takes", async (stand) => {
      const ada = await stand.person("ada");
      const { over } = await answering(stand, async () => undefined);
      await ada.says("hello");
      await eventually(() => over.some(isText));
      await over.find(isText)!.reply.show(paragraphOf(stand, "at last"));
      expect(last(await ada.sees())?.text).toBe("at last");
    });
  });
}

// Blocking somebody: nothing they do is told to you any more. They are not told of it.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import { insert, remove } from "../kernel/change.ts";
import { ask } from "../kernel/input.ts";
import { memberCalled, memberNameRef } from "../pods/read.ts";
import { note } from "../view.ts";
import { blocks } from "./block.ts";
import { blockTexts } from "./texts.ts";

const who = ask(blockTexts.say("askWho"), memberNameRef);

export const blockMember = defineAction({
  name: "member.block",
  command: "block",
  summary: blockTexts.say("blockSummary"),
  title: blockTexts.say("blockTitle"),
  examples: { en: ["/block @grace"], de: ["/block @grace"] },
  who: "member",
  input: z.object({ who }),
  async run({ store, actor, secrets, clock }, { who: named }) {
    const { id: blockedId, displayName: name } = await memberCalled(store, named);
    if (blockedId === actor.id) throw new AppError("invalid", blockTexts.say("yourself"));
    const row = { id: secrets.id(), memberId: actor.id, blockedId, createdAt: clock.now() };
    await store.commit([insert(blocks, row)]).catch((error) => {
      if (!isConflict(error) || error.detail.collection !== blocks.name) throw error;
    });
    return { name, blockedId };
  },
  view({ name, blockedId }, reader) {
    const t = blockTexts(reader);
    return { ...note(t.blocked(name)), buttons: [[button(t.unblock, unblockMember, { who: blockedId })]] };
  },
});

export const unblockMember = defineAction({
  name: "member.unblock",
  command: "unblock",
  summary: blockTexts.say("unblockSummary"),
  title: blockTexts.say("unblockTitle"),
  examples: { en: ["/unblock @grace"], de: ["/unblock @grace"] },
  who: "member",
  input: z.object({ who }),
  async run({ store, actor }, { who: named }) {
    const { id: blockedId, displayName } = await memberCalled(store, named);
    const row = await store.getBy(blocks, { memberId: actor.id, blockedId });
    if (row) await store.commit([remove(blocks, row.id)]);
    return { name: displayName, was: row !== undefined };
  },
  view({ name, was }, reader) {
    const t = blockTexts(reader);
    return { ...note(was ? t.unblocked(name) : t.notBlocked(name)), replaces: true };
  },
});

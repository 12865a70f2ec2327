// Somebody may answer a post in the moment before its place is noted: who asks what is known of it waits for that note.
import type { Context } from "../kernel/house.ts";
import type { MessageRef } from "../ports/platform.ts";
import type { BridgeLink } from "./link.ts";
import { type BridgeCopy, copyAt } from "./talk.ts";

/** The post and its note, as one. Whoever holds the claim of a copy is alone with it, so that nobody else waits here. */
export const noting = <T>(ctx: Context, { id }: Pick<BridgeLink, "id">, work: () => Promise<T>): Promise<T> =>
  ctx.inTurn(`bridge.post:${id}`, work);

/** As `copyAt`, once what this process is posting in that channel is noted. Another process's post is not waited for. */
export const notedCopy = async (
  ctx: Context,
  link: Pick<BridgeLink, "id">,
  message: MessageRef,
): Promise<BridgeCopy | undefined> =>
  (await copyAt(ctx.store, message)) ?? noting(ctx, link, () => copyAt(ctx.store, message));

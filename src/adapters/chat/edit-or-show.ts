// A view in place of a message, or as a message of its own where that one is gone.
import { isGone } from "../../core/errors.ts";
import type { Fitted, MessageRef, Platform, Reply } from "../../core/ports/platform.ts";

/** @returns the message that shows it, where the platform tells it. */
export async function editOrShow(
  { edit }: Pick<Platform, "edit">,
  source: MessageRef,
  view: Fitted,
  show: Reply["show"],
): Promise<MessageRef | undefined> {
  try {
    await edit(source, view);
    return source;
  } catch (error) {
    if (!isGone(error)) throw error;
    return show(view);
  }
}

// Which conversation a place is: what happens in one is handled in its order.
import type { Address } from "../../core/ports/platform.ts";

/** A thread is one of its own. */
export const conversationOf = ({ channel, thread }: Address): string => (thread ? `${channel}:${thread}` : channel);

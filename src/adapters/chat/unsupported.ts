// What a platform answers that can't do what others can: spread into it, so that each method is there.
import { AppError } from "../../core/errors.ts";
import type { Platform } from "../../core/ports/platform.ts";
import { chatTexts } from "./texts.ts";

const refuse = async (): Promise<never> => {
  throw new AppError("unsupported", chatTexts.say("unsupported"));
};

/** For a platform that does not carry people's messages. */
export const withoutPosts: Pick<Platform, "post" | "repost" | "react" | "download"> = {
  post: refuse,
  repost: refuse,
  react: refuse,
  download: refuse,
};

/** For a platform whose spaces have no calendar. */
export const withoutCalendar: Pick<Platform, "list" | "unlist"> = { list: refuse, unlist: async () => undefined };

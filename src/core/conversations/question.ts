// A question PeerSpark has asked in a conversation: the next line of that person there is its answer.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";
import { KeptPlace } from "./kept-place.ts";

export const openQuestions = collection(
  "open_questions",
  z.object({
    /** Conversation and account: one question at a time for each. */
    asked: just.string,
    /** Where the call was made: the question may be asked elsewhere. */
    place: KeptPlace.optional(),
    /** The message that asks it, kept where the call was made elsewhere. */
    message: z.object({ channel: just.string, message: just.string }).optional(),
    action: just.string,
    input: z.record(just.string, z.unknown()),
    field: just.string,
    expiresAt: just.int,
  }),
  { often: true, unique: [["asked"]], indexes: [["expiresAt"]] },
);

export type OpenQuestion = Row<typeof openQuestions>;

/** A form left alone this long (ms) is forgotten. */
export const questionLifetime = 24 * 3600_000;

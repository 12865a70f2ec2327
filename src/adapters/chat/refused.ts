// A question that the app refuses to answer counts as answered by no; one that nobody answers does not.
import { passes, reasonOf } from "../../core/errors.ts";

/** For a `catch`. @throws the error itself where the app was away, slow, or does not know us any more. */
export function noWhereRefused(error: unknown): false {
  const reason = reasonOf(error);
  if ((passes(error) && reason === "") || reason === "token") throw error;
  return false;
}

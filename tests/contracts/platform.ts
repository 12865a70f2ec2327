// What every chat platform keeps, whatever app is behind it: a suite that each adapter's test calls whole.
import { afterEach, beforeEach, describe, it } from "@jest/globals";
import { formsContract, formTests } from "./platform/forms.ts";
import { messagesContract } from "./platform/messages.ts";
import { postsContract, postTests } from "./platform/posts.ts";
import { repliesContract } from "./platform/replies.ts";
import type { PlatformStand, PlatformTest } from "./platform/stand.ts";
import { updatesContract } from "./platform/updates.ts";
import { viewsContract } from "./platform/views.ts";

export { deletedTitle } from "./platform/posts.ts";
export type { Club, PlatformStand, Seen, SeenForm, SeenPost, Somebody, Written } from "./platform/stand.ts";
export { withoutClubPosts, withoutForms, withoutTalk } from "./platform/stand.ts";

/** What a platform without forms and selects skips. */
export const skipForms = (reason: string): Readonly<Record<string, string>> =>
  Object.fromEntries(formTests.map((title) => [title, reason]));

/** What a platform that does not carry people's messages skips. */
export const skipPosts = (reason: string): Readonly<Record<string, string>> =>
  Object.fromEntries(postTests.map((title) => [title, reason]));

/** @param skip tests that do not hold for this platform, each with its reason. */
export function platformContract(
  name: string,
  open: () => Promise<PlatformStand>,
  skip: Readonly<Record<string, string>> = {},
): void {
  let stand: PlatformStand;
  const titles = new Set<string>();
  const test: PlatformTest = (title, body) => {
    titles.add(title);
    if (title in skip) it.skip(`${title} (${skip[title]})`, () => undefined);
    else it(title, () => body(stand));
  };

  describe(`the platform contract on ${name}`, () => {
    beforeEach(async () => {
      stand = await open();
    });
    afterEach(() => stand.close());

    messagesContract(test);
    repliesContract(test);
    updatesContract(test);
    viewsContract(test);
    formsContract(test);
    postsContract(test);
  });
  const stray = Object.keys(skip).filter((title) => !titles.has(title));
  if (stray.length) throw new Error(`skipped, but no test: ${stray.join("; ")}`);
}

// How a member names one of the apps they have an account on.
import { AppError } from "../errors.ts";
import type { ActionContext } from "../kernel/house.ts";
import { refTo } from "../kernel/input.ts";
import { accountsOf } from "./account.ts";
import { memberTexts } from "./texts.ts";

export const appsIn = (mine: readonly { readonly platform: string }[]): readonly string[] => [
  ...new Set(mine.map(({ platform }) => platform)),
];

const ownApps = async ({ store, actor }: ActionContext) => appsIn(await accountsOf(store, actor.id));

/** One's own alone: nobody can be written to where they have no account. */
export const appRef = refTo<string>({
  async find(ctx, named) {
    const apps = await ownApps(ctx);
    const app = apps.find((one) => one === named.trim().toLowerCase());
    if (!app) throw new AppError("not_found", memberTexts.say("notOnApp", apps.join(", ")));
    return app;
  },
  async suggest(ctx, typed) {
    const fitting = (await ownApps(ctx)).filter((app) => app.includes(typed.trim().toLowerCase()));
    return fitting.map((app) => ({ value: app, label: app }));
  },
});

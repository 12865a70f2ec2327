// Who somebody is on Slack: name, picture, language and time zone (users.info), remembered for an hour.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Account } from "../../../core/ports/platform.ts";
import { bounded } from "../bounded.ts";
import { lookUp } from "./api.ts";
import type { Client } from "./client.ts";

export interface Person {
  readonly account: Account;
  readonly avatar?: string;
  readonly bot: boolean;
}

export interface People {
  /** Where Slack does not answer, the name that came along has to do, or the id. */
  of(team: string, id: string, called?: string): Promise<Person>;
}

const freshFor = 3600_000;
const mostRemembered = 5_000;

export function peopleOver(client: Client, clock: Clock, log: Log): People {
  const known = bounded<string, { readonly until: number; readonly person: Promise<Person> }>(mostRemembered);
  return {
    of(team, id, called) {
      const key = `${team}:${id}`;
      const remembered = known.get(key);
      if (remembered && remembered.until > clock.now()) return remembered.person;
      const person = ask(client, team, id).catch((error) => {
        known.delete(key);
        log.debug({ reason: String(error) }, "who somebody is could not be asked");
        return { account: accountNamed(team, id, called ?? id), bot: false };
      });
      known.set(key, { until: clock.now() + freshFor, person });
      return person;
    },
  };
}

const accountNamed = (workspace: string, userId: string, name: string): Account => ({
  platform: "slack",
  workspace,
  userId,
  name,
});

async function ask(client: Client, team: string, id: string): Promise<Person> {
  const { user } = await client.call(team, "users.info", { user: id, include_locale: true }, lookUp);
  const { profile } = user ?? {};
  const name = profile?.display_name || profile?.real_name || user?.real_name || user?.name || id;
  const { locale, tz } = user ?? {};
  const avatar = profile?.image_192 ?? profile?.image_72;
  return {
    account: { ...accountNamed(team, id, name), ...(locale && { language: locale }), ...(tz && { zone: tz }) },
    ...(avatar && { avatar }),
    bot: user?.is_bot ?? false,
  };
}

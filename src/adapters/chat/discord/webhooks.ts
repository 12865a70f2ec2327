// The webhook of PeerSpark's own in each channel, through which it posts in people's names.
import { Routes } from "discord-api-types/v10";
import type { Api } from "./api.ts";
import { bounded } from "./bounded.ts";

export interface Webhook {
  readonly id: string;
  readonly token: string;
}
export interface Webhooks {
  /** Undefined where PeerSpark may not have one, or the channel has as many as it can; asked again after some minutes. */
  of(channel: string): Promise<Webhook | undefined>;
  forget(channel: string): void;
}

interface WireWebhook {
  readonly id: string;
  readonly token?: string;
  readonly application_id?: string | null;
}

const mostRemembered = 2_000;
/** ms */
const askAgainAfter = 5 * 60_000;

export function webhooks(api: Api, application: string, now: () => number): Webhooks {
  const known = bounded<string, { readonly until: number; readonly hook: Promise<Webhook | undefined> }>(
    mostRemembered,
  );

  async function find(channel: string): Promise<Webhook | undefined> {
    const route = Routes.channelWebhooks(channel);
    const all = await api.call<WireWebhook[]>("GET", route);
    const own = all.find(({ application_id, token }) => application_id === application && token);
    const { id, token } = own ?? (await api.call<WireWebhook>("POST", route, { body: { name: "PeerSpark" } }));
    return token ? { id, token } : undefined;
  }

  return {
    of(channel) {
      const remembered = known.get(channel);
      if (remembered && remembered.until > now()) return remembered.hook;
      const hook = find(channel).catch(() => undefined);
      known.set(channel, { until: now() + askAgainAfter, hook });
      return hook;
    },
    forget: known.delete,
  };
}

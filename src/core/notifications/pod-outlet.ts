// The last rung before the inbox: in a channel of the pod that it is about, a word that there is news, and none of the news.
import type { Context } from "../kernel/house.ts";
import { type AccountRow, accountsOf, inOrderOf, type Profile } from "../members/read.ts";
import { addressOf, type Binding, bindingsOf, membershipOf, pods } from "../pods/read.ts";
import { spaces } from "../spaces/read.ts";
import type { Reader } from "../text.ts";
import { deliveries } from "./delivery.ts";
import { deliveryTexts } from "./delivery-texts.ts";
import type { Outlet } from "./outlet.ts";

/** Nobody is called in a pod's channels twice within this time (ms). */
const between = 24 * 3600_000;

/** None where its member has left, has no account on an app of the pod's channels, or was called there within a day. */
export async function podOutlet(ctx: Context, member: Profile, podId: string): Promise<readonly Outlet[]> {
  const { store, messenger } = ctx;
  const [pod, membership] = await Promise.all([store.get(pods, podId), membershipOf(store, podId, member.id)]);
  if (!pod?.isActive || !membership || (await wasCalled(ctx, member.id, podId))) return [];
  const accounts = inOrderOf(member, await accountsOf(store, member.id)).filter(({ platform }) =>
    messenger.has(platform),
  );
  const seen = await channelSeenBy(ctx, accounts, podId);
  if (!seen) return [];
  const { account, binding } = seen;
  const { platform } = binding;
  const space = await store.getBy(spaces, { platform, externalId: binding.space });
  return [
    {
      channel: "pod",
      target: podId,
      platform,
      reader: { language: space?.language ?? "en", zone: pod.timezone, platform },
      idempotentMs: messenger.idempotentMs(platform),
      says: (reader: Reader) => ({
        audience: "channel",
        body: [
          { paragraph: deliveryTexts(reader).calls({ mention: account.userId, platform, name: member.displayName }) },
        ],
      }),
      open: async () => async (view, reader, key) => ({
        ...(await messenger.send(addressOf(binding), view, reader, key)),
      }),
      close: (_reason, changes) => store.commit(changes),
    },
  ];
}

async function wasCalled({ store, clock }: Context, memberId: string, podId: string): Promise<boolean> {
  const where = { memberId, sentAt: { gt: clock.now() - between }, channel: "pod", target: podId };
  return (await store.find(deliveries, { where, limit: 1 })).rows.length > 0;
}

interface Seen {
  readonly account: AccountRow;
  readonly binding: Binding;
}

/** Where an app has workspaces, an account is known in its own alone. */
const isSeenBy = ({ platform, workspace }: AccountRow, binding: Binding): boolean =>
  platform === binding.platform && ["", binding.space].includes(workspace);

/** On the app the member likes best of those the pod has channels on. */
async function channelSeenBy({ store }: Context, accounts: readonly AccountRow[], podId: string) {
  let best: Seen | undefined;
  for await (const page of bindingsOf(store, podId))
    for (const binding of page) {
      const account = accounts.find((one) => isSeenBy(one, binding));
      if (account && (!best || accounts.indexOf(account) < accounts.indexOf(best.account))) best = { account, binding };
    }
  return best;
}

// Answering an update whose own way of being answered ended with its process: by messages of their own.
import type { Account, Address, Fitted, MessageRef, Platform, Reply, Update } from "../../core/ports/platform.ts";
import { editOrShow } from "./edit-or-show.ts";
import { noticeView } from "./notice-view.ts";

type Asked = Pick<Update, "place" | "account"> & { readonly source?: MessageRef };

export function replyLater(platform: Platform, { place, account, source }: Asked): Reply {
  const isPrivate = (view: Fitted) => view.audience === "caller" && place.kind !== "direct";
  const home = async (somebody: Account | undefined): Promise<Address> =>
    somebody ? platform.direct(somebody) : place;

  const show: Reply["show"] = async (view) => platform.send(isPrivate(view) ? await home(account) : place, view);

  return {
    ...(source && { source }),
    show,
    async replace(view) {
      if (!source || view.form || isPrivate(view)) return show(view);
      return editOrShow(platform, source, view, show);
    },
    notice: async (text, view = noticeView(text, platform.name, account)) => void (await show(view)),
  };
}

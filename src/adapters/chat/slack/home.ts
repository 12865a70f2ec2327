// The App Home: a view of PeerSpark's own for each member, published anew whenever they open it.
import type { Account, Fitted } from "../../../core/ports/platform.ts";
import type { Client } from "./client.ts";
import { offered } from "./modal.ts";
import { render } from "./render.ts";

/** Nothing can be answered to a Home, so it has no message of its own. */
export async function publishHome(client: Client, { workspace, userId }: Account, view: Fitted): Promise<undefined> {
  const { blocks } = render(offered(view));
  await client.call(workspace, "views.publish", { user_id: userId, view: { type: "home", blocks } });
}

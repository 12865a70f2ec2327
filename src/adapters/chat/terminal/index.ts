// The terminal as a platform: `npm start` and `npm run chat` talk through it.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Account, Capabilities, Fitted, Inbox, Place, Platform, Reply } from "../../../core/ports/platform.ts";
import type { Secrets } from "../../../core/ports/secrets.ts";
import type { Store } from "../../../core/ports/store.ts";
import { decode } from "./decode.ts";
import { mailbox } from "./mailbox.ts";
import { render } from "./render.ts";
import type { Screen } from "./screen.ts";

const capabilities: Capabilities = {
  text: 12_000,
  title: 300,
  fields: 25,
  fieldValue: 2000,
  buttonLabel: 80,
  buttonsPerRow: 8,
  buttonRows: 50,
  buttonData: 1000,
  ephemeral: true,
  modals: false,
  edits: true,
  idempotentSend: true,
  commandPrefix: "/",
};

export interface TerminalOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Who sits at this process's own terminal; absent where there is none. */
  readonly local?: {
    readonly screen: Screen;
    readonly name: string;
    readonly language?: string;
    readonly zone?: string;
  };
}

export interface Terminal extends Platform {
  /** Resolves when the local terminal's input has ended and every line is answered. */
  readonly ended: Promise<void>;
}

/** How often (ms) a terminal looks for what other processes have put into its mailbox. */
const lookEvery = 250;

export function terminal({ store, clock, secrets, local }: TerminalOptions): Terminal {
  const box = mailbox(store, secrets.id, clock.now);
  const done = Promise.withResolvers<void>();
  let stopped = false;
  let cancelLook = () => {};

  async function arrivals(): Promise<void> {
    if (!local || stopped) return;
    for (const message of await box.take(local.name)) local.screen.arrive(message);
  }
  function keepLooking(): void {
    cancelLook = clock.after(
      lookEvery,
      () =>
        void arrivals()
          .catch(() => undefined)
          .then(() => stopped || keepLooking()),
    );
  }
  async function listen(inbox: Inbox): Promise<void> {
    for await (const line of local!.screen.lines) {
      const deed = decode(line, local!.screen.button);
      if (!deed) continue;
      local!.screen.newLine();
      const account = accountOf(local!);
      const place: Place = { platform: "terminal", channel: local!.name, kind: "direct" };
      await inbox.receive({
        id: secrets.id(),
        conversation: local!.name,
        account,
        place,
        deed,
        reply: replyTo(local!.name),
      });
      await arrivals();
    }
  }
  const replyTo = (channel: string): Reply => {
    const show = async (view: Fitted) => {
      const content = render(view);
      local!.screen.answer(content);
      if (!view.live) return undefined;
      return { platform: "terminal", channel, message: await box.put(channel, content, { waiting: false }) };
    };
    return {
      show,
      replace: show,
      notice: async (text) => local!.screen.answer({ text, buttons: [] }),
    };
  };

  return {
    name: "terminal",
    capabilities,
    webhooks: [],
    ended: done.promise,
    async start(inbox) {
      if (!local) return;
      await arrivals();
      keepLooking();
      void listen(inbox).then(done.resolve, done.reject);
    },
    async send(to, view, key) {
      const message = await box.put(to.channel, render(view), { waiting: true, key });
      if (local?.name === to.channel) await arrivals();
      return { platform: "terminal", channel: to.channel, message };
    },
    async edit(ref, view) {
      await box.change(ref.message, render(view));
      if (local?.name === ref.channel) await arrivals();
    },
    remove: (ref) => box.remove(ref.message),
    direct: async (account) => ({ platform: "terminal", channel: account.userId }),
    administers: async (account, place) => place.channel === account.userId,
    openPrivately: () => undefined,
    async stop() {
      stopped = true;
      cancelLook();
      local?.screen.close();
    },
  };
}

const accountOf = ({ name, language, zone }: NonNullable<TerminalOptions["local"]>): Account => ({
  platform: "terminal",
  workspace: "",
  userId: name,
  name,
  language,
  zone,
});

// The terminal as a platform: `npm start` and `npm run chat` talk through it.

import { nearestLanguage } from "../../../core/members/read.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Account, Capabilities, Fitted, Inbox, Place, Platform, Reply } from "../../../core/ports/platform.ts";
import type { Secrets } from "../../../core/ports/secrets.ts";
import type { Store } from "../../../core/ports/store.ts";
import { plain, type Reader } from "../../../core/text.ts";
import { underWay } from "../under-way.ts";
import { withoutCalendar, withoutPosts } from "../unsupported.ts";
import { within } from "../within.ts";
import { decode } from "./decode.ts";
import { mailbox } from "./mailbox.ts";
import { inert, render } from "./render.ts";
import type { Screen } from "./screen.ts";
import { terminalTexts } from "./texts.ts";

const capabilities: Capabilities = {
  costs: { characters: {}, marks: 0, times: 0 },
  text: 12_000,
  title: 300,
  fields: 25,
  fieldValue: 2000,
  buttonLabel: 80,
  buttonsPerRow: 8,
  buttonRows: 50,
  buttonData: 1000,
  selectOptions: 0,
  formFields: 0,
  ephemeral: true,
  edits: true,
  idempotentMs: Number.POSITIVE_INFINITY,
  calendar: false,
  fileBytes: 0,
};

/** Somebody at a terminal, and where they see things. */
export interface Sitter {
  readonly name: string;
  readonly screen: Screen;
  /** BCP 47; as the terminal's environment tells it. */
  readonly language?: string;
  /** IANA zone of the machine. */
  readonly zone?: string;
}

export interface TerminalOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Who sits at this process's own terminal; absent where there is none. */
  readonly local?: Sitter & { readonly lines: AsyncIterable<string> };
}

/** One person's conversation. */
export interface Session {
  /** Resolves when the line is answered. */
  hear(line: string): Promise<void>;
  /** Shows what has arrived by itself. */
  look(): Promise<void>;
}

export interface Terminal extends Platform {
  /** Resolves when the local terminal's input has ended and every line is answered. */
  readonly ended: Promise<void>;
  attach(sitter: Sitter, inbox: Inbox): Session;
}

const noSuchButton = (number: string, tag: string | undefined) => {
  const reader: Reader = { language: nearestLanguage(tag), zone: "UTC", platform: "terminal" };
  return { text: plain(terminalTexts(reader).noButton(number), reader), buttons: [] };
};

/** How often (ms) a terminal looks for what other processes have put into its mailbox. */
const lookEvery = 250;

export function terminal({ store, clock, secrets, local }: TerminalOptions): Terminal {
  const box = mailbox(store, secrets.id, clock.now);
  const done = Promise.withResolvers<void>();
  const working = underWay(clock);
  let session: Session | undefined;
  let stopped = false;
  let cancelLook = () => {};

  function attach(sitter: Sitter, inbox: Inbox): Session {
    const { screen, name, language, zone } = sitter;
    const account: Account = { platform: "terminal", workspace: "", userId: name, name, language, zone };
    const place: Place = { platform: "terminal", channel: name, kind: "direct" };
    const look = async () => {
      for (const message of await box.take(name)) screen.arrive(message);
    };
    return {
      look,
      async hear(line) {
        const deed = decode(line, screen.button);
        if (!deed || stopped) return;
        screen.newLine();
        if (deed.kind === "press" && !deed.data) return screen.answer(noSuchButton(line.trim(), language));
        const reply = replyTo(screen, name);
        await working.track(
          inbox.receive({ id: secrets.id(), conversation: name, account, place, deed, reply }).then(look),
        );
      },
    };
  }

  function replyTo(screen: Screen, channel: string): Reply {
    const show = async (view: Fitted) => {
      const content = render(view);
      screen.answer(content);
      if (!view.live) return undefined;
      return { platform: "terminal", channel, message: await box.put(channel, content, { waiting: false }) };
    };
    return { show, replace: show, notice: async (text) => screen.answer({ text: inert(text), buttons: [] }) };
  }

  /** What the store does not hand out now is looked for again. */
  const look = async () => session?.look().catch(() => undefined);

  function keepLooking(): void {
    cancelLook = clock.after(lookEvery, () => void look().then(() => stopped || keepLooking()));
  }

  async function listen(lines: AsyncIterable<string>, { hear }: Session): Promise<void> {
    for await (const line of lines) {
      if (stopped) return;
      await hear(line).catch(() => undefined);
    }
  }

  return {
    name: "terminal",
    capabilities,
    connects: false,
    webhooks: [],
    ended: done.promise,
    attach,
    async start(inbox) {
      if (!local) return;
      session = attach(local, inbox);
      await look();
      keepLooking();
      void listen(local.lines, session).then(done.resolve, done.reject);
    },
    async send(to, view, key) {
      const message = await box.put(to.channel, render(view), { waiting: true, key });
      if (local?.name === to.channel) await session?.look();
      return { platform: "terminal", channel: to.channel, message };
    },
    async edit(ref, view) {
      await box.change(ref.message, render(view));
      if (local?.name === ref.channel) await session?.look();
    },
    remove: (ref) => box.remove(ref.message),
    direct: async (account) => ({ platform: "terminal", channel: account.userId }),
    administers: async (account, place) => place.channel === account.userId,
    obstacle: async () => undefined,
    ...withoutPosts,
    ...withoutCalendar,
    examine: async () => [],
    openPrivately: () => undefined,
    async stop(withinMs) {
      stopped = true;
      cancelLook();
      await within(clock, withinMs, working.idle(withinMs).then(look));
    },
  };
}

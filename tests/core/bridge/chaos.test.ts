// Whatever people do, and whatever fails meanwhile, every channel ends with the same messages: in order, each once, none coming back.
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { bridgeCopies, copyAt } from "../../../src/core/bridge/talk.ts";
import { AppError } from "../../../src/core/errors.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import type { MessageRef } from "../../../src/core/ports/platform.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import type { ChatApp } from "../../support/chat-app.ts";
import { type Bridged, bridged, channels } from "./bridged.ts";

type Step =
  | { readonly does: "write" | "reply"; readonly in: number; readonly to: number }
  | { readonly does: "change" | "delete" | "repeat"; readonly to: number }
  | { readonly does: "react"; readonly in: number; readonly to: number; readonly on: boolean }
  | { readonly does: "fail"; readonly how: Failing; readonly times: number }
  | { readonly does: "rest" | "wait" | "restart" };
type Doing = Extract<Step, { readonly to: number }>;
const isDoing = (step: Step): step is Doing => "to" in step;
type Failing = "slow" | "down" | "lost" | "unnoted";

const channel = fc.nat(channels.length - 1);
const to = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant("write" as const), in: channel, to }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("reply" as const), in: channel, to }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constantFrom("change" as const, "delete" as const, "repeat" as const), to }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("react" as const), in: channel, to, on: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("fail" as const),
      how: fc.constantFrom<Failing>("slow", "down", "lost", "unnoted"),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("rest" as const, "wait" as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("restart" as const) }) },
);

interface Told {
  readonly in: number;
  readonly ref: MessageRef;
  text: string;
  gone: boolean;
  /** Reactions by "channel/person". */
  readonly by: Set<number>;
}

/** Faults that are used up one by one: by the apps, and by the store when it notes what became of a post. */
function faults() {
  const left: Failing[] = [];
  const take = (...kinds: Failing[]) => {
    const at = left.findIndex((kind) => kinds.includes(kind));
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const around = (store: Store): Store => ({
    ...bound(store),
    async commit(changes) {
      const notes = changes.some(
        (change) => change.kind === "patch" && change.in === bridgeCopies && "message" in change.set,
      );
      if (notes && take("unnoted")) throw new AppError("unavailable", "the store is down");
      return store.commit(changes);
    },
  });
  const upset = (app: ChatApp) => {
    app.before = (operation) => {
      const kind = operation === "send" ? undefined : take("slow", "down");
      if (kind === "slow") throw new AppError("rate_limited", "slow", { detail: { retryAfter: 3_000 } });
      if (kind === "down") throw new AppError("unavailable", "down");
    };
    app.after = (operation) => {
      if (operation !== "send" && take("lost"))
        throw new AppError("unavailable", "lost", { detail: { unknown: true } });
    };
  };
  return { left, around, upset };
}

/** A bridge, what people have done over it, and what every channel has to show in the end. */
function history(b: Bridged) {
  const told: Told[] = [];
  const appOf = (index: number) => ({ alpha: b.alpha, beta: b.beta })[channels[index]![0]];
  const pick = (at: number) => told.filter(({ gone }) => !gone).at(at % Math.max(1, told.length));
  let count = 0;

  /** The message as it stands in a channel by now, if it does. */
  const counterpart = (one: Told, index: number) => {
    const name = channels[index]![1];
    if (one.in === index) return one.ref;
    const found = appOf(index)
      .messages(name)
      .find(({ text, post }) => post && text === one.text);
    return found && { platform: appOf(index).name, channel: name, message: found.id };
  };

  async function write(index: number, more: object = {}): Promise<void> {
    const text = `message ${++count}`;
    const ref = await appOf(index).writes(`person ${index}`, channels[index]![1], text, more);
    told.push({ in: index, ref, text, gone: false, by: new Set() });
  }

  async function react(one: Told, index: number, on: boolean): Promise<void> {
    const ref = counterpart(one, index);
    // A reaction to a post of which it is not known yet that it arrived is lost (docs/how-to/bridge.md).
    if (!ref || !(await copyAt(b.w.store, ref))) return;
    await appOf(index).reacts(`person ${index}`, ref, "👍", on);
    if (on) one.by.add(index);
    else one.by.delete(index);
  }

  return {
    told,
    async does(step: Doing): Promise<void> {
      const one = pick(step.to);
      if (step.does === "write") return write(step.in);
      if (!one) return;
      if (step.does === "reply") return write(step.in, { repliesTo: counterpart(one, step.in) });
      if (step.does === "react") return react(one, step.in, step.on);
      const app = appOf(one.in);
      if (step.does === "repeat") return app.deliver({ ...app.updates[step.to % app.updates.length]! });
      if (step.does === "delete") {
        one.gone = true;
        return app.deletes(one.ref);
      }
      one.text = `${one.text.split(",")[0]}, changed ${++count}`;
      await app.changes(one.ref, one.text);
    },
    /** What a channel shows of another, against what was said there. */
    check(): void {
      channels.forEach(([, name], index) => {
        const shown = appOf(index)
          .messages(name)
          .filter(({ post }) => post);
        channels.forEach((_, source) => {
          if (source === index) return;
          const from = told.filter((one) => one.in === source && !one.gone);
          const here = shown.filter(({ author }) => author.startsWith(`person ${source} `));
          expect(here.map(({ text }) => text)).toEqual(from.map(({ text }) => text));
          const marked = here.map(({ reactions }) => reactions.get("👍")?.has("PeerSpark") ?? false);
          expect(marked).toEqual(from.map(({ by }) => [...by].some((place) => place !== index)));
        });
        expect(shown).toHaveLength(told.filter((one) => one.in !== index && !one.gone).length);
      });
    },
  };
}

it(
  "any history, with any faults, ends in the same transcript everywhere",
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
        const failing = faults();
        const b = await bridged({ idempotentMs: Number.POSITIVE_INFINITY, around: failing.around });
        try {
          await b.connect();
          const people = history(b);
          for (const app of [b.alpha, b.beta]) failing.upset(app);
          for (const one of steps) {
            if (one.does === "fail") failing.left.push(...Array.from({ length: one.times }, () => one.how));
            else if (one.does === "rest") await b.rest();
            else if (one.does === "wait") await b.w.advance({ seconds: 20 });
            else if (isDoing(one)) await people.does(one);
            else await b.w.restart();
          }
          failing.left.length = 0;
          for (let minute = 0; minute < 4; minute++) await b.w.advance({ minutes: 3 });
          people.check();
          expect(await b.w.store.count(bridgeCopies, { due: true })).toBe(0);
        } finally {
          await b.close();
        }
      }),
      { numRuns: 12, seed: 20261125, endOnFailure: true },
    ),
  240_000,
);

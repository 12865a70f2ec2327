// One interaction's answers: the first within three seconds, the rest by its token for a quarter of an hour
// (discord.com/developers/docs/interactions/receiving-and-responding).

import { InteractionResponseType, InteractionType, MessageFlags, Routes } from "discord-api-types/v10";
import { reasonOf } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Api } from "./api.ts";
import { type First, firstResponse } from "./first-response.ts";
import type { Rendered } from "./render.ts";

export interface Exchange {
  /** False where a form can't be opened any more, or never could: it is offered by a button then. */
  open(modal: object): Promise<boolean>;
  /** The new message's id, as far as Discord tells it; "late" where the token is used up and it must be written otherwise. */
  write(message: Rendered): Promise<Written>;
  /** Puts it over the message whose button was pressed. False where that has to be done otherwise. */
  overwrite(message: Rendered): Promise<boolean>;
  /** The handling is over: what nobody answered is closed without a word. Never rejects. */
  finish(): Promise<void>;
}
export type Written = { readonly message?: string } | "late";

export interface ExchangeParts {
  readonly api: Api;
  readonly clock: Clock;
  readonly application: string;
}
export interface Token {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  /** Whether a button of a message was pressed, or led to the form. */
  readonly onMessage: boolean;
  /** In a direct chat everything is private as it is. */
  readonly direct: boolean;
}

/** ms after which an interaction that nobody answered is put off; Discord gives three seconds, the way there included. */
const putOffAfter = 2_000;
/** ms; Discord gives a quarter of an hour. */
const tokenLife = 14.5 * 60_000;

/** `deferred`: a message that says "thinking" waits to be filled in. `updating`: nothing is seen of it. */
type State = "open" | "deferred" | "updating" | "answered" | "over";

export function exchange({ api, clock, application }: ExchangeParts, token: Token): Exchange {
  const received = clock.now();
  const respond = firstResponse(api, token);
  const followUps = () => Routes.webhook(application, token.token);
  const original = () => Routes.webhookMessage(application, token.token);
  const inTurn = oneAfterTheOther();
  let state: State = "open";

  async function first(type: InteractionResponseType, to: State, data?: object): Promise<First> {
    const outcome = await respond(type, data);
    state = outcome.kind === "taken" ? to : outcome.kind === "before" ? "answered" : "over";
    return outcome;
  }

  /** Before who knows whom the answer is for: private, since what was private can be made public and not the other way. */
  function putOff(): Promise<First> {
    if (token.onMessage) return first(InteractionResponseType.DeferredMessageUpdate, "updating");
    const hidden = token.direct ? undefined : { flags: MessageFlags.Ephemeral };
    return first(InteractionResponseType.DeferredChannelMessageWithSource, "deferred", hidden);
  }

  const isLate = () => state === "over" || clock.now() - received > tokenLife;
  const follow = (method: "POST" | "PATCH", route: `/${string}`, body: object) =>
    api.call<{ id: string }>(method, route, { auth: false, body, ...(method === "POST" && { tries: 1 }) });
  const takeBack = () => api.call("DELETE", original(), { auth: false });

  async function fillIn(message: Rendered): Promise<{ id: string }> {
    state = "answered";
    if (token.direct || message.flags & MessageFlags.Ephemeral) return follow("PATCH", original(), message);
    // Whatever comes next would be filled in there and stay private.
    await takeBack();
    return follow("POST", followUps(), message);
  }

  async function write(message: Rendered): Promise<Written> {
    if (state === "open" && !isLate()) {
      const outcome = await first(InteractionResponseType.ChannelMessageWithSource, "answered", message);
      if (outcome.kind === "taken") return { message: outcome.message };
    }
    if (isLate()) return "late";
    return state === "deferred"
      ? { message: (await fillIn(message)).id }
      : { message: (await follow("POST", followUps(), message)).id };
  }

  async function overwrite(message: Rendered): Promise<boolean> {
    if (!token.onMessage || isLate()) return false;
    if (state === "open")
      return (await first(InteractionResponseType.UpdateMessage, "updating", message)).kind === "taken";
    if (state === "updating") await follow("PATCH", original(), message);
    return state === "updating";
  }

  const unlessLate = <T>(work: Promise<T>, late: T): Promise<T> =>
    work.catch((error) => {
      if (reasonOf(error) !== "expired" && reasonOf(error) !== "gone") throw error;
      state = "over";
      return late;
    });
  const cancel = clock.after(putOffAfter, () => {
    void inTurn(async () => state === "open" && putOff()).catch(() => undefined);
  });
  return {
    open: (modal) =>
      inTurn(async () => {
        if (state !== "open" || token.type === InteractionType.ModalSubmit) return false;
        return (await first(InteractionResponseType.Modal, "answered", modal)).kind === "taken";
      }),
    write: (message) => inTurn(() => unlessLate<Written>(write(message), "late")),
    overwrite: (message) => inTurn(() => unlessLate(overwrite(message), false)),
    async finish() {
      cancel();
      await inTurn(async () => {
        if (state === "open") await putOff();
        if (state === "deferred") await takeBack();
      }).catch(() => undefined);
    },
  };
}

function oneAfterTheOther() {
  let turn: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
}

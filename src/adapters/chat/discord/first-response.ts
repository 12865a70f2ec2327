// The first answer to an interaction: there is one only, within three seconds.

import { InteractionResponseType, MessageFlags, Routes } from "discord-api-types/v10";
import { reasonOf } from "../../../core/errors.ts";
import type { Api } from "./api.ts";

export type First =
  | { readonly kind: "taken"; readonly message?: string }
  /** It was answered before, by another process or in another life. */
  | { readonly kind: "before" }
  | { readonly kind: "late" };

export type Respond = (type: InteractionResponseType, data?: object) => Promise<First>;

/** What may have arrived without an answer is sent again; that it was taken already means then that it had arrived. */
export function firstResponse(api: Api, interaction: { readonly id: string; readonly token: string }): Respond {
  const route = Routes.interactionCallback(interaction.id, interaction.token);
  const send = async (type: InteractionResponseType, data?: object): Promise<First> => {
    const body = { type, ...(data && { data }) };
    const response = await api.callback<Response>(route, body, isMessageForAll(type, data));
    return { kind: "taken", message: response?.resource?.message?.id };
  };
  return async (type, data) => {
    try {
      return await send(type, data);
    } catch (error) {
      if (reasonOf(error) !== "") return refused(error, { kind: "before" });
      return send(type, data).catch((again) => refused(again, { kind: "taken" }));
    }
  };
}

interface Response {
  readonly resource?: { readonly message?: { readonly id: string } };
}

/** What one person alone sees is never edited by its id, so nobody needs to be told of it. */
const isMessageForAll = (type: InteractionResponseType, data?: object) =>
  type === InteractionResponseType.ChannelMessageWithSource && !isPrivate(data);

const isPrivate = (data?: object) =>
  data !== undefined && "flags" in data && (Number(data.flags) & MessageFlags.Ephemeral) !== 0;

function refused(error: unknown, acknowledged: First): First {
  if (reasonOf(error) === "acknowledged") return acknowledged;
  if (reasonOf(error) === "expired") return { kind: "late" };
  throw error;
}

// Calls in the name of PeerSpark in one workspace, with the token that is good there.
import { AppError } from "../../../core/errors.ts";
import type { Api, Arguments, CallOptions } from "./api.ts";
import type { Method, ResultOf } from "./methods.ts";
import { slackTexts } from "./texts.ts";
import type { Tokens } from "./tokens.ts";

export interface Client {
  /** @throws as Api.call; where PeerSpark is not installed, `unavailable` with reason "gone". */
  call<M extends Method>(team: string, method: M, given: Arguments, options?: CallOptions): Promise<ResultOf<M>>;
}

export const clientOver = (api: Api, tokens: Tokens): Client => ({
  async call(team, method, given, options) {
    const token = await tokens.of(team);
    try {
      return await api.call(token, method, given, options);
    } catch (error) {
      if (!isRefusedToken(error) || (await tokens.isHome(team))) throw error;
      const detail = { reason: "gone" };
      throw new AppError("unavailable", slackTexts.say("notInstalled"), { cause: error, detail });
    }
  },
});

const isRefusedToken = (error: unknown) => error instanceof AppError && error.detail.reason === "token";

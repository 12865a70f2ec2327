// Calls that carry a file: telegraf's own client builds and sends the multipart body. It is loaded when the first one goes out.
import type { Answer } from "./wire.ts";
import { WireError } from "./wire.ts";

export type Upload = (method: string, payload: object, timeoutMs: number) => Promise<Answer>;

/** Whether a value of the payload is a file (telegraf's InputFile by buffer, stream or path), not an id or an address. */
export const isUpload = (payload: object): boolean =>
  Object.values(payload).some((value) => typeof value === "object" && value !== null && "source" in value);

/** A time-out or a cut connection leaves it unknown whether the file went out: `written` is always true. */
export function telegrafUpload(apiRoot: string, token: string): Upload {
  let client: Promise<{ callApi(method: never, payload: never, options: object): Promise<unknown> }> | undefined;
  return async (method, payload, timeoutMs) => {
    client ??= import("telegraf").then(({ Telegram }) => new Telegram(token, { apiRoot, webhookReply: false }));
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      return { ok: true, result: await (await client).callApi(method as never, payload as never, { signal }) };
    } catch (error) {
      const said = (error as { response?: Extract<Answer, { ok: false }> }).response;
      if (typeof said?.error_code === "number") return { ...said, ok: false };
      throw new WireError("the upload was cut off", true);
    }
  };
}

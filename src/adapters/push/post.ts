// One HTTP request to a push service, with an end to its patience.
import { request as overHttp, Agent as PlainAgent } from "node:http";
import { Agent, request as overHttps } from "node:https";
import type { LookupFunction } from "node:net";

export interface Posted {
  readonly status: number;
  readonly retryAfter?: string;
}

/** No answer came; `written`: the request had gone out. */
export class NoAnswer extends Error {
  readonly written: boolean;

  constructor(code: string, written: boolean) {
    super(code);
    this.name = "NoAnswer";
    this.written = written;
  }
}

export interface Poster {
  /** @throws NoAnswer */
  post(url: string, headers: Readonly<Record<string, string | number>>, body: Buffer): Promise<Posted>;
  close(): void;
}

/** @param lookup how names are resolved; the system's way when absent. */
export function posterBy(timeoutMs: number, lookup?: LookupFunction): Poster {
  const options = { keepAlive: true, maxSockets: 16, ...(lookup && { lookup }) };
  const [plain, secure] = [new PlainAgent(options), new Agent(options)];
  return {
    post(url, headers, body) {
      const https = url.startsWith("https:");
      const ask = { method: "POST", headers, agent: https ? secure : plain, signal: AbortSignal.timeout(timeoutMs) };
      return new Promise((resolve, reject) => {
        let written = false;
        const asking = (https ? overHttps : overHttp)(url, ask, (response) => {
          response.resume();
          response.on("error", () => undefined);
          const { statusCode: status = 0, headers: given } = response;
          resolve({ status, retryAfter: given["retry-after"] });
        });
        asking.on("finish", () => {
          written = true;
        });
        asking.on("error", (error: NodeJS.ErrnoException) => reject(new NoAnswer(error.code ?? error.name, written)));
        asking.end(body);
      });
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

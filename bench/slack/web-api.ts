// The other end of the wire: a Web API, and addresses to respond to, that answer at once and say who was answered. Not strict; the
// tests have one that is.
import { jsonServer } from "../wire.ts";

export const token = `xoxb-1-${"a".repeat(24)}`;
export const signingSecret = "8f742231b10e8888abcd99baddad85a5";
export const team = "T0BENCH00";

export interface WebApi {
  readonly url: string;
  /** Resolves with what is posted to `address(command)`. */
  answered(command: number): Promise<string>;
  address(command: number): string;
  close(): void;
}

export async function webApi(): Promise<WebApi> {
  const waits = new Map<string, (body: string) => void>();
  const server = await jsonServer((path, body) => {
    const [, room, name = ""] = path.split("/");
    if (room === "api") return resultOf(name, new URLSearchParams(body));
    queueMicrotask(() => waits.get(name)?.(body));
    return '{"ok":true}';
  });
  const root = `http://127.0.0.1:${server.port}`;
  return {
    url: `${root}/api`,
    address: (command) => `${root}/commands/${command}`,
    answered: (command) =>
      new Promise((resolve) => {
        waits.set(`${command}`, (body) => {
          waits.delete(`${command}`);
          resolve(body);
        });
      }),
    close: server.close,
  };
}

function resultOf(method: string, given: URLSearchParams): string {
  if (method === "auth.test")
    return ok({
      team_id: team,
      team: "Bench",
      user_id: "U0BENCHBOT",
      bot_id: "B0BENCHBOT",
      url: "https://bench.invalid",
    });
  if (method !== "users.info") return ok({});
  const profile = { real_name: "Ada Lovelace", display_name: "Ada Lovelace" };
  return ok({ user: { id: given.get("user"), name: "ada", tz: "Etc/UTC", locale: "en-US", is_bot: false, profile } });
}

const ok = (result: object) => JSON.stringify({ ok: true, ...result });

// Slash commands as Slack sends and signs them, and pushing them through an app a number at a time.
import { createHmac } from "node:crypto";
import type { Contender } from "../contender.ts";
import { inSlots, type Measured, within } from "../slots.ts";
import { poster } from "../wire.ts";
import { signingSecret, team, type WebApi } from "./web-api.ts";

/** They write in turn, each in a channel of their own. */
const people = 256;

export interface Run {
  readonly commands: number;
  readonly atOnce: number;
  /** The moment up to which is measured: Slack's request answered, or the person. */
  readonly until: "acknowledged" | "answered";
}

let last = 0;

export function push(api: WebApi, app: Contender, { commands, atOnce, until }: Run): Promise<Measured> {
  return inSlots(commands, atOnce, async (index) => {
    const line = await poster(app.url, { "Content-Type": "application/x-www-form-urlencoded" });
    return {
      close: line.close,
      async turn(turn) {
        const command = ++last;
        const body = bodyOf(command, (index + turn * atOnce) % people, api.address(command));
        const headers = signed(body);
        const started = performance.now();
        const answered = api.answered(command).then(() => performance.now() - started);
        const status = await line.post(body, headers);
        const acknowledged = performance.now() - started;
        if (status !== 200) throw new Error(`${app.name} answered ${status}`);
        const after = await within(answered, 10_000, `${app.name} left a command unanswered`);
        return until === "acknowledged" ? acknowledged : after;
      },
    };
  });
}

const idOf = (kind: "C" | "U", person: number) => `${kind}0BENCH${person.toString().padStart(4, "0")}`;

const bodyOf = (command: number, person: number, respond: string): string =>
  new URLSearchParams({
    token: "gIkuvaNzQIHg97ATvDxqgjtO",
    team_id: team,
    team_domain: "bench",
    channel_id: idOf("C", person),
    channel_name: "algebra",
    user_id: idOf("U", person),
    user_name: "ada",
    command: "/profile",
    text: "",
    api_app_id: "A0BENCH00",
    is_enterprise_install: "false",
    response_url: respond,
    trigger_id: `${13_345_224_609 + command}.738474920.8088930838d88f008e0`,
  }).toString();

function signed(body: string): Record<string, string> {
  const stamp = `${Math.floor(Date.now() / 1000)}`;
  const signature = createHmac("sha256", signingSecret).update(`v0:${stamp}:${body}`).digest("hex");
  return { "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": `v0=${signature}` };
}

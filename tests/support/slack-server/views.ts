// Forms and the App Home: opened by a trigger that is good for three seconds, checked against every limit.
import { checkedBlocks } from "./blocks.ts";
import { type Given, jsonOf } from "./given.ts";
import { refuse } from "./refusal.ts";
import type { State, Team, User, View } from "./state.ts";

const most = { title: 24, metadata: 3000, callback: 255 } as const;

export function checkedView(value: unknown): View {
  const view = value as View;
  if (typeof view !== "object" || view === null) return refuse("invalid_arguments", "view must be an object");
  if (view.type !== "modal" && view.type !== "home") return refuse("invalid_arguments", "type must be modal or home");
  const blocks = checkedBlocks(view.blocks, view.type);
  if (String(view.private_metadata ?? "").length > most.metadata)
    refuse("invalid_arguments", "private_metadata is too long");
  if (String(view.callback_id ?? "").length > most.callback) refuse("invalid_arguments", "callback_id is too long");
  if (view.type === "modal") {
    title(view.title, "title");
    if (view.close !== undefined) title(view.close, "close");
    const asks = blocks.some(({ type }) => type === "input");
    if (asks || view.submit !== undefined) title(view.submit, "submit");
  }
  return { ...view, blocks };
}

function title(value: unknown, at: string): void {
  const { type, text } = (value ?? {}) as { type?: unknown; text?: unknown };
  const fits = type === "plain_text" && typeof text === "string" && text.trim() !== "" && text.length <= most.title;
  if (!fits) refuse("invalid_arguments", `${at} must be plain_text of 1 to 24 characters`);
}

export function opened(state: State, user: User, view: View): void {
  user.modal = { id: state.nextId("V"), hash: `${state.ts()}.h`, team: user.team, view };
}

export function viewsOpen(state: State, team: Team, given: Given) {
  const trigger = state.triggers.get(given.trigger_id ?? "") ?? refuse("invalid_trigger_id");
  if (trigger.used) refuse("exchanged_trigger_id");
  if (trigger.until < state.now()) refuse("expired_trigger_id");
  const view = checkedView(jsonOf(given.view ?? "", "view"));
  if (view.type !== "modal") refuse("invalid_arguments", "only modals are opened");
  const user = state.users.get(trigger.user)!;
  if (user.team !== team.id) refuse("invalid_trigger_id");
  trigger.used = true;
  opened(state, user, view);
  return { view: { id: user.modal!.id } };
}

export function viewsPublish(state: State, team: Team, given: Given) {
  const user = state.users.get(given.user_id ?? "");
  if (!user || user.team !== team.id) return refuse("user_not_found");
  const view = checkedView(jsonOf(given.view ?? "", "view"));
  if (view.type !== "home") refuse("invalid_arguments", "only a home is published");
  user.home = view;
  return { view: {} };
}

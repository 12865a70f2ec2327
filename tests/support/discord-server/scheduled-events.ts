// A guild's scheduled events: external ones, which need a place and an end.

import { textBetween } from "./limits.ts";
import { must, refuse } from "./refusal.ts";
import { guildOf, mayIn, right } from "./rights.ts";
import type { Asked, Route } from "./routes.ts";
import type { Body } from "./state.ts";

function guildFor({ state, ids }: Asked, wanted: "createEvents" | "manageEvents" | "view") {
  const guild = guildOf(state, ids[0]);
  if (!(mayIn(guild, state.bot.id) & right[wanted])) refuse(50013);
  return guild;
}

const eventOf = (asked: Asked): Body => guildFor(asked, "view").events.get(asked.ids[1]!) ?? refuse(10070);

function checked(event: Body, now: number, moved: boolean): Body {
  textBetween(event.name, 1, 100, "name");
  if (event.description) textBetween(event.description, 0, 1_000, "description");
  must(event.entity_type === 3 && event.privacy_level === 2, "entity_type", "only external ones are known here");
  textBetween((event.entity_metadata as Body | undefined)?.location, 1, 100, "location");
  const [start, end] = [event.scheduled_start_time, event.scheduled_end_time].map((time) => Date.parse(String(time)));
  must(end! > start!, "scheduled_end_time", "must be after the start");
  must(!moved || start! > now, "scheduled_start_time", "cannot schedule event in the past");
  must(end! > now, "scheduled_end_time", "cannot schedule event in the past");
  return event;
}

export const scheduledEvents: Readonly<Record<string, Route>> = {
  "POST /guilds/:id/scheduled-events": (asked) => {
    const guild = guildFor(asked, "createEvents");
    const id = asked.state.id();
    const event = checked({ ...asked.body, id, guild_id: guild.id, status: 1 }, asked.state.now(), true);
    guild.events.set(id, event);
    return event;
  },
  "GET /guilds/:id/scheduled-events/:id": eventOf,
  "PATCH /guilds/:id/scheduled-events/:id": (asked) => {
    const guild = guildFor(asked, "manageEvents");
    const before = eventOf(asked);
    const moved = asked.body.scheduled_start_time !== undefined;
    must(!moved || before.status === 1, "scheduled_start_time", "has begun");
    const event = checked({ ...before, ...asked.body }, asked.state.now(), moved);
    guild.events.set(asked.ids[1]!, event);
    return event;
  },
  "DELETE /guilds/:id/scheduled-events/:id": (asked) => {
    const guild = guildFor(asked, "manageEvents");
    eventOf(asked);
    guild.events.delete(asked.ids[1]!);
  },
};

// The house's table of contents.
import { blocks } from "./blocks/index.ts";
import { bridge } from "./bridge/index.ts";
import { conversations } from "./conversations/index.ts";
import { events } from "./events/index.ts";
import { files } from "./files/index.ts";
import { help } from "./help/index.ts";
import { home } from "./home/index.ts";
import type { Feature } from "./kernel/house.ts";
import { listings } from "./listings/index.ts";
import { members } from "./members/index.ts";
import { notificationsOf } from "./notifications/index.ts";
import { pods } from "./pods/index.ts";
import { reminders } from "./reminders/index.ts";
import { spaces } from "./spaces/index.ts";

const told = [members, pods, bridge, events, listings, reminders, blocks, spaces];

/** In the order of /help. */
export const features: readonly Feature[] = [...told, notificationsOf(told), home, help, conversations, files];

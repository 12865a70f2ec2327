// What notifications offer to the edges.
export { reopen, reopenKept } from "./close-account.ts";
export { type Delivery, deliveries } from "./delivery.ts";
export { type Notification, notifications } from "./notification.ts";
export { preferencesOfMany, settingsOf } from "./preferences.ts";
export { offeredReminders, readOffsets } from "./reminder-offsets.ts";
export { showInbox } from "./show-inbox.ts";

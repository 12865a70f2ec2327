// What notifications offer to the edges.
export { reopen, reopenKept } from "./close-account.ts";
export { type Delivery, deliveries } from "./delivery.ts";
export { isInboxOnly } from "./inbox-only.ts";
export { endMail } from "./mail-address.ts";
export { type Notification, notifications } from "./notification.ts";
export { preferenceTexts } from "./preference-texts.ts";
export { chosenByBoth, preferencesOfMany, settingsOf } from "./preferences.ts";
export { browserOf, memberOfToken, Subscribing, subscribe } from "./push-subscription.ts";
export { offeredReminders, readOffsets } from "./reminder-offsets.ts";
export { showInbox } from "./show-inbox.ts";

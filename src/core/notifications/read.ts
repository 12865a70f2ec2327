// What notifications offer to the edges.
export { reopen } from "./close-account.ts";
export { type Delivery, deliveries } from "./delivery.ts";
export { type Notification, notifications } from "./notification.ts";
export { showInbox } from "./show-inbox.ts";

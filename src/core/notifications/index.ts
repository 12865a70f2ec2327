// Notifications: made from what the other features say is worth telling, brought once, kept in the inbox.
import type { Feature } from "../kernel/house.ts";
import { listenerFor } from "./announce.ts";
import { channelClosedNotification } from "./channel-closed.ts";
import { confirmMail } from "./confirm-mail.ts";
import { deliverNotification } from "./deliver-notification.ts";
import { deliveries } from "./delivery.ts";
import { digestKind } from "./digest.ts";
import { channelClosed } from "./facts.ts";
import { gatherNotifications } from "./gather.ts";
import { mailAddresses, mailedCodes, mergeMailAddresses } from "./mail-address.ts";
import { notifications } from "./notification.ts";
import { openNotification } from "./open-notification.ts";
import { mergePreferences, preferences } from "./preferences.ts";
import { pushSubscriptions } from "./push-subscription.ts";
import { readAll } from "./read-all.ts";
import { removeMail } from "./remove-mail.ts";
import { removePush } from "./remove-push.ts";
import { setMail } from "./set-mail.ts";
import { showInbox } from "./show-inbox.ts";
import { showPreferences } from "./show-preferences.ts";
import { showPush } from "./show-push.ts";
import { sweepNotifications } from "./sweep-notifications.ts";
import { notificationTexts } from "./texts.ts";
import { wakeOnMove } from "./wake.ts";
import { explainNotification } from "./why.ts";

/** The feature that tells what these features have to say. */
export function notificationsOf(features: readonly Feature[]): Feature {
  const own = [channelClosedNotification];
  const kinds = [...features.flatMap((feature) => feature.notifications ?? []), ...own];
  return {
    name: "notifications",
    title: notificationTexts.say("area"),
    collections: [notifications, deliveries, preferences, mailAddresses, mailedCodes, pushSubscriptions],
    actions: [
      showInbox,
      readAll,
      openNotification,
      showPreferences,
      setMail,
      confirmMail,
      removeMail,
      showPush,
      removePush,
      explainNotification,
    ],
    jobs: [deliverNotification, gatherNotifications, sweepNotifications],
    facts: [channelClosed],
    listeners: [...kinds.map(listenerFor), wakeOnMove],
    notifications: own,
    tellings: [digestKind(new Map(kinds.map((kind) => [kind.type, kind])))],
    merges: [mergePreferences, mergeMailAddresses],
  };
}

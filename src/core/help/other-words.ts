// What people call things that are called otherwise here: by the first word typed, the command or area that is meant.

export const otherWords: Readonly<Record<string, string>> = {
  benachrichtigungen: "notifications",
  erinnere: "remind me",
  erinnerung: "remind me",
  erinnerungen: "remind list",
  gruppe: "pod",
  lerngruppe: "pod",
  stop: "notifications",
  termine: "event list",
  treffen: "event",
  verbinden: "link",
};

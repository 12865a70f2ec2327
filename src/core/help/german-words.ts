// What Germans call the commands, whose words are English: by the first word typed, the command or area that is meant.

export const germanWords: Readonly<Record<string, string>> = {
  benachrichtigungen: "notifications",
  blockieren: "block",
  einrichten: "setup",
  erinnere: "remind me",
  erinnerung: "remind me",
  erinnerungen: "remind list",
  gruppe: "pod",
  hilfe: "help",
  lerngruppe: "pod",
  posteingang: "inbox",
  profil: "profile",
  termin: "event",
  termine: "event list",
  treffen: "event",
  verbinden: "link",
  warum: "why",
};

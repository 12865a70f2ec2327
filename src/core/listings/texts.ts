// What is said in calendars, and about them.
import { defineTexts, md, type Text } from "../text.ts";

export const listingTexts = defineTexts({
  en: {
    when: (span: Text) => md`When: ${span}`,
    answer: (code: string) => md`Say whether you come: /event rsvp ${code}`,
    shutTitle: (space: string) => md`I can't list events in ${space}`,
    shutRemedy: (space: string) =>
      md`Its calendar is turned on, but I lack the right to use it. In the settings of ${space}, give my role the right to create and manage events; then send /setup calendar:yes there. To do without, send /setup calendar:no.`,
  },
  de: {
    when: (span) => md`Wann: ${span}`,
    answer: (code) => md`Sag, ob du kommst: /event rsvp ${code}`,
    shutTitle: (space) => md`In ${space} kann ich keine Termine eintragen`,
    shutRemedy: (space) =>
      md`Der Kalender ist eingeschaltet, aber mir fehlt das Recht dazu. Gib meiner Rolle in den Einstellungen von ${space} das Recht, Events zu erstellen und zu verwalten; schick dann dort /setup calendar:yes. Wenn es ohne gehen soll, schick /setup calendar:no.`,
  },
});

// What is said in calendars, and about them.
import { defineTexts, md } from "../text.ts";

export const listingTexts = defineTexts({
  en: {
    answer: (place: string) => md`Say whether you come by the buttons in ${place}.`,
    shutTitle: (space: string) => md`I can't list events in ${space}`,
    shutRemedy: (space: string) =>
      md`Its calendar is turned on, but I lack the right to use it. In the settings of ${space}, give my role the right to create and manage events; then turn it on once more with \`/setup\` there, or off to do without.`,
    fullTitle: (space: string) => md`The calendar of ${space} is full`,
    fullRemedy: (space: string) =>
      md`${space} has as many events in its calendar as the app takes. Take some off that are not needed: those of your pods are listed as there is room.`,
  },
  de: {
    answer: (place) => md`Sag mit den Knöpfen in ${place}, ob du kommst.`,
    shutTitle: (space) => md`In ${space} kann ich keine Termine eintragen`,
    shutRemedy: (space) =>
      md`Der Kalender ist eingeschaltet, aber mir fehlt das Recht dazu. Gib meiner Rolle in den Einstellungen von ${space} das Recht, Events zu erstellen und zu verwalten; schalt ihn dann dort mit \`/setup\` noch einmal ein, oder aus, wenn es ohne gehen soll.`,
    fullTitle: (space) => md`Der Kalender von ${space} ist voll`,
    fullRemedy: (space) =>
      md`In ${space} stehen so viele Termine im Kalender, wie die App annimmt. Nimm welche heraus, die niemand braucht: Die eurer Pods werden eingetragen, sobald Platz ist.`,
  },
});

// What commands, options and choices are called in Discord's own menus, language by language; what is not listed keeps its English name.
import type { Language } from "../../../core/text.ts";

interface Names {
  /** An area by its name, a command in it by "area sub": 1 to 32 letters, digits, - and _, in lower case, unlike its neighbours. */
  readonly commands: Readonly<Record<string, string>>;
  /** By the option's name, whatever the command; the same rules. */
  readonly options: Readonly<Record<string, string>>;
  /** By the value that is chosen; any text. */
  readonly choices: Readonly<Record<string, string>>;
}

export const namesIn: Readonly<Record<Exclude<Language, "en">, Names>> = {
  de: {
    commands: {
      profile: "profil",
      "profile show": "zeigen",
      "profile edit": "ändern",
      link: "verknüpfen",
      unlink: "trennen",
      pod: "pod",
      "pod create": "erstellen",
      "pod find": "suchen",
      "pod info": "info",
      "pod join": "beitreten",
      "pod leave": "verlassen",
      "pod handover": "übergeben",
      "pod invite": "einladen",
      "pod members": "mitglieder",
      "pod bind": "verbinden",
      "pod unbind": "lösen",
      "pod bridge": "brücke",
      event: "termin",
      "event create": "erstellen",
      "event list": "liste",
      "event info": "info",
      "event rsvp": "zusagen",
      "event cancel": "absagen",
      remind: "erinnern",
      "remind me": "mich",
      "remind list": "liste",
      "remind snooze": "später",
      "remind move": "verlegen",
      "remind cancel": "löschen",
      setup: "einrichten",
      inbox: "posteingang",
      notifications: "mitteilungen",
      mail: "mail",
      "mail set": "adresse",
      "mail confirm": "bestätigen",
      "mail off": "aus",
      push: "push",
      why: "warum",
      block: "blockieren",
      unblock: "freigeben",
      "pod announce": "ankündigen",
      help: "hilfe",
    },
    options: {
      name: "name",
      zone: "zeitzone",
      language: "sprache",
      app: "app",
      address: "adresse",
      code: "code",
      platform: "plattform",
      description: "beschreibung",
      category: "kategorie",
      subject: "fach",
      tags: "schlagwörter",
      privacy: "sichtbarkeit",
      policy: "beitritt",
      max: "höchstens",
      words: "wörter",
      pod: "pod",
      who: "wer",
      days: "tage",
      uses: "einlösungen",
      state: "zustand",
      what: "was",
      when: "wann",
      capacity: "plätze",
      place: "ort",
      link: "link",
      event: "termin",
      answer: "antwort",
      reminder: "erinnerung",
      for: "dauer",
      calendar: "kalender",
      area: "bereich",
      change: "änderung",
      text: "text",
      reminders: "erinnerungen",
    },
    choices: {
      en: "Englisch",
      de: "Deutsch",
      public: "öffentlich",
      private: "privat",
      "invite-only": "nur mit Einladung",
      open: "offen",
      approval: "auf Anfrage",
      on: "an",
      off: "aus",
      going: "bin dabei",
      maybe: "vielleicht",
      declined: "nicht dabei",
      "10min": "10 Minuten",
      "1h": "1 Stunde",
      tomorrow: "morgen",
    },
  },
};

const languages = Object.keys(namesIn) as (keyof typeof namesIn)[];

/** What Discord is told of a command's, an option's or a choice's name: itself, and what it is called elsewhere. */
export function named(kind: keyof Names, name: string, path = name) {
  const known = languages.flatMap((language) => {
    const called = namesIn[language][kind][path];
    return called && called !== name ? [[language, called] as const] : [];
  });
  return { name, ...(known.length && { name_localizations: Object.fromEntries(known) }) };
}

/**
 * The house names its commands in code, one a line where there are several: `/event create` is /termin erstellen to who reads
 * German. What people wrote is never in code.
 */
export function asCalled(code: string, language: Language): string {
  if (language === "en" || !code.startsWith("/")) return code;
  const { commands } = namesIn[language];
  return code.replace(/^\/([a-z]+)(?: ([a-z]+))?/gm, (whole, area: string, word?: string) => {
    const called = commands[area];
    if (!called) return whole;
    const sub = word && (commands[`${area} ${word}`] ?? word);
    return sub ? `/${called} ${sub}` : `/${called}`;
  });
}

/** By how many characters a command can become longer so. */
export const callingCost = 8;

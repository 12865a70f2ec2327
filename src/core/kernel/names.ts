// What commands, options and choices are called in other languages, and what is meant when they are typed so.
import { type Language, languages } from "../text.ts";

interface Names {
  /** An area by its name, a command in it by "area sub": 1 to 32 letters, digits, - and _, in lower case, unlike its neighbours (Discord's rules). */
  readonly commands: Readonly<Record<string, string>>;
  /** By the option's name, whatever the command; the same rules. */
  readonly options: Readonly<Record<string, string>>;
  /** By the value that is chosen; any text. */
  readonly choices: Readonly<Record<string, string>>;
}

/** What is not listed keeps its English name. */
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

const others = languages.filter((language) => language !== "en");

/** What it is called in this language; `path` where the name alone does not say which it is. */
export const calledIn = (language: Language, kind: keyof Names, name: string, path = name): string =>
  (language === "en" ? undefined : namesIn[language][kind][path]) ?? name;

const folded = (typed: string) => typed.normalize("NFC").trim().toLowerCase();

/** As people write umlauts who have no keys for them. */
const spelledOut = (name: string) =>
  name.replaceAll(/[äöüß]/g, (letter) => ({ ä: "ae", ö: "oe", ü: "ue", ß: "ss" })[letter]!);

/** As it is typed with and without umlauts. */
const spellingsOf = (name: string): readonly string[] => [folded(name), spelledOut(folded(name))];

/** Whether a choice is meant by its value or its name in any language. */
export const isChoice = (typed: string, choice: string): boolean =>
  choice.toLowerCase() === folded(typed) ||
  others.some((language) => spellingsOf(calledIn(language, "choices", choice)).includes(folded(typed)));

/** By the option's name: what else people write for it, in any language; mostly what the cards that they read call it. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  capacity: ["seats"],
  max: ["capacity", "plätze"],
  place: ["where", "wo"],
  zone: ["timezone"],
};

const namesOfOptions = new Map<string, readonly string[]>();

/** Every name that an option of the house goes by; told once, since each message asks for those of its command. */
export function optionNames(option: string): readonly string[] {
  const known = namesOfOptions.get(option);
  if (known) return known;
  const elsewhere = others.flatMap((language) => spellingsOf(calledIn(language, "options", option)));
  const names = [...new Set([option, ...elsewhere, ...(otherNames[option] ?? [])])];
  namesOfOptions.set(option, names);
  return names;
}

/** The house's name of each option by what it is called in another language. */
const options: ReadonlyMap<string, string> = new Map(
  others.flatMap((language) => Object.entries(namesIn[language].options).map(([name, called]) => [called, name])),
);

/** The house's name of an option that a text names in any language. */
export const optionMeant = (named: string): string => options.get(named) ?? named;

/** The house's word for each other one: of an area by the word, in an area by the area's and the word. */
const meant: ReadonlyMap<string, string> = new Map([
  ...others.flatMap((language) => Object.entries(namesIn[language].commands).flatMap(meanings)),
  // Telegram's own menu has it for every bot (core.telegram.org/bots/features#global-commands).
  ["settings", "notifications"],
  ["einstellungen", "notifications"],
]);

function meanings([path, name]: readonly [string, string]): [string, string][] {
  const [area = "", sub] = path.split(" ");
  return spellingsOf(name).map((one) => (sub ? [`${area} ${one}`, sub] : [one, area]));
}

/** The first two words of a command as the house has them: "termin liste" is "event list". Those that are none stay. */
export function wordsMeant(first: string, second: string): readonly [string, string] {
  const area = meant.get(folded(first)) ?? first;
  return [area, meant.get(`${area} ${folded(second)}`) ?? second];
}

// Names and titles that people type: one line, tidy, and with something to see in them.
import { just } from "../plain-shapes.ts";
import { defineTexts } from "../text.ts";

const texts = defineTexts({
  en: { nothingToSee: "There is nothing to see in that. Please use letters, digits or emoji." },
  de: { nothingToSee: "Darin ist nichts zu sehen. Bitte nimm Buchstaben, Ziffern oder Emoji." },
});

/** What turns the direction of the text after it; a name must not do that to the sentence it stands in. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;
/** Fillers and blanks that Unicode counts among letters and symbols. */
const blank = /[\u115f\u1160\u2800\u3164\uffa0]/g;

/** Line breaks, controls and runs of spaces become one space; joiners stay, since scripts and emoji need them. */
export const tidy = (text: string): string =>
  text
    .toWellFormed()
    .normalize("NFC")
    .replace(turning, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();

/** Without the quotes that stand around the whole of it. */
export const unquoted = (text: string): string =>
  /^(?:"([^"]+)"|“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«)$/
    .exec(text)
    ?.slice(1)
    .find((inside) => inside !== undefined) ?? text;

export const hasVisible = (text: string): boolean => /[\p{L}\p{N}\p{S}\p{P}]/u.test(text.replace(blank, ""));

const tidied = just.string.overwrite(tidy);

/** One visible line of at most `most` UTF-16 units. */
export const visibleText = (most: number) =>
  tidied.max(most).refine(hasVisible, { params: { sentence: texts.say("nothingToSee") } });

/**
 * Texts in every language. A dictionary is an object of texts and functions that give texts, written in English; a catalogue of
 * gettext has the translations.
 */
export const languages = ["en", "fr"] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = { en: "English", fr: "Français" };

/** The translations of messages, by the English, after the context if there is one; those with a plural have two. */
export type Catalogue = Record<string, string[]>;

type Value = string | number;

/** Translates the messages of a dictionary. In a message, `{}` is the next of the values, `{0}` the first. */
export interface Translator {
  (english: string, ...values: Value[]): string;
  /** A message whose translation depends on where it stands: `context` is the msgctxt of its entry. */
  in(context: string, english: string, ...values: Value[]): string;
  /** `one` or `many`, for this number of things; it is among the values if the message says it. */
  count(number: string, one: string, many: string, ...values: Value[]): string;
}

function filled(message: string, values: Value[]): string {
  let next = 0;
  return message.replace(/\{(\d*)\}/g, (_, index: string) => String(values[index === "" ? next++ : Number(index)]));
}

/** Numbers that the noun is in the singular with. */
const singular: Record<Language, RegExp> = { en: /^1$/, fr: /^[01](,|$)/ };

function translator(catalogue: Catalogue, language: Language): Translator {
  const found = new Map(Object.entries(catalogue));
  const t = (english: string, ...values: Value[]) => filled(found.get(english)?.[0] ?? english, values);
  return Object.assign(t, {
    in: (context: string, english: string, ...values: Value[]) => filled(found.get(`${context}\u0004${english}`)?.[0] ?? english, values),
    count: (number: string, one: string, many: string, ...values: Value[]) => {
      const form = singular[language].test(number) ? 0 : 1;
      return filled(found.get(one)?.[form] ?? [one, many][form]!, values);
    },
  });
}

/** Makes dictionaries whose French is in this catalogue. */
export function dictionaryOf(french: Catalogue) {
  const translators: Record<Language, Translator> = { en: translator({}, "en"), fr: translator(french, "fr") };
  return <T>(make: (t: Translator, language: Language) => T): Record<Language, T> => ({ en: make(translators.en, "en"), fr: make(translators.fr, "fr") });
}

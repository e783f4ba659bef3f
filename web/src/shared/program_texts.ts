/** The program's own sentences, which its JSON has in English, in the language of the page: po/fr.po has the French ones. */
import french from "../../../po/fr.po";
import type { Language } from "./i18n.ts";

const catalogue = new Map(Object.entries(french).map(([english, [translation]]) => [english, translation]));

/** The sentence in this language; the English one where there is no translation. */
export function translated(sentence: string, language: Language): string {
  return (language === "fr" ? catalogue.get(sentence) : undefined) ?? sentence;
}

/** The language that `translated` gives a sentence in, for the `lang` attribute. */
export function languageOf(sentence: string, language: Language): Language {
  return language === "fr" && catalogue.has(sentence) ? "fr" : "en";
}

/** Which of the installed languages are seen first. Pure. */
import type { Language } from "../../shared/i18n.ts";
import { languageName, languageTag } from "./format.ts";

/** Not languages, and not for text. */
const special = new Set(["osd", "equ"]);
const mostShown = 8;

const isText = (one: string) => !special.has(one);

/** The languages that texts may be in. */
export function textLanguages(installed: readonly string[]): string[] {
  return installed.filter(isText);
}

/** Orders languages by their names for the reader. */
export function byLanguageName(language: Language): (a: string, b: string) => number {
  return (a, b) => languageName(a, language).localeCompare(languageName(b, language), language);
}

/** The language that is chosen where nobody has said one. */
export function usualLanguage(installed: readonly string[]): string {
  return installed.includes("eng") ? "eng" : (installed.find(isText) ?? "");
}

/** Those that are chosen, then those that the reader's browser asks for ("fr", "de-CH"), then others in their order. */
export function foremost(installed: readonly string[], chosen: readonly string[], asked: readonly string[]): string[] {
  const texts = textLanguages(installed);
  const wanted = asked.map((tag) => tag.toLowerCase().split("-")[0]);
  const theirs = wanted.flatMap((base) => texts.filter((one) => languageTag(one)?.split("-")[0] === base));
  return [...new Set([...texts.filter((one) => chosen.includes(one)), ...theirs, ...texts])].slice(0, Math.max(mostShown, chosen.length));
}

/**
 * Texts in every language. A dictionary is an object of texts and functions that give texts; that of another language
 * has the type of the English one, so that a missing key or argument is a type error.
 */
export const languages = ["en", "fr"] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = { en: "English", fr: "Français" };

type Texts<T> = { [K in keyof T]: T[K] extends string ? string : T[K] extends (...args: infer A) => string ? (...args: A) => string : Texts<T[K]> };

/** A dictionary for each language, all of the English one's shape. */
export function dictionary<T extends object>(en: T, fr: Texts<T>): Record<Language, Texts<T>> {
  return { en: en as unknown as Texts<T>, fr };
}

/** What scores are called where people read them: as the program declares them, which says so with its data. */
import { SvelteMap } from "svelte/reactivity";
import type { Score } from "contract";
import type { Language } from "./i18n.ts";

const titles = new SvelteMap<string, Score["title"]>();

/** Remembers what scores are called. */
export function learnScores(scores: readonly Score[]): void {
  for (const score of scores) titles.set(score.name, score.title);
}

/** The score's name for people; the name itself where it isn't known. */
export function scoreName(name: string, language: Language): string {
  return titles.get(name)?.[language] ?? name;
}

/** A score of which nothing but its name is known. */
export function unknownScore(name: string): Score {
  const title = { en: name, fr: name };
  return { name, minimized: false, unit: "", scale: 1, needs_truth: false, title, help: title };
}

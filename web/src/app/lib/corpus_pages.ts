/** The order that a corpus' pages are shown in. */
import type { CorpusInfo, CorpusPage } from "contract";

export type PageOrder = "worst" | "name" | "given";

/** The share of wrong characters: measured where there is ground truth, else expected; null: not recognized. */
export const wrongCharacters = (page: CorpusPage): number | null => page.baseline?.cer ?? page.expected_cer;

/** "worst": the most wrong characters first, pages that were not recognized last. */
export function orderedPages(pages: readonly CorpusPage[], order: PageOrder, onlyTruth: boolean): CorpusPage[] {
  const list = pages.filter((page) => !onlyTruth || page.truth);
  if (order === "worst") {
    const wrong = (page: CorpusPage) => wrongCharacters(page) ?? -1;
    return list.sort((a, b) => wrong(b) - wrong(a) || a.index - b.index);
  }
  if (order === "name") return list.sort((a, b) => a.name.localeCompare(b.name) || a.index - b.index);
  return list.sort((a, b) => a.index - b.index);
}

/** The mean of what is known; null where nothing is. */
export function meanOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** How many pages came and went, by their names. */
export function pageChanges(before: readonly CorpusPage[], after: readonly CorpusPage[]): { came: number; went: number } {
  const [old, now] = [before, after].map((pages) => new Set(pages.map((page) => page.name))) as [Set<string>, Set<string>];
  return { came: [...now].filter((name) => !old.has(name)).length, went: [...old].filter((name) => !now.has(name)).length };
}

const scanOf = (name: string) => name.replace(/#\d+$/, "");

/** Whether both are names of a page before and after it was split, or the same. */
export function isSamePage(a: string, b: string): boolean {
  return a === b || scanOf(a) === b || scanOf(b) === a;
}

/**
 * The number that a page has after its corpus was loaded again, when others may have come or gone before it; null if it is gone.
 * Of a page that was split by hand, that of its first part; where one was left out by hand, the page with its number follows.
 */
export function indexAfter(before: CorpusInfo | null, index: number, after: CorpusInfo): number | null {
  const name = before?.pages?.[index]?.name;
  if (name === undefined) return index;
  const found = (is: (other: string) => boolean) => after.pages?.find((page) => is(page.name))?.index;
  const isLeftOut = (after.excluded?.length ?? 0) > (before?.excluded?.length ?? 0);
  return found((other) => other === name) ?? (isLeftOut ? index : found((other) => scanOf(other) === scanOf(name))) ?? null;
}

/** The order that a corpus' pages are shown in. */
import type { CorpusInfo, CorpusPage } from "contract";

export type PageOrder = "worst" | "name" | "given";

/** Worse is greater; unread ones last. */
function badness(page: CorpusPage, byErrors: boolean): number {
  if (page.baseline === null) return -Infinity;
  return byErrors ? (page.baseline.cer ?? 0) : 100 - (page.baseline.confidence ?? 100);
}

/** "worst" goes by wrong characters where all pages that were read have them, else by confidence. */
export function orderedPages(pages: readonly CorpusPage[], order: PageOrder, onlyTruth: boolean): CorpusPage[] {
  const list = pages.filter((page) => !onlyTruth || page.truth);
  if (order === "worst") {
    const byErrors = list.every((page) => page.baseline === null || page.baseline.cer !== undefined);
    const worse = (a: CorpusPage, b: CorpusPage) => {
      const [x, y] = [badness(a, byErrors), badness(b, byErrors)];
      return x === y ? a.index - b.index : y - x;
    };
    return list.sort(worse);
  }
  if (order === "name") return list.sort((a, b) => a.name.localeCompare(b.name) || a.index - b.index);
  return list.sort((a, b) => a.index - b.index);
}

/** Mean over the pages that have it; null where none has. */
export function meanScore(pages: readonly CorpusPage[], name: string): number | null {
  const values = pages.map((page) => page.baseline?.[name]).filter((value) => value !== undefined);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
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

/** The order that a corpus' pages are shown in. */
import type { CorpusPage } from "../../contract/api.ts";

export type PageOrder = "worst" | "name" | "given";

/** Worse is greater: by wrong characters where there is truth, else by confidence; unread ones last. */
function badness(page: CorpusPage): number {
  if (page.baseline === null) return -Infinity;
  const cer = page.baseline.cer;
  return cer !== undefined ? Math.min(1, cer) * 100 : 100 - (page.baseline.confidence ?? 100);
}

export function orderedPages(pages: readonly CorpusPage[], order: PageOrder, onlyTruth: boolean): CorpusPage[] {
  const list = pages.filter((page) => !onlyTruth || page.truth);
  if (order === "worst") return list.sort((a, b) => badness(b) - badness(a) || a.index - b.index);
  if (order === "name") return list.sort((a, b) => a.name.localeCompare(b.name) || a.index - b.index);
  return list.sort((a, b) => a.index - b.index);
}

/** Mean over the pages that have it; null where none has. */
export function meanScore(pages: readonly CorpusPage[], name: string): number | null {
  const values = pages.map((page) => page.baseline?.[name]).filter((value) => value !== undefined);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

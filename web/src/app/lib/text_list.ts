/** The pages of a list of texts that is shown in parts. Pure. */
import type { FoundText, TextList } from "contract";

/** How many pages are shown at once. */
export const pagesShown = 100;

/** Where the parts before and behind this one begin; null where there is none. */
export function neighbours(list: TextList): { before: number | null; behind: number | null } {
  const end = list.from + list.pages.length;
  return {
    before: list.from > 0 ? Math.max(0, list.from - pagesShown) : null,
    behind: end < list.total && list.pages.length > 0 ? end : null,
  };
}

/** The pages beside one in the list; null where there is none. */
export function beside(pages: readonly FoundText[], page: number): { before: number | null; behind: number | null } {
  const at = pages.findIndex((one) => one.page === page);
  return { before: at > 0 ? pages[at - 1]!.page : null, behind: at >= 0 ? (pages[at + 1]?.page ?? null) : null };
}

/** The name of the file in which a page's text is saved. */
export function textFileName(page: string): string {
  const last = page.split("/").at(-1) ?? page;
  return `${last.replace(/\.[^.#]*(#(\d+))?$/, (_, mark: string | undefined, number: string | undefined) => (mark ? `.${number}` : ""))}.txt`;
}

/** Edits of pages by hand, of which only `exclude` changes the made-up pages. */
import type { CopiedEdit, CorpusInfo, CorpusPage, EditProposal, ExcludedPage, PageEdit, ScanEdit } from "contract";
import { noEdit } from "../../../src/app/lib/page_edit.ts";

export class Edits {
  private readonly edits = new Map<string, PageEdit>();
  private readonly leftOut = new Map<string, CorpusPage>();
  private saves = 0;
  /** What detection finds on every page. */
  proposal: EditProposal = { rotate: null, corners: null, split: null };
  /** How many pages were edited since they were recognized. */
  since = 0;

  of(corpus: CorpusInfo, page: number): ScanEdit {
    const { name } = corpus.pages![page]!;
    return { file: name, number: 1, version: this.version(), edit: this.edits.get(name) ?? noEdit };
  }

  version(): string {
    return this.saves === 0 ? "" : `saved ${this.saves}`;
  }

  /** The corpus as it is then; undefined where there is another version by now. */
  save(corpus: CorpusInfo, page: number, edit: PageEdit, version: string): CorpusInfo | undefined {
    if (version !== this.version()) return undefined;
    this.saves += 1;
    const { name } = corpus.pages![page]!;
    if (edit.exclude) this.leftOut.set(`/scans/${name}`, corpus.pages![page]!);
    this.edits.set(name, edit);
    const left = edit.exclude ? corpus.pages!.filter((one) => one.index !== page) : corpus.pages!;
    const excluded: ExcludedPage[] = edit.exclude ? [{ file: `/scans/${name}`, name, number: 1 }] : [];
    return {
      ...corpus, loads: corpus.loads + 1, page_count: left.length, excluded: [...(corpus.excluded ?? []), ...excluded],
      pages: left.map((one, index) => ({ ...one, index, version: one.name === name ? `v${this.saves}` : one.version })),
    };
  }

  copy(corpus: CorpusInfo, page: number, which: string): CopiedEdit {
    const { edit } = this.of(corpus, page);
    const others = corpus.pages!.filter((one) => one.index !== page && (which === "all" || one.index % 2 === (which === "odd" ? 0 : 1)));
    for (const one of others) this.edits.set(one.name, edit);
    return { edited: others.length, kept: 0 };
  }

  /** The corpus with a page again that was left out. */
  include(corpus: CorpusInfo, file: string): CorpusInfo {
    const page = this.leftOut.get(file)!;
    this.saves += 1;
    this.edits.set(page.name, noEdit);
    const pages = [...corpus.pages!, page].sort((a, b) => a.name.localeCompare(b.name));
    return {
      ...corpus, loads: corpus.loads + 1, page_count: pages.length, excluded: corpus.excluded!.filter((one) => one.file !== file),
      pages: pages.map((one, index) => ({ ...one, index })),
    };
  }
}

/** Texts of an applied collection, and a search in them. */
import { createHash } from "node:crypto";
import type { CorpusInfo, FoundText, PageText, SavedTruth, TextList, TruthChange, Word } from "contract";

const lines = [
  "The quick brown fox jumps over the lazy dog.",
  "Invoice of the harbour office, paid in full.",
  "Received from Mr Penny the sum of twelve pounds.",
];

export function textOf(page: number): string {
  return `${lines[page % lines.length]}\nPage ${page + 1} of the ledger.\n`;
}

const words = (text: string) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");

function piecesOf(text: string, wanted: string[]): string[] {
  const pattern = new RegExp(`(\\b(?:${wanted.join("|")})\\w*)`, "gi");
  return text.split(pattern);
}

export function textList(corpus: CorpusInfo, asked: URLSearchParams): TextList {
  const wanted = words(asked.get("words") ?? "");
  const [from, count] = [Number(asked.get("from")), Number(asked.get("count"))];
  const all = corpus.pages!
    .filter((page) => wanted.every((word) => words(textOf(page.index)).some((one) => one.startsWith(word))))
    .map((page): FoundText => ({
      page: page.index, name: page.name, expected_cer: (page.index % 7) / 20, confidence: 95 - 3 * (page.index % 7), words: 14, pipeline: "raw", truth: page.truth,
      version: page.version, reasons: page.index % 7 > 4 ? [{ reason: "skewed", value: 3.1, text: "leans 3.1°", advice: "straighten it, or try the stage deskew" }] : [],
      found: wanted.length === 0 ? [] : piecesOf(textOf(page.index), wanted),
    }))
    .sort((a, b) => b.expected_cer - a.expected_cer || a.page - b.page);
  return { total: all.length, from, edited: 0, pages: all.slice(from, from + count) };
}

/** Every fifth word is doubtful. */
function placed(text: string): Word[] {
  const height = 40;
  return text.split("\n").flatMap((line, row) => line.split(" ").filter((word) => word !== "").map((word, at): Word =>
    at % 5 === 3
      ? [word, 43, 40 + 160 * at, 100 + 3 * height * row, 180 + 160 * at, 100 + 3 * height * row + height, [`${word}s`]]
      : [word, 96, 40 + 160 * at, 100 + 3 * height * row, 180 + 160 * at, 100 + 3 * height * row + height]));
}

/** What the pages' files hold besides. */
export class Truths {
  private readonly texts = new Map<string, string>();

  of(corpus: string, page: number): string | null {
    return this.texts.get(`${corpus}/${page}`) ?? null;
  }

  version(corpus: string, page: number): string {
    const text = this.of(corpus, page);
    return text === null ? "" : createHash("sha1").update(text).digest("hex");
  }

  /** Undefined where there is another version by now. */
  save(corpus: string, page: number, change: TruthChange): SavedTruth | undefined {
    if (change.version !== this.version(corpus, page)) return undefined;
    this.texts.set(`${corpus}/${page}`, change.text);
    return { version: this.version(corpus, page), file: `page_${page}.gt.txt` };
  }
}

export function pageText(corpus: CorpusInfo, page: number, truths: Truths): PageText {
  const { name, width, height } = corpus.pages![page]!;
  const text = textOf(page);
  return {
    page, name, width, height, text, words: placed(text),
    truth: truths.of(corpus.id, page), truth_version: truths.version(corpus.id, page),
  };
}

/** Texts of an applied collection, and a search in them. */
import type { CorpusInfo, FoundText, PageText, TextList } from "../../../src/contract/api.ts";

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
      page: page.index, name: page.name, expected_cer: (page.index % 7) / 20, confidence: 95 - 3 * (page.index % 7), words: 14, pipeline: "raw",
      found: wanted.length === 0 ? [] : piecesOf(textOf(page.index), wanted),
    }))
    .sort((a, b) => b.expected_cer - a.expected_cer || a.page - b.page);
  return { total: all.length, from, pages: all.slice(from, from + count) };
}

export function pageText(corpus: CorpusInfo, page: number): PageText {
  const { name, width, height } = corpus.pages![page]!;
  return { page, name, width, height, text: textOf(page) };
}

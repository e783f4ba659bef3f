/** Made-up corpora and OCR results. */
import type { CorpusInfo, CorpusPage, PageOcrResult, PipelineForm, Word } from "contract";
import { random } from "../../make_study.ts";

const vocabulary = "the of a letter from to which was in his on account and received by river street mill ledger pounds paid Tuesday harbour wheat tons by hand signed before witness".split(" ");
export const pageSize = { width: 1240, height: 1754 };

/** The words that a page has: text and place. */
export function wordsOfPage(page: number): Word[] {
  const next = random(page + 11);
  const words: Word[] = [];
  for (let line = 0; line < 24; line += 1) {
    let left = 120;
    while (left < 1000) {
      const text = vocabulary[Math.floor(next() * vocabulary.length)]!;
      const width = 18 * text.length;
      if (left + width > 1120) break;
      words.push([text, 95, left, 160 + line * 62, left + width, 160 + line * 62 + 28]);
      left += width + 22;
    }
  }
  return words;
}

function textOf(words: readonly Word[]): string {
  let text = "";
  words.forEach((word, at) => {
    if (at > 0) text += word[3] === words[at - 1]![3] ? " " : "\n";
    text += word[0];
  });
  return text;
}

/** How badly a page is read, 0 to 1: less with the stages that run. */
export function badnessOf(page: number, pipeline: PipelineForm | null): number {
  const own = 0.08 + 0.5 * random(page + 3)();
  const stages = (pipeline?.uses ?? []).filter((use) => use.on);
  return Math.max(0.02, own - 0.08 * stages.length - 0.002 * (stages[0]?.settings[0]?.value ?? 0));
}

export function ocrResultOf(page: number, pipeline: PipelineForm | null, truth: boolean, engine = "lstm"): PageOcrResult {
  const badness = badnessOf(page, pipeline);
  const next = random(page + 101 + engine.length - "lstm".length);
  const right = wordsOfPage(page);
  const words = right.map((word): Word => {
    const wrong = next() < badness;
    const confidence = wrong ? 20 + 50 * next() : 80 + 19 * next();
    return [wrong && word[0].length > 2 ? word[0].replace(/[aeiou]/, "c") : word[0], confidence, word[2], word[3], word[4], word[5]];
  });
  const scores = {
    confidence: words.reduce((sum, word) => sum + word[1], 0) / words.length,
    words: words.length,
    ...(truth ? { cer: badness / 4, wer: badness } : {}),
  };
  return {
    ...pageSize, words, text: textOf(words), truth: truth ? textOf(right) : null, scores, expected_cer: badness / 4,
    reasons: badness > 0.4 && pipeline === null ? [{ reason: "faint", value: 61.5, text: "faint", advice: "try local contrast" }] : [],
    engine, preprocess_ms: 40, read_ms: 320,
  };
}

export function corpusOf(id: string, name: string, inputs: string[], lang: string, count: number, truths: number): CorpusInfo {
  const pages = Array.from({ length: count }, (_, index): CorpusPage => {
    const { scores, expected_cer, reasons } = ocrResultOf(index, null, index < truths);
    return {
      index, name: `${String(index + 1).padStart(2, "0")}-ledger-of-the-mill.png`, ...pageSize,
      dpi: index % 5 === 4 ? 0 : 300, lang, truth: index < truths, version: `v${index}`,
      baseline: scores, expected_cer, reasons,
    };
  });
  return { id, name, inputs, lang, state: "ready", problems: [], page_count: count, read: count, truth_count: truths, loads: 1, excluded: [], pages };
}

/** The correction of a text: which of its words are doubtful, and drafts that outlive a reload. Pure but for the keepers. */
import type { Word } from "contract";
import { differences as differingWords, isSpace, wordsAndSpaces, wordsOf } from "../../shared/differences.ts";
import { surenessOf } from "../../shared/ocr_result.ts";
import type { Keeper } from "./drafts.ts";

/** A word of the text that is corrected. */
export interface TypedWord {
  /** Where it is in the text. */
  start: number;
  end: number;
  /** Which word of the OCR result it is; null: it was typed. */
  at: number | null;
}

/** The words of a text, with those of the OCR result that they still are. */
export function typedWords(text: string, ocrResult: readonly Word[]): TypedWord[] {
  const places: { start: number; end: number }[] = [];
  let end = 0;
  for (const piece of wordsAndSpaces(text)) {
    const start = end;
    end += piece.length;
    if (!isSpace(piece)) places.push({ start, end });
  }
  // Where a script has no spaces, a word of the OCR result may be several here.
  const wholeWords = ocrResult.flatMap((word, index) => wordsOf(word[0]).map(() => index));
  const words: TypedWord[] = [];
  let at = 0;
  for (const part of differingWords(ocrResult.map((word) => word[0]).join(" "), text)) {
    for (let left = part.words.length; left > 0; left -= 1) {
      if (part.kind === "missing") at += 1;
      else words.push({ ...places[words.length]!, at: part.kind === "same" ? wholeWords[at++]! : null });
    }
  }
  return words;
}

export function isDoubtful(word: Word): boolean {
  const sureness = surenessOf(word[1]);
  return sureness === "doubtful" || sureness === "hardly";
}

/** The doubtful words that are neither changed nor accepted. */
export function openWords(words: readonly TypedWord[], ocrResult: readonly Word[], accepted: readonly number[]): TypedWord[] {
  const done = new Set(accepted);
  return words.filter((word) => word.at !== null && !done.has(word.at) && isDoubtful(ocrResult[word.at]!));
}

/** The next of the words after (or before) a place in the text, from its beginning (end) again; undefined if there is none. */
export function nextWord(words: readonly TypedWord[], caret: { start: number; end: number }, backwards: boolean): TypedWord | undefined {
  return backwards
    ? words.filter((word) => word.start < caret.start).at(-1) ?? words.at(-1)
    : words.find((word) => word.end > caret.end && word.start >= caret.start) ?? words[0];
}

/** The word at a place in the text. */
export function wordAt(words: readonly TypedWord[], caret: number): TypedWord | undefined {
  return words.find((word) => word.start <= caret && caret <= word.end);
}

/** The word of the OCR result at a place in the text, or the nearest before it that was not typed over; else the first. */
export function wordNear(words: readonly TypedWord[], ocrResult: readonly Word[], caret: number): Word | undefined {
  const before = words.filter((word) => word.at !== null && word.start <= caret).at(-1);
  return ocrResult[before?.at ?? 0];
}

/** Where a word of the OCR result is in the text; of one that was typed over, the word that follows those before it. */
export function placeOfWord(words: readonly TypedWord[], at: number): TypedWord | undefined {
  const before = words.filter((word) => word.at !== null && word.at <= at).at(-1);
  if (before?.at === at) return before;
  return words[before ? words.indexOf(before) + 1 : 0] ?? words.at(-1);
}

/** What was typed and is not saved. */
export interface CorrectionDraft {
  text: string;
  /** Of the ground truth that it replaces. */
  version: string;
  accepted: number[];
}

export interface Forgetter extends Keeper {
  removeItem(key: string): void;
}

/** This window's keeper before the one of all windows; without those that the browser forbids. */
export function browserKeepers(): Forgetter[] {
  return [() => sessionStorage, () => localStorage].flatMap((keeper) => {
    try {
      return [keeper()];
    } catch {
      return [];
    }
  });
}

/** By its name: an edit by hand may give its number to another page. */
const keyOf = (corpus: string, page: string) => `ocrtune.correction.${corpus}.${page}`;

function isDraft(value: unknown): value is CorrectionDraft {
  if (typeof value !== "object" || value === null) return false;
  const draft = value as Partial<CorrectionDraft>;
  return typeof draft.text === "string" && typeof draft.version === "string"
    && Array.isArray(draft.accepted) && draft.accepted.every((one) => typeof one === "number");
}

/** The draft of the first keeper that has one. */
export function loadCorrection(keepers: readonly Keeper[], corpus: string, page: string): CorrectionDraft | null {
  for (const keeper of keepers) {
    try {
      const found: unknown = JSON.parse(keeper.getItem(keyOf(corpus, page)) ?? "null");
      if (isDraft(found)) return found;
    } catch {
      // The browser keeps nothing, or something else.
    }
  }
  return null;
}

/** Whether something was typed for the page and is not saved. */
export function hasCorrection(keepers: readonly Keeper[], corpus: string, page: string): boolean {
  return loadCorrection(keepers, corpus, page) !== null;
}

/** False where no keeper has room. */
export function keepCorrection(keepers: readonly Keeper[], corpus: string, page: string, draft: CorrectionDraft): boolean {
  let kept = false;
  for (const keeper of keepers) {
    try {
      keeper.setItem(keyOf(corpus, page), JSON.stringify(draft));
      kept = true;
    } catch {
      // The other one may have room.
    }
  }
  return kept;
}

export function forgetCorrection(keepers: readonly Forgetter[], corpus: string, page: string): void {
  for (const keeper of keepers) {
    try {
      keeper.removeItem(keyOf(corpus, page));
    } catch {
      // Nothing is kept there.
    }
  }
}

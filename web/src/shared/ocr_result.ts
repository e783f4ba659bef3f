/** An OCR result as people look at it: how sure each word is, and where it differs from the truth. */
import type { Word } from "contract";
import { differences as differingWords, isSpace, joinedWords, wordsAndSpaces } from "./differences.ts";

/** Ends of the classes that words are coloured by; the last class has all above. */
export const confidenceEnds = [50, 75, 90] as const;

/** 0 (hardly read) to 3 (sure). */
export function confidenceClass(confidence: number): 0 | 1 | 2 | 3 {
  const [low, middle, high] = confidenceEnds;
  return confidence < low ? 0 : confidence < middle ? 1 : confidence < high ? 2 : 3;
}

/** The classes' names, the surest first. */
export const sureness = ["sure", "likely", "doubtful", "hardly"] as const;
export type Sureness = (typeof sureness)[number];

/** Of a confidence, 0 to 100. */
export function surenessOf(confidence: number): Sureness {
  return sureness[3 - confidenceClass(confidence)]!;
}

/** A piece of an OCR result's text: a word, with its number among the words, or what stands between words (null). */
export interface Piece {
  text: string;
  at: number | null;
}

/** Behind the words from `first` on that make up the piece, of which a script without spaces has several; null: none do. */
function endOfWords(piece: string, words: readonly Word[], first: number): number | null {
  let at = 0;
  for (let end = first; end < words.length; ++end) {
    const word = words[end]![0];
    if (word === "" || !piece.startsWith(word, at)) return null;
    at += word.length;
    if (at === piece.length) return end + 1;
  }
  return null;
}

/** The text in pieces, its words those of `words`, which come in the same order. */
export function piecesOf(text: string, words: readonly Word[]): Piece[] {
  let next = 0;
  return text
    .split(/(\s+)/)
    .filter((piece) => piece !== "")
    .flatMap((piece): Piece[] => {
      if (isSpace(piece)) return [{ text: piece, at: null }];
      // A word that the text leaves out doesn't shift those behind it.
      for (let first = next; first < next + 5; ++first) {
        const end = endOfWords(piece, words, first);
        if (end === null) continue;
        next = end;
        return words.slice(first, end).map((word, index) => ({ text: word[0], at: first + index }));
      }
      return [{ text: piece, at: null }];
    });
}

/** same: in both; missing: only in the truth; added: only in the OCR result. */
export interface Difference {
  kind: "same" | "missing" | "added";
  text: string;
}

/** A shortest way from the truth's words to the OCR result's; neighbours of a kind are one. */
export function differences(truth: string, ocrResult: string): Difference[] {
  return differingWords(truth, ocrResult).map((part) => ({
    kind: part.kind === "extra" ? "added" : part.kind,
    text: joinedWords(part.words),
  }));
}

/** A piece of a text: a word, or what stands between words; `differs`: the other text lacks it at this place. */
export interface ComparedPiece {
  text: string;
  differs: boolean;
}

/** Two texts of the same page in pieces, each with its own lines, and how many words one of them lacks. */
export function compared(first: string, second: string): { first: ComparedPiece[]; second: ComparedPiece[]; differing: number } {
  const parts = differingWords(first, second);
  const pieces = (text: string, lacking: "missing" | "extra"): ComparedPiece[] => {
    const marks = parts.flatMap((part) =>
      part.kind === "same" || part.kind === lacking ? part.words.map(() => part.kind === lacking) : []);
    let next = 0;
    return wordsAndSpaces(text).map((piece) => ({ text: piece, differs: isSpace(piece) ? false : (marks[next++] ?? false) }));
  };
  const differing = parts.reduce((sum, part) => sum + (part.kind === "same" ? 0 : part.words.length), 0);
  return { first: pieces(first, "missing"), second: pieces(second, "extra"), differing };
}

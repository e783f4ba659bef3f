/** What of a reading is shown: lines of words with their confidence. */
import type { Word } from "../contract/study_data.ts";

/** Ends of the classes that words are coloured by; the last class has all above. */
export const confidenceEnds = [50, 75, 90] as const;

/** 0 (hardly read) to 3 (sure). */
export function confidenceClass(confidence: number): 0 | 1 | 2 | 3 {
  const [low, middle, high] = confidenceEnds;
  return confidence < low ? 0 : confidence < middle ? 1 : confidence < high ? 2 : 3;
}

/** Words in lines: a word that begins left of the one before it and below its middle begins a line. */
export function linesOf(words: readonly Word[]): Word[][] {
  const lines: Word[][] = [];
  let last: Word | null = null;
  for (const word of words) {
    const line = lines[lines.length - 1];
    const begins = !last || !line || word[2] < last[2] || word[3] > (last[3] + last[5]) / 2;
    if (begins) lines.push([word]);
    else line.push(word);
    last = word;
  }
  return lines;
}

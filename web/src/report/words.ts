/** What of an OCR result is shown: lines of words. */
import type { Word } from "contract";

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

/** Words by their places on a page. Pure. */
import type { Word } from "contract";

/** Sides of a place on a page. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How far around a word a click still means it, as a share of its height. */
const margin = 0.25;
/** Words farther apart than so many heights are of different columns. */
const widestGap = 6;

const heightOf = (word: Word) => word[5] - word[3];

/** The word at a place, the smallest where there are several. */
export function wordAtPlace(words: readonly Word[], x: number, y: number): Word | undefined {
  const near = words.filter((word) => {
    const around = margin * heightOf(word);
    return x >= word[2] - around && x <= word[4] + around && y >= word[3] - around && y <= word[5] + around;
  });
  const area = (word: Word) => (word[4] - word[2]) * heightOf(word);
  return near.sort((a, b) => area(a) - area(b))[0];
}

function isBeside(a: Word, b: Word): boolean {
  const least = Math.min(heightOf(a), heightOf(b));
  const overlap = Math.min(a[5], b[5]) - Math.max(a[3], b[3]);
  const gap = Math.max(a[2], b[2]) - Math.min(a[4], b[4]);
  return overlap >= least / 2 && gap <= widestGap * Math.max(heightOf(a), heightOf(b));
}

/** The text line that a word stands in, of words in reading order. */
export function lineOfWord(words: readonly Word[], word: Word): Box {
  const at = words.indexOf(word);
  let [first, last] = [at, at];
  while (first > 0 && isBeside(words[first - 1]!, words[first]!)) first -= 1;
  while (at >= 0 && last + 1 < words.length && isBeside(words[last]!, words[last + 1]!)) last += 1;
  const line = at < 0 ? [word] : words.slice(first, last + 1);
  return {
    left: Math.min(...line.map((one) => one[2])),
    top: Math.min(...line.map((one) => one[3])),
    right: Math.max(...line.map((one) => one[4])),
    bottom: Math.max(...line.map((one) => one[5])),
  };
}

/** Where a page's left top corner is and how large it is drawn, so that a line fills a strip of `height`; px. */
export function stripOfLine(line: Box, word: Box, strip: { width: number; height: number }): { scale: number; left: number; top: number } {
  const high = Math.max(1, line.bottom - line.top);
  const scale = strip.height / (1.6 * high);
  const room = 0.3 * high;
  const wide = (line.right - line.left + 2 * room) * scale;
  const begin = (line.left - room) * scale;
  // A line that is longer than the strip has its word in the middle.
  const middle = ((word.left + word.right) / 2) * scale - strip.width / 2;
  const left = wide <= strip.width ? begin : Math.min(begin + wide - strip.width, Math.max(begin, middle));
  return { scale, left: -left, top: -(line.top - room) * scale };
}

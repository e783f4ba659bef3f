/** A reading as people look at it: how sure each word is, and where it differs from the truth. */
import type { Word } from "../contract/study_data.ts";

/** Steps of confidence that differ for the eye; docs/metrics.md: below 60 most words are wrong. */
export const sureness = ["sure", "likely", "doubtful", "hardly"] as const;
export type Sureness = (typeof sureness)[number];

/** Of a confidence, 0 to 100. */
export function surenessOf(confidence: number): Sureness {
  if (confidence >= 90) return "sure";
  if (confidence >= 75) return "likely";
  return confidence >= 50 ? "doubtful" : "hardly";
}

/** A piece of a reading's text: a word with its confidence, or what stands between words (null). */
export interface Piece {
  text: string;
  confidence: number | null;
}

/** The text in pieces, its words with the confidence that `words` have, which come in the same order. */
export function piecesOf(text: string, words: readonly Word[]): Piece[] {
  let next = 0;
  return text
    .split(/(\s+)/)
    .filter((piece) => piece !== "")
    .map((piece) => {
      if (/^\s/.test(piece)) return { text: piece, confidence: null };
      // A word that the text leaves out doesn't shift those behind it.
      const at = words.slice(next, next + 5).findIndex((word) => word[0] === piece);
      if (at < 0) return { text: piece, confidence: null };
      next += at + 1;
      return { text: piece, confidence: words[next - 1]![1] };
    });
}

/** same: in both; missing: only in the truth; added: only in the reading. */
export interface Difference {
  kind: "same" | "missing" | "added";
  text: string;
}

/** More words than this on both sides, and a difference that large is shown as a whole: time is their product. */
const mostDifferences = 2000;

/** A shortest way from the truth's words to the reading's (Myers); neighbours of a kind are one. */
export function differences(truth: string, reading: string): Difference[] {
  const [a, b] = [wordsOf(truth), wordsOf(reading)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const middle = shortest(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const same = (text: string): Difference => ({ kind: "same", text });
  return joined([...a.slice(0, head).map(same), ...middle, ...a.slice(a.length - tail).map(same)]);
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function joined(list: Difference[]): Difference[] {
  const found: Difference[] = [];
  for (const one of list) {
    const last = found.at(-1);
    if (last?.kind === one.kind) last.text += ` ${one.text}`;
    else found.push({ ...one });
  }
  return found;
}

function shortest(a: string[], b: string[]): Difference[] {
  const all = [
    ...a.map((text): Difference => ({ kind: "missing", text })),
    ...b.map((text): Difference => ({ kind: "added", text })),
  ];
  const most = Math.min(a.length + b.length, mostDifferences);
  const reach = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(new Map(reach));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = diagonal === -edits
        || (diagonal !== edits && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1));
      let x = down ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reach.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return traced(a, b, trace);
    }
  }
  return all;
}

/** Back through the steps of `shortest`. */
function traced(a: string[], b: string[], trace: Map<number, number>[]): Difference[] {
  const found: Difference[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reach = trace[edits]!;
    const diagonal = x - y;
    const down = diagonal === -edits
      || (diagonal !== edits && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1));
    const before = down ? diagonal + 1 : diagonal - 1;
    const oldX = reach.get(before) ?? 0;
    const oldY = oldX - before;
    while (x > oldX && y > oldY && x > 0 && y > 0) {
      found.push({ kind: "same", text: a[x - 1]! });
      [x, y] = [x - 1, y - 1];
    }
    if (edits === 0) break;
    if (down) found.push({ kind: "added", text: b[y - 1]! });
    else found.push({ kind: "missing", text: a[x - 1]! });
    [x, y] = [oldX, oldY];
  }
  return found.reverse();
}

/** Differences of two texts by words. */

/** `same` is in both, `missing` only in the truth, `extra` only in what was read. */
export interface Part {
  kind: "same" | "missing" | "extra";
  words: string[];
}

/** Characters of scripts that put no spaces between words, and their punctuation. */
const unspaced = "\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}" +
  "\\u3001-\\u303F\\u30FB\\u30FC\\uFF01-\\uFF0F\\uFF1A-\\uFF20\\uFF3B-\\uFF40\\uFF5B-\\uFF65";
const pieces = new RegExp(`\\s+|[${unspaced}]\\p{M}*|[^\\s${unspaced}]+`, "gu");
const endsUnspaced = new RegExp(`[${unspaced}]\\p{M}*$`, "u");
const beginsUnspaced = new RegExp(`^[${unspaced}]`, "u");

/** Words and what stands between them; without spaces between words, each character is one, with its marks. */
export function wordsAndSpaces(text: string): string[] {
  return text.match(pieces) ?? [];
}

export function isSpace(piece: string): boolean {
  return /^\s/u.test(piece);
}

export function wordsOf(text: string): string[] {
  return wordsAndSpaces(text).filter((piece) => !isSpace(piece));
}

/** The words with spaces between them where their script has some. */
export function joinedWords(words: readonly string[]): string {
  return words.map((word, at) => {
    const isJoined = at === 0 || (endsUnspaced.test(words[at - 1]!) && beginsUnspaced.test(word));
    return (isJoined ? "" : " ") + word;
  }).join("");
}

/** Edits that are looked for; texts that differ more have nothing in common worth showing. */
const mostEdits = 2500;

function push(parts: Part[], kind: Part["kind"], word: string): void {
  const last = parts[parts.length - 1];
  if (last?.kind === kind) last.words.push(word);
  else parts.push({ kind, words: [word] });
}

/** Steps from truth to what was read with the fewest edits (Myers 1986), the last first; null where there are too many. */
function shortestEdit(truth: readonly string[], read: readonly string[]): Part["kind"][] | null {
  const [n, m] = [truth.length, read.length];
  const most = Math.min(n + m, mostEdits);
  // Furthest place in the truth, for each diagonal; a copy for each number of edits.
  const furthest = new Int32Array(2 * most + 3);
  const at = (diagonal: number) => diagonal + most + 1;
  const history: Int32Array[] = [];
  const isDown = (of: Int32Array, diagonal: number, edits: number, shift: number) =>
    diagonal === -edits ||
    (diagonal !== edits && (of[diagonal - 1 + shift] ?? 0) < (of[diagonal + 1 + shift] ?? 0));
  for (let edits = 0; edits <= most; ++edits) {
    // Only the diagonals that this round reads are kept.
    history.push(furthest.slice(at(-edits - 1), at(edits + 1) + 1));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isDown(furthest, diagonal, edits, most + 1)
        ? (furthest[at(diagonal + 1)] ?? 0)
        : (furthest[at(diagonal - 1)] ?? 0) + 1;
      while (x < n && x - diagonal < m && truth[x] === read[x - diagonal]) ++x;
      furthest[at(diagonal)] = x;
      if (x >= n && x - diagonal >= m) return steps(edits);
    }
  }
  return null;

  function steps(edits: number): Part["kind"][] {
    const kinds: Part["kind"][] = [];
    let [x, y] = [n, m];
    for (let left = edits; left >= 0; --left) {
      const before = history[left] ?? new Int32Array(0);
      const shift = left + 1;
      const diagonal = x - y;
      const down = isDown(before, diagonal, left, shift);
      const previous = down ? diagonal + 1 : diagonal - 1;
      const startX = left === 0 ? 0 : (before[previous + shift] ?? 0);
      const startY = left === 0 ? 0 : startX - previous;
      while (x > startX && y > startY) {
        kinds.push("same");
        --x;
        --y;
      }
      if (left === 0) break;
      kinds.push(down ? "extra" : "missing");
      [x, y] = [startX, startY];
    }
    return kinds;
  }
}

/** The parts of both texts in order, with the fewest words that differ. */
export function differences(truth: string, read: string): Part[] {
  const [wanted, got] = [wordsOf(truth), wordsOf(read)];
  const parts: Part[] = [];
  const edit = shortestEdit(wanted, got);
  if (!edit) {
    wanted.forEach((word) => push(parts, "missing", word));
    got.forEach((word) => push(parts, "extra", word));
    return parts;
  }
  let [x, y] = [0, 0];
  for (const kind of edit.reverse()) {
    const word = (kind === "extra" ? got[y] : wanted[x]) ?? "";
    if (kind !== "extra") ++x;
    if (kind !== "missing") ++y;
    push(parts, kind, word);
  }
  return parts;
}

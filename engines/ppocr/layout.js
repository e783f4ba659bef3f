// Reading order of lines, and their words.
import { cornersOf } from "./rectangles.js";

const SAME_ROW = 0.5;

/** The upright bounding box of a rectangle: left, top, right, bottom. */
export function boxOf(rectangle) {
  const corners = cornersOf(rectangle);
  const x = corners.map((corner) => corner[0]);
  const y = corners.map((corner) => corner[1]);
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

/**
 * Lines row by row, each row from left to right. Lines are in one row if they overlap by half of
 * the lower one's height, at their own slope.
 *
 * @param {object[]} lines with their `rectangle`
 * @returns {object[][]} rows
 */
export function rowsOf(lines) {
  const slope = medianSlope(lines);
  const placed = lines.map((line) => {
    const { centre, thickness, length, along } = line.rectangle;
    const height = Math.min(thickness + Math.abs(along[1] - slope * along[0]) * length, boxHeight(line));
    return { line, x: centre[0], y: centre[1] - slope * centre[0], height };
  });
  placed.sort((a, b) => a.y - b.y);
  const rows = [];
  for (const one of placed) {
    const row = rows.findLast((other) =>
      other.some((o) => overlap(o, one) >= SAME_ROW * Math.min(o.height, one.height) &&
        !other.some((p) => besides(p, one) === false)));
    if (row) row.push(one);
    else rows.push([one]);
  }
  return rows.map((row) => row.sort((a, b) => a.x - b.x).map((one) => one.line));
}

const boxHeight = (line) => {
  const [, top, , bottom] = boxOf(line.rectangle);
  return bottom - top;
};

const overlap = (a, b) =>
  Math.min(a.y + a.height / 2, b.y + b.height / 2) - Math.max(a.y - a.height / 2, b.y - b.height / 2);

/** Whether two lines lie beside each other, not one above the other. */
function besides(a, b) {
  const [l0, , r0] = boxOf(a.line.rectangle);
  const [l1, , r1] = boxOf(b.line.rectangle);
  const common = Math.min(r0, r1) - Math.max(l0, l1);
  return common < 0.5 * Math.min(r0 - l0, r1 - l1);
}

function medianSlope(lines) {
  const slopes = lines
    .filter(({ rectangle }) => rectangle.length > 3 * rectangle.thickness && rectangle.along[0] > 0.7)
    .map(({ rectangle }) => rectangle.along[1] / rectangle.along[0])
    .sort((a, b) => a - b);
  return slopes.length > 0 ? slopes[slopes.length >> 1] : 0;
}

/** The part of a rectangle between two shares of its length. */
function part({ centre, along, length, thickness }, left, right) {
  const shift = ((left + right) / 2 - 0.5) * length;
  return {
    centre: [centre[0] + along[0] * shift, centre[1] + along[1] * shift],
    along,
    length: (right - left) * length,
    thickness,
  };
}

const share = (p) => Math.round(p * 10000) / 10000;

/**
 * The words of a recognized line, split at its spaces.
 *
 * @param {object} line of recognition.js
 * @returns {object[]} as in the protocol: box, text, confidence, characters
 */
export function wordsOf({ rectangle, characters }) {
  const words = [];
  let word = [];
  const end = () => {
    if (word.length === 0) return;
    const mean = word.reduce((sum, c) => sum + c.probability, 0) / word.length;
    words.push({
      text: word.map((c) => c.text).join(""),
      confidence: share(mean),
      box: boxOf(part(rectangle, word[0].left, word[word.length - 1].right)).map(Math.round),
      characters: word.map((c) => ({
        text: c.text,
        probability: share(c.probability),
        alternatives: c.alternatives.map(([text, p]) => [text, share(p)]),
      })),
    });
    word = [];
  };
  for (const character of characters) {
    if (character.text.trim() === "") end();
    else word.push(character);
  }
  end();
  return words;
}

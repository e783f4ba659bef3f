// The parts of the engine that need no network: run by `npm test`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alphabetOf } from "../alphabet.js";
import { boxOf, rowsOf, wordsOf } from "../layout.js";
import { readPnm } from "../pnm.js";
import { decoded } from "../recognition.js";
import { components, cornersOf, meanInside, smallestRectangle } from "../rectangles.js";
import { resizing, sample } from "../sampling.js";

const close = (actual, expected, tolerance = 1e-6) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test("a Latin alphabet has no Chinese characters and plain full-width forms", () => {
  const { texts, space } = alphabetOf(["a", "中", "Ａ", "é"], "eng+fra");
  assert.deepEqual([...texts], [[1, "a"], [3, "A"], [4, "é"], [5, " "]]);
  assert.equal(space, 5);
  assert.equal(alphabetOf(["中"], "chi_sim").texts.get(1), "中");
});

test("PNM files are read, with comments, and damaged ones are refused", () => {
  const page = readPnm(Buffer.concat([Buffer.from("P5 # two\n2 1\n255\n"), Buffer.from([7, 9])]));
  assert.deepEqual([page.width, page.height, page.channels, ...page.pixels], [2, 1, 1, 7, 9]);
  assert.throws(() => readPnm(Buffer.from("P5\n2 2\n255\nabc")));
  assert.throws(() => readPnm(Buffer.from("P4\n1 1\n255\na")));
});

/** Probabilities of one line: at each step the classes' values. */
const steps = (...rows) => Float32Array.from(rows.flat());

const ALPHABET = { classes: 4, blank: 0, space: 3, texts: new Map([[1, "a"], [2, "b"], [3, " "]]) };

test("repetitions are one character, and a blank separates two", () => {
  const line = steps([0, 0.9, 0.1, 0], [0, 0.6, 0.4, 0], [1, 0, 0, 0], [0.1, 0.9, 0, 0]);
  const found = decoded(line, 4, ALPHABET);
  assert.deepEqual(found.map(({ text, first, last }) => [text, first, last]), [["a", 0, 1], ["a", 3, 3]]);
  close(found[0].probability, 0.9, 1e-6);
  assert.deepEqual(found[0].alternatives.map(([text]) => text), ["b"]);
});

test("a space needs little probability between two characters", () => {
  const gap = (p) => decoded(steps([0, 1, 0, 0], [1 - p, 0, 0, p], [0, 0, 1, 0]), 3, ALPHABET).map(({ text }) => text).join("");
  assert.equal(gap(0.02), "ab");
  assert.equal(gap(0.1), "a b");
  assert.equal(gap(0.9), "a b");
});

test("components touch diagonally, and their rectangle is the smallest", () => {
  const map = new Float32Array(36);
  for (const i of [7, 14, 21]) map[i] = 1;
  map[35] = 0.2;
  const found = components(map, 6, 6, 0.3);
  assert.equal(found.length, 1);
  const rectangle = smallestRectangle(found[0], 6);
  close(rectangle.along[0], Math.SQRT1_2);
  close(rectangle.along[1], Math.SQRT1_2);
  close(rectangle.length, 3 * Math.SQRT2);
  close(rectangle.thickness, Math.SQRT2);
  assert.ok(meanInside(map, 6, 6, rectangle) > 0.4);
});

const upright = (left, top, right, bottom) => ({
  rectangle: {
    centre: [(left + right) / 2, (top + bottom) / 2],
    along: [1, 0],
    length: right - left,
    thickness: bottom - top,
  },
});

test("corners and boxes are where the rectangle is", () => {
  const { rectangle } = upright(10, 20, 50, 30);
  assert.deepEqual(boxOf(rectangle), [10, 20, 50, 30]);
  assert.deepEqual(cornersOf(rectangle)[0], [10, 20]);
});

test("lines are in rows from top to bottom, and in a row from left to right", () => {
  const [right, left, below] = [upright(100, 12, 180, 32), upright(10, 10, 90, 30), upright(10, 40, 90, 60)];
  assert.deepEqual(rowsOf([below, right, left]), [[left, right], [below]]);
});

test("words end at spaces and have their part of the line", () => {
  const character = (text, left, right, probability) => ({ text, left, right, probability, alternatives: [] });
  const words = wordsOf({
    ...upright(0, 0, 100, 10),
    characters: [character("a", 0, 0.2, 0.9), character(" ", 0.3, 0.4, 0.1), character("b", 0.5, 0.7, 0.8), character("c", 0.7, 1, 0.6)],
  });
  assert.deepEqual(words.map(({ text, confidence, box }) => [text, confidence, box]), [
    ["a", 0.9, [0, 0, 20, 10]],
    ["bc", 0.7, [50, 0, 100, 10]],
  ]);
});

test("an image that is halved has the means of its pixels", () => {
  const image = { width: 2, height: 2, channels: 1, pixels: Uint8Array.from([0, 100, 100, 200]) };
  assert.deepEqual([...sample(image, resizing(image, 1, 1), 1, 1)], [100]);
  assert.deepEqual([...sample(image, resizing(image, 2, 2), 2, 2)], [0, 100, 100, 200]);
});

// Recognition of text lines with PP-OCR's SVTR network, decoded as CTC (Graves et al. 2006).
import { cornersOf } from "./rectangles.js";
import { sample } from "./sampling.js";

const HEIGHT = 48;
const STEP = 8; // px of the input per time step
const VERTICAL = 1.5;
const MOST_WIDTH = 3200;
const BATCH_WIDTH = 1600; // larger batches leave the cache of the processor
const LEAST_ALTERNATIVE = 0.02;
const LEAST_SPACE = 0.05;
const MOST_ALTERNATIVES = 3;

/** A line as the network sees it: upright, with the map from its px to the image's. */
function prepared(image, rectangle) {
  const [a, b, , d] = cornersOf(rectangle);
  const width = Math.max(
    STEP,
    Math.min(MOST_WIDTH, Math.round((rectangle.length * HEIGHT) / rectangle.thickness)),
  );
  const map = {
    origin: a,
    right: [(b[0] - a[0]) / width, (b[1] - a[1]) / width],
    down: [(d[0] - a[0]) / HEIGHT, (d[1] - a[1]) / HEIGHT],
  };
  return { width, map, pixels: sample(image, map, width, HEIGHT) };
}

/** The input for several lines, padded to the widest. */
function batchInput(lines, channels, width) {
  const plane = HEIGHT * width;
  const data = new Float32Array(lines.length * 3 * plane);
  lines.forEach((line, n) => {
    for (let c = 0; c < 3; ++c) {
      const channel = channels === 3 ? 2 - c : 0;
      const to = (n * 3 + c) * plane;
      for (let y = 0; y < HEIGHT; ++y) {
        for (let x = 0; x < line.width; ++x)
          data[to + y * width + x] =
            line.pixels[(y * line.width + x) * channels + channel] / 127.5 - 1;
      }
    }
  });
  return data;
}

/**
 * Decodes the probabilities of one line: the best class at each time step, repetitions and blanks
 * left out. The network is reluctant to give a space: between two characters, a lower probability
 * is enough.
 *
 * @param {Float32Array} probabilities steps × classes
 * @param {{classes: number, blank: number, space: number, texts: Map<number, string>}} alphabet
 *   `texts`: of the classes that are allowed
 * @returns {object[]} characters: text, probability, first and last time step, alternatives
 */
export function decoded(probabilities, steps, { classes, blank, space, texts }) {
  const characters = [];
  let previous = null;
  let gap = { probability: 0 };
  for (let t = 0; t < steps; ++t) {
    const row = t * classes;
    let best = null;
    let most = probabilities[row + blank];
    for (const [index, text] of texts) {
      const p = probabilities[row + index];
      if (p > most) {
        most = p;
        best = text;
      }
    }
    if (best !== null && best === previous) {
      const last = characters[characters.length - 1];
      last.last = t;
      if (most > last.probability) Object.assign(last, { probability: most, peak: t });
    } else if (best !== null) {
      const last = characters[characters.length - 1];
      if (gap.probability > LEAST_SPACE && last && last.text !== " " && best !== " ")
        characters.push({ text: " ", ...gap });
      characters.push({ text: best, probability: most, peak: t, first: t, last: t });
    }
    const p = probabilities[row + space];
    if (best !== null) gap = { probability: 0 };
    else if (p > gap.probability) gap = { probability: p, peak: t, first: t, last: t };
    previous = best;
  }
  for (const character of characters)
    character.alternatives = alternatives(probabilities, character, { classes, texts });
  return characters;
}

/** Other texts of a character; never the space, which is part of no word. */
function alternatives(probabilities, { text, peak }, { classes, texts }) {
  const sums = new Map();
  for (const [index, other] of texts) {
    const p = probabilities[peak * classes + index];
    if (other !== text && other !== " " && p > LEAST_ALTERNATIVE) sums.set(other, (sums.get(other) ?? 0) + p);
  }
  return [...sums].sort((a, b) => b[1] - a[1]).slice(0, MOST_ALTERNATIVES);
}

/** Groups of lines of similar width that fit in one batch. */
function batches(lines) {
  const sorted = [...lines].sort((a, b) => a.width - b.width);
  const groups = [];
  for (const line of sorted) {
    const group = groups[groups.length - 1];
    if (group && (group.length + 1) * line.width <= BATCH_WIDTH && line.width <= 1.1 * group[0].width + STEP)
      group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/**
 * Recognizes lines of text.
 *
 * @param {object} ort onnxruntime
 * @param {object} network session of the recognition network
 * @param {object} image of pnm.js
 * @param {object[]} rectangles of detection.js
 * @param {object} alphabet of alphabet.js
 * @returns {Promise<object[]>} by rectangle: the rectangle as it was read and its characters with
 *   their `left` and `right` in shares of its length
 */
export async function recognizeLines(ort, network, image, rectangles, alphabet) {
  const lines = rectangles.map((rectangle) => {
    const upright = isVertical(rectangle) ? turned(rectangle) : rectangle;
    return { rectangle: upright, ...prepared(image, upright) };
  });
  for (const group of batches(lines)) {
    const width = Math.ceil(Math.max(...group.map((line) => line.width)) / STEP) * STEP;
    const data = batchInput(group, image.channels, width);
    const tensor = new ort.Tensor("float32", data, [group.length, 3, HEIGHT, width]);
    const answer = await network.run({ [network.inputNames[0]]: tensor });
    const output = answer[network.outputNames[0]];
    const [, steps, classes] = output.dims;
    group.forEach((line, n) => {
      const part = output.data.subarray(n * steps * classes, (n + 1) * steps * classes);
      const own = Math.min(steps, Math.ceil((line.width / width) * steps));
      line.characters = decoded(part, own, { ...alphabet, classes });
      const unit = width / steps / line.width;
      for (const character of line.characters) {
        character.left = Math.min(1, character.first * unit);
        character.right = Math.min(1, (character.last + 1) * unit);
      }
      delete line.pixels;
    });
  }
  return lines;
}

/** Whether text is likely to run along the shorter, horizontal side, turned by 90 degrees. */
function isVertical({ along, length, thickness }) {
  return Math.abs(along[1]) > Math.abs(along[0]) && length >= VERTICAL * thickness;
}

/** The same rectangle for text that runs upwards. */
function turned({ along, ...rest }) {
  return { ...rest, along: [-along[0], -along[1]] };
}

// Text detection with PP-OCR's DB network (Liao et al. 2020, "Real-time scene text detection with
// differentiable binarization").
import { components, meanInside, smallestRectangle } from "./rectangles.js";
import { resizing, sample } from "./sampling.js";

const MEAN = [0.406, 0.456, 0.485];
const DEVIATION = [0.225, 0.224, 0.229];
const TILE = 32;
const THRESHOLD = 0.3;
const LEAST_THICKNESS = 3;
const MOST_LINES = 1000;
const MOST_ENLARGED = 2; // beyond that, letters become larger than the network knows them

const rounded = (side) => Math.max(TILE, Math.round(side / TILE) * TILE);

/** The network's input: normalized as ImageNet's pictures, in the order blue, green, red. */
function input(image, width, height) {
  const pixels = sample(image, resizing(image, width, height), width, height);
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  for (let c = 0; c < 3; ++c) {
    const channel = image.channels === 3 ? 2 - c : 0;
    for (let i = 0; i < plane; ++i)
      data[c * plane + i] = (pixels[i * image.channels + channel] / 255 - MEAN[c]) / DEVIATION[c];
  }
  return data;
}

/**
 * Finds lines of text.
 *
 * @param {object} ort onnxruntime
 * @param {object} network session of the detection network
 * @param {object} image of pnm.js
 * @param {{size: number, score: number, unclip: number}} options `size`: px of the longer side for
 *   detection, if it is not enlarged more than twice; `score`: least mean probability of a line; `unclip`: growth of the detected core, in
 *   its area by its perimeter
 * @returns {Promise<object[]>} rectangles of rectangles.js in px of the image, with their `score`
 */
export async function detectLines(ort, network, image, { size, score, unclip }) {
  const scale = Math.min(size / Math.max(image.width, image.height), MOST_ENLARGED);
  const width = rounded(image.width * scale);
  const height = rounded(image.height * scale);
  const data = input(image, width, height);
  const tensor = new ort.Tensor("float32", data, [1, 3, height, width]);
  const answer = await network.run({ [network.inputNames[0]]: tensor });
  const map = answer[network.outputNames[0]].data;
  const lines = [];
  for (const indices of components(map, width, height, THRESHOLD)) {
    const core = smallestRectangle(indices, width);
    if (core.thickness < LEAST_THICKNESS) continue;
    const mean = meanInside(map, width, height, core);
    if (mean < score) continue;
    const growth = (core.length * core.thickness * unclip) / (core.length + core.thickness);
    lines.push({
      ...inImage({ ...core, length: core.length + growth, thickness: core.thickness + growth },
        image.width / width, image.height / height),
      score: mean,
    });
  }
  lines.sort((a, b) => b.score - a.score);
  return lines.slice(0, MOST_LINES);
}

/** A rectangle of the map as one of the image, whose scales may differ a little. */
function inImage({ centre, along, length, thickness }, scaleX, scaleY) {
  const vector = [along[0] * scaleX, along[1] * scaleY];
  const across = [-along[1] * scaleX, along[0] * scaleY];
  const norm = Math.hypot(...vector);
  return {
    centre: [centre[0] * scaleX, centre[1] * scaleY],
    along: [vector[0] / norm, vector[1] / norm],
    length: length * norm,
    thickness: thickness * Math.hypot(...across),
  };
}

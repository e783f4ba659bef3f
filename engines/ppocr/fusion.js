// Fewer passes over the data of a network of PP-LCNetV3 (Cui et al. 2021), with the same result but for rounding.
//
// After each convolution such a network scales and shifts, applies hard swish, x · clip(x + 3, 0, 6) / 6, and scales and
// shifts again: eight operations, each of which reads and writes the whole tensor, and which ONNX Runtime does not do in
// the blocked layout of its convolutions. Here the factors go into the weights of the convolutions, and the sum with 3
// becomes a convolution of one pixel per channel, whose result is clipped in the same pass.
import { parseMessage, parseModel, messageBytes, textField } from "./onnx.js";

const attribute = (node, name) => {
  for (const { field, value } of node.rest) {
    if (field !== 5) continue;
    const fields = parseMessage(value);
    const named = fields.find((one) => one.field === 1);
    if (Buffer.from(named.value).toString() === name) return fields;
  }
  return null;
};

const intsOf = (node, name) =>
  (attribute(node, name) ?? [])
    .filter(({ field }) => field === 8)
    .flatMap(({ wire, value }) => (wire === 0 ? [Number(value)] : [...value]));

const INTS = 7n;
const INT = 2n;
const intsAttribute = (name, values) => ({
  field: 5,
  wire: 2,
  value: messageBytes([
    textField(1, name),
    ...values.map((value) => ({ field: 8, wire: 0, value: BigInt(value) })),
    { field: 20, wire: 0, value: INTS },
  ]),
});
const intAttribute = (name, value) => ({
  field: 5,
  wire: 2,
  value: messageBytes([
    textField(1, name),
    { field: 3, wire: 0, value: BigInt(value) },
    { field: 20, wire: 0, value: INT },
  ]),
});

/** The graph of a model with what is needed to follow and change it. */
class Graph {
  constructor(bytes) {
    this.model = parseModel(bytes);
    this.constants = this.model.constants();
    this.added = 0;
    this.index();
  }

  index() {
    this.consumers = new Map();
    for (const node of this.model.nodes) {
      for (const name of node.inputs) {
        if (!this.consumers.has(name)) this.consumers.set(name, []);
        this.consumers.get(name).push(node);
      }
    }
  }

  /** The only consumer of a tensor, if it has the operator. */
  next(name, op) {
    const all = this.consumers.get(name) ?? [];
    return all.length === 1 && all[0].op === op && !this.model.outputs.includes(name) ? all[0] : null;
  }

  /** The number that a node combines with a tensor; null if it is not one number. */
  number(node, name) {
    if (node === null || node.inputs.length !== 2) return null;
    const other = node.inputs.find((input) => input !== name);
    const values = this.constants.get(other)?.values;
    return values?.length === 1 ? values[0] : null;
  }

  constant(dims, values) {
    const name = `fused.${this.added++}`;
    this.model.tensors.set(name, { name, dims, values });
    this.constants.set(name, { dims, values });
    return name;
  }

  remove(...nodes) {
    this.model.nodes = this.model.nodes.filter((node) => !nodes.includes(node));
  }

  insertAfter(before, ...nodes) {
    this.model.nodes.splice(this.model.nodes.indexOf(before) + 1, 0, ...nodes);
  }

  /** Drops constants that no node uses any more. */
  dropUnused() {
    const used = new Set([...this.model.nodes.flatMap((node) => node.inputs), ...this.model.outputs]);
    this.model.nodes = this.model.nodes.filter(({ op, outputs }) => op !== "Constant" || used.has(outputs[0]));
    for (const name of [...this.model.tensors.keys()]) if (!used.has(name)) this.model.tensors.delete(name);
  }

  /** A convolution that multiplies each pixel by a factor and adds an offset. */
  affine(input, output, channels, factor, offset) {
    const weights = this.constant([channels, 1, 1, 1], new Float32Array(channels).fill(factor));
    const bias = this.constant([channels], new Float32Array(channels).fill(offset));
    return {
      op: "Conv",
      inputs: [input, weights, bias],
      outputs: [output],
      rest: [
        intsAttribute("dilations", [1, 1]),
        intAttribute("group", channels),
        intsAttribute("kernel_shape", [1, 1]),
        intsAttribute("pads", [0, 0, 0, 0]),
        intsAttribute("strides", [1, 1]),
      ],
    };
  }
}

const isConvolution = (graph, node) => node?.op === "Conv" && graph.constants.get(node.inputs[1])?.values;

/** Multiplies the weights of a convolution, and changes its bias, channel by channel. */
function reweighted(graph, node, factor, biasOf) {
  const { dims, values } = graph.constants.get(node.inputs[1]);
  const channels = dims[0];
  const bias = node.inputs[2] === undefined ? new Float32Array(channels) : graph.constants.get(node.inputs[2]).values;
  const size = values.length / channels;
  const changed = Float32Array.from(bias, (b, c) => {
    let sum = 0;
    for (let i = c * size; i < (c + 1) * size; ++i) sum += values[i];
    return biasOf(b, sum);
  });
  node.inputs = [node.inputs[0], graph.constant(dims, values.map((v) => v * factor)), graph.constant([channels], changed)];
}

/** Convolution, scale and shift become one convolution. */
function foldScales(graph) {
  for (const node of [...graph.model.nodes]) {
    if (!isConvolution(graph, node)) continue;
    const scaling = graph.next(node.outputs[0], "Mul");
    const factor = graph.number(scaling, node.outputs[0]);
    if (factor === null) continue;
    const shifting = graph.next(scaling.outputs[0], "Add");
    const offset = graph.number(shifting, scaling.outputs[0]);
    if (offset === null) continue;
    reweighted(graph, node, factor, (b) => b * factor + offset);
    node.outputs = shifting.outputs;
    graph.remove(scaling, shifting);
    graph.index();
  }
}

/** The nodes of hard swish after a convolution, with the scale and shift that follow; null if there is none. */
function hardSwish(graph, node) {
  const x = node.outputs[0];
  const users = graph.consumers.get(x) ?? [];
  const adding = users.find((user) => user.op === "Add" && graph.number(user, x) === 3);
  if (users.length !== 2 || !adding) return null;
  const clipping = graph.next(adding.outputs[0], "Clip");
  const product = clipping && graph.next(clipping.outputs[0], "Mul");
  if (!product?.inputs.includes(x)) return null;
  const dividing = graph.next(product.outputs[0], "Div");
  if (graph.number(dividing, product.outputs[0]) !== 6) return null;
  const found = { x, adding, clipping, product, after: [dividing], factor: 1 / 6, offset: 0 };
  const scaling = graph.next(dividing.outputs[0], "Mul");
  const factor = graph.number(scaling, dividing.outputs[0]);
  const shifting = factor === null ? null : graph.next(scaling.outputs[0], "Add");
  const offset = shifting === null ? null : graph.number(shifting, scaling.outputs[0]);
  if (offset === null) return found;
  return { ...found, after: [dividing, scaling, shifting], factor: factor / 6, offset };
}

function fuseHardSwish(graph) {
  for (const node of [...graph.model.nodes]) {
    if (!isConvolution(graph, node)) continue;
    const found = hardSwish(graph, node);
    if (found === null) continue;
    const { x, adding, clipping, product, after, factor, offset } = found;
    const channels = graph.constants.get(node.inputs[1]).dims[0];
    graph.insertAfter(adding, graph.affine(x, adding.outputs[0], channels, 1, 3));
    const result = after[after.length - 1].outputs[0];
    const users = graph.consumers.get(result) ?? [];
    graph.remove(adding, ...after);
    const only = users.length > 0 && users.every((user) => isConvolution(graph, user) && user.inputs[0] === result) &&
      !graph.model.outputs.includes(result);
    const padded = users.some((user) => intsOf(user, "pads").some((pad) => pad !== 0));
    if (only && factor !== 0 && !(padded && offset !== 0)) {
      for (const user of users) {
        user.inputs[0] = product.outputs[0];
        reweighted(graph, user, factor, (b, sum) => b + offset * sum);
      }
    } else {
      graph.insertAfter(product, graph.affine(product.outputs[0], result, channels, factor, offset));
    }
    graph.index();
  }
}

/**
 * A model with the same outputs but for rounding, which ONNX Runtime runs faster on processors.
 *
 * @param {Uint8Array} bytes of an .onnx file
 * @returns {Buffer}
 */
export function fused(bytes) {
  const graph = new Graph(bytes);
  foldScales(graph);
  fuseHardSwish(graph);
  graph.dropUnused();
  return graph.model.bytes();
}

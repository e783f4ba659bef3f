// Reads and writes ONNX models as far as their graph has to be changed (onnx.proto of ONNX 1.x).

/** Fields of a message in wire format: `{ field, wire, value }`, in their order. */
export function parseMessage(bytes) {
  const fields = [];
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const wire = key & 7;
    let value;
    if (wire === 0) value = varint();
    else {
      const length = wire === 2 ? Number(varint()) : wire === 5 ? 4 : 8;
      if (at + length > bytes.length) throw new Error("the model is damaged");
      value = bytes.subarray(at, at + length);
      at += length;
    }
    fields.push({ field: key >> 3, wire, value });
  }
  return fields;
}

function varintBytes(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** The message of some fields in wire format. */
export function messageBytes(fields) {
  const parts = [];
  for (const { field, wire, value } of fields) {
    parts.push(varintBytes((field << 3) | wire));
    if (wire === 0) parts.push(varintBytes(value));
    else {
      if (wire === 2) parts.push(varintBytes(value.length));
      parts.push(value);
    }
  }
  return Buffer.concat(parts);
}

const of = (message, field) => message.filter((one) => one.field === field).map((one) => one.value);
const texts = (message, field) => of(message, field).map((value) => Buffer.from(value).toString("utf8"));
export const textField = (field, text) => ({ field, wire: 2, value: Buffer.from(text, "utf8") });

// Numbers of the fields in onnx.proto.
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_INITIALIZER = 5;
const GRAPH_OUTPUT = 12;
const FLOAT = 1n;

/** A node: its operator, the names of its inputs and outputs, its other fields as they are. */
function parseNode(bytes) {
  const fields = parseMessage(bytes);
  return {
    inputs: texts(fields, 1),
    outputs: texts(fields, 2),
    op: texts(fields, 4)[0],
    rest: fields.filter(({ field }) => ![1, 2, 4].includes(field)),
  };
}

const nodeBytes = ({ inputs, outputs, op, rest }) =>
  messageBytes([
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(4, op),
    ...rest,
  ]);

/** A tensor of floats; null for other types. */
function parseTensor(bytes) {
  const fields = parseMessage(bytes);
  const name = texts(fields, 8)[0];
  const raw = of(fields, 9)[0];
  if (of(fields, 2)[0] !== FLOAT || raw === undefined) return { name, values: null, dims: [] };
  const dims = fields
    .filter(({ field }) => field === 1)
    .flatMap(({ wire, value }) => (wire === 0 ? [Number(value)] : packed(value)));
  return { name, dims, values: new Float32Array(Uint8Array.from(raw).buffer) };
}

/** Numbers that follow each other in one field. */
function packed(bytes) {
  const numbers = [];
  let from = 0;
  bytes.forEach((byte, at) => {
    if (byte >= 0x80) return;
    numbers.push(Number(parseMessage(Buffer.concat([Buffer.from([8]), bytes.subarray(from, at + 1)]))[0].value));
    from = at + 1;
  });
  return numbers;
}

function tensorBytes({ name, dims, values }) {
  return messageBytes([
    ...dims.map((dim) => ({ field: 1, wire: 0, value: BigInt(dim) })),
    { field: 2, wire: 0, value: FLOAT },
    textField(8, name),
    { field: 9, wire: 2, value: Buffer.from(values.buffer, values.byteOffset, values.byteLength) },
  ]);
}

/**
 * The graph of a model.
 *
 * @param {Uint8Array} bytes of an .onnx file
 * @returns {object} `nodes`, `tensors` by name, names of the `outputs`, and `bytes()`, the changed model
 */
export function parseModel(bytes) {
  const model = parseMessage(bytes);
  const graph = parseMessage(of(model, MODEL_GRAPH)[0]);
  const nodes = of(graph, GRAPH_NODE).map(parseNode);
  const tensors = new Map();
  for (const value of of(graph, GRAPH_INITIALIZER)) {
    const tensor = parseTensor(value);
    tensors.set(tensor.name, { ...tensor, bytes: value });
  }
  const outputs = of(graph, GRAPH_OUTPUT).map((value) => texts(parseMessage(value), 1)[0]);
  return {
    nodes,
    tensors,
    outputs,
    /** The tensors of floats that are constant, by name: those of the graph and of nodes `Constant`. */
    constants() {
      const found = new Map([...this.tensors].filter(([, { values }]) => values !== null));
      for (const { op, outputs: [name], rest } of this.nodes) {
        if (op !== "Constant") continue;
        const value = rest.filter(({ field }) => field === 5).flatMap((one) => of(parseMessage(one.value), 5))[0];
        const tensor = value && parseTensor(value);
        if (tensor?.values) found.set(name, tensor);
      }
      return found;
    },
    bytes() {
      const others = graph.filter(({ field }) => field !== GRAPH_NODE && field !== GRAPH_INITIALIZER);
      const changed = messageBytes([
        ...this.nodes.map((node) => ({ field: GRAPH_NODE, wire: 2, value: nodeBytes(node) })),
        ...others,
        ...[...this.tensors.values()].map((tensor) => ({
          field: GRAPH_INITIALIZER,
          wire: 2,
          value: tensor.bytes ?? tensorBytes(tensor),
        })),
      ]);
      return messageBytes(
        model.map((one) => (one.field === MODEL_GRAPH ? { ...one, value: changed } : one)),
      );
    },
  };
}

import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/**
 * Numbers of fields, as in onnx.proto3. A message that stands twice in a protobuf file is one message: what is appended to a
 * file is added to its graph.
 */
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_OUTPUT = 12;
const GRAPH_VALUE = 13;
const NODE_INPUT = 1;
const NODE_OUTPUT = 2;
const NODE_NAME = 3;
const NODE_OPERATOR = 4;
const NODE_ATTRIBUTE = 5;
const NODE_DOMAIN = 7;
const ATTRIBUTE_NAME = 1;
const ATTRIBUTE_INTEGER = 3;
const ATTRIBUTE_TYPE = 20;
const INTEGER = 2;
const FLOAT = 1;

interface GraphNode {
  operator: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Uint8Array[];
}

/** The fields of a message, one after the other; those that are no bytes are passed over. */
function* bytesIn(message: Uint8Array): Generator<{ field: number; bytes: Uint8Array }> {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (type === WireType.LengthDelimited) yield { field, bytes: reader.bytes() };
    else reader.skip(type, field);
  }
}

const decoder = new TextDecoder();

function nodeOf(message: Uint8Array): GraphNode {
  const node: GraphNode = { operator: '', domain: '', inputs: [], outputs: [], attributes: [] };
  for (const { field, bytes } of bytesIn(message)) {
    if (field === NODE_ATTRIBUTE) node.attributes.push(bytes);
    else if (field === NODE_INPUT) node.inputs.push(decoder.decode(bytes));
    else if (field === NODE_OUTPUT) node.outputs.push(decoder.decode(bytes));
    else if (field === NODE_OPERATOR) node.operator = decoder.decode(bytes);
    else if (field === NODE_DOMAIN) node.domain = decoder.decode(bytes);
  }
  // The name of the domain that needs none.
  if (node.domain === 'ai.onnx') node.domain = '';
  return node;
}

function nameIn(message: Uint8Array): string {
  for (const { field, bytes } of bytesIn(message)) if (field === 1) return decoder.decode(bytes);
  return '';
}

/** Nodes and outputs of a model's graph. What stands inside of nodes (`If`, `Loop`) is not looked at. */
function graphOf(model: Uint8Array): { nodes: GraphNode[]; outputs: string[] } {
  const nodes: GraphNode[] = [];
  const outputs: string[] = [];
  for (const { field, bytes } of bytesIn(model)) {
    if (field !== MODEL_GRAPH) continue;
    for (const part of bytesIn(bytes)) {
      if (part.field === GRAPH_NODE) nodes.push(nodeOf(part.bytes));
      else if (part.field === GRAPH_OUTPUT) outputs.push(nameIn(part.bytes));
    }
  }
  return { nodes, outputs };
}

/** What is added to a graph. */
class Addition {
  readonly #graph = new BinaryWriter();

  node(operator: string, inputs: readonly string[], outputs: readonly string[], node: Partial<GraphNode> = {}): void {
    const writer = new BinaryWriter();
    for (const input of inputs) text(writer, NODE_INPUT, input);
    for (const output of outputs) text(writer, NODE_OUTPUT, output);
    text(writer, NODE_NAME, `llm_trace.${outputs.at(-1)!}`);
    text(writer, NODE_OPERATOR, operator);
    for (const attribute of node.attributes ?? []) bytes(writer, NODE_ATTRIBUTE, attribute);
    if (node.domain) text(writer, NODE_DOMAIN, node.domain);
    bytes(this.#graph, GRAPH_NODE, writer.finish());
  }

  /** The runtime finds out the type of what it is not told of. */
  output(name: string): void {
    bytes(this.#graph, GRAPH_OUTPUT, text(new BinaryWriter(), 1, name).finish());
  }

  /** A value whose type the runtime cannot find out. */
  floats(name: string): void {
    const tensor = new BinaryWriter().tag(1, WireType.Varint).int32(FLOAT);
    const type = bytes(new BinaryWriter(), 1, tensor.finish());
    bytes(this.#graph, GRAPH_VALUE, bytes(text(new BinaryWriter(), 1, name), 2, type.finish()).finish());
  }

  behind(model: Uint8Array): Uint8Array<ArrayBuffer> {
    const added = bytes(new BinaryWriter(), MODEL_GRAPH, this.#graph.finish()).finish();
    const whole = new Uint8Array(model.length + added.length);
    whole.set(model);
    whole.set(added, model.length);
    return whole;
  }
}

const bytes = (writer: BinaryWriter, field: number, value: Uint8Array): BinaryWriter =>
  writer.tag(field, WireType.LengthDelimited).bytes(value);
const text = (writer: BinaryWriter, field: number, value: string): BinaryWriter =>
  writer.tag(field, WireType.LengthDelimited).string(value);

/**
 * Operators that do all of the attention, by domain: which attribute makes the fourth output what, if any does. Without one it is
 * the scores before the softmax.
 */
const FUSED: ReadonlyMap<string, { attribute?: readonly [string, number]; outputs: (name: string) => string[] }> =
  new Map([
    [
      'com.microsoft GroupQueryAttention',
      {
        attribute: ['qk_output', 2],
        outputs: (name) => [`${name}.again`, `${name}.keys`, `${name}.values`],
      },
    ],
    ['com.microsoft MultiHeadAttention', { outputs: (name) => [`${name}.again`, '', ''] }],
    [' Attention', { attribute: ['qk_matmul_output_mode', 3], outputs: (name) => [`${name}.again`, '', ''] }],
  ]);

/** What a normalisation reads, by operator: the stream of hidden states, or two parts of it and, as an output, their sum. */
const NORMALISING: ReadonlyMap<string, 'input' | 'sum'> = new Map([
  ['LayerNormalization', 'input'],
  ['SimplifiedLayerNormalization', 'input'],
  ['RMSNormalization', 'input'],
  ['SkipLayerNormalization', 'sum'],
  ['SkipSimplifiedLayerNormalization', 'sum'],
]);

const ATTENTION = 'decoder_attentions.';
const HIDDEN = 'hidden_states.';

export interface Exposed {
  bytes: Uint8Array<ArrayBuffer>;
  /** Outputs in the order of the layers. Not every `Softmax` is of attention: those are heads × tokens × tokens. */
  attention: readonly string[];
  /** Outputs with what each normalisation reads. */
  hidden: readonly string[];
}

/**
 * Adds outputs to a model: the shares of its attention, and the hidden states between its layers. No weight is touched and no
 * node is changed. Operators that keep their shares to themselves get a second one beside them which does not.
 */
export function exposeInternals(model: Uint8Array): Exposed {
  const { nodes, outputs } = graphOf(model);
  const added = new Addition();
  const hasAttention = outputs.some((name) => name.startsWith(ATTENTION));
  const hasHidden = outputs.some((name) => name.startsWith(HIDDEN));
  const attention = hasAttention ? outputs.filter((name) => name.startsWith(ATTENTION)) : [];
  const hidden = hasHidden ? outputs.filter((name) => name.startsWith(HIDDEN)) : [];
  const streams = new Set<string>();
  for (const node of nodes) {
    const name = `${ATTENTION}${attention.length}`;
    if (!hasAttention && exposeAttention(node, name, added)) {
      added.output(name);
      attention.push(name);
    }
    const reads = node.domain === '' || node.domain === 'com.microsoft' ? NORMALISING.get(node.operator) : undefined;
    const stream = reads && (reads === 'input' ? node.inputs[0] : node.outputs[3]);
    if (!hasHidden && stream && !streams.has(stream)) {
      streams.add(stream);
      const state = `${HIDDEN}${hidden.length}`;
      added.node('Identity', [stream], [state]);
      added.output(state);
      hidden.push(state);
    }
  }
  return { bytes: added.behind(model), attention, hidden };
}

function exposeAttention(node: GraphNode, name: string, added: Addition): boolean {
  if (node.operator === 'Softmax' && node.domain === '') {
    added.node('Identity', [node.outputs[0]!], [name]);
    return true;
  }
  const fused = FUSED.get(`${node.domain} ${node.operator}`);
  if (!fused) return false;
  const { attribute } = fused;
  const attributes = node.attributes.filter((one) => nameIn(one) !== attribute?.[0]);
  const shares = attribute ? name : `${name}.scores`;
  if (attribute) attributes.push(integer(...attribute));
  added.node(node.operator, node.inputs, [...fused.outputs(name), shares], { attributes, domain: node.domain });
  if (!attribute) {
    added.floats(shares);
    added.node('Softmax', [shares], [name]);
  }
  return true;
}

const integer = (name: string, value: number): Uint8Array =>
  text(new BinaryWriter(), ATTRIBUTE_NAME, name)
    .tag(ATTRIBUTE_INTEGER, WireType.Varint)
    .int32(value)
    .tag(ATTRIBUTE_TYPE, WireType.Varint)
    .int32(INTEGER)
    .finish();

/**
 * For tests: a GPT of two layers as an ONNX file, with weights from a seed. What it says makes no sense; how it says it is what any
 * exported model does: names of inputs and outputs as transformers.js knows them, a cache of keys and values, no output that
 * shows attention.
 */
import { BOOL, FLOAT, GraphWriter, HALF, INT32, INT64 } from './onnx-writer.js';
import { VOCABULARY } from './tiny-gpt-files.js';

export const LAYERS = 2;
export const HEADS = 4;
export const WIDTH = 64;
export const CONTEXT = 256;
const HEAD_WIDTH = WIDTH / HEADS;
const INNER = 4 * WIDTH;
/** Heads of keys and values, where queries share them. */
const SHARED_HEADS = 2;
const MICROSOFT = 'com.microsoft';

/**
 * How attention is written down: step by step with a `Softmax`, as plain exports have it, or as one operator. `group-query` is
 * what exports for browsers use; the others have no cache here.
 */
export type AttentionForm = 'softmax' | 'group-query' | 'multi-head' | 'onnx-23';

/** Numbers that look like chance and are always the same (mulberry32, Box and Muller). */
class Weights {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  normal(count: number, deviation: number): Float32Array {
    return Float32Array.from({ length: count }, () => {
      const radius = Math.sqrt(-2 * Math.log(this.#uniform() + 1e-12));
      return radius * Math.cos(2 * Math.PI * this.#uniform()) * deviation;
    });
  }

  #uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

const whole = (...numbers: number[]): BigInt64Array => BigInt64Array.from(numbers.map(BigInt));
const ones = (count: number): Float32Array => new Float32Array(count).fill(1);
const single = (value: number): Float32Array => Float32Array.of(value);

export interface TinyGptOptions {
  /** How many tokens it knows: those beyond the tokenizer's are there to be worked out. */
  vocabulary?: number;
  /** Whether it computes with numbers of 16 bits. */
  isHalf?: boolean;
}

const made = new Map<string, Uint8Array<ArrayBuffer>>();

/** The bytes of the model; the same ones at each call. */
export function tinyGpt(
  form: AttentionForm = 'softmax',
  { vocabulary = VOCABULARY.length, isHalf = false }: TinyGptOptions = {},
): Uint8Array<ArrayBuffer> {
  const key = `${form} ${vocabulary} ${isHalf}`;
  let bytes = made.get(key);
  if (!bytes) made.set(key, (bytes = written(form, vocabulary, isHalf)));
  return bytes;
}

function written(form: AttentionForm, vocabulary: number, isHalf: boolean): Uint8Array<ArrayBuffer> {
  const graph = new GraphWriter('tiny_gpt', isHalf ? HALF : FLOAT);
  const weights = new Weights(12_345);
  const hasCache = form === 'softmax' || form === 'group-query';

  graph.input('input_ids', ['batch_size', 'sequence_length'], INT64);
  if (hasCache) graph.input('attention_mask', ['batch_size', 'total_sequence_length'], INT64);
  graph.input('position_ids', ['batch_size', 'sequence_length'], INT64);
  graph.output('logits', ['batch_size', 'sequence_length', vocabulary], FLOAT);

  graph.constant('wte', [vocabulary, WIDTH], weights.normal(vocabulary * WIDTH, 0.35));
  graph.constant('wpe', [CONTEXT, WIDTH], weights.normal(CONTEXT * WIDTH, 0.12));
  const tokens = graph.node('Gather', ['wte', 'input_ids'], 'token_embedding');
  const positions = graph.node('Gather', ['wpe', 'position_ids'], 'position_embedding');
  let stream = graph.node('Add', [tokens, positions], 'residual.0');

  if (hasCache) lengths(graph, form);
  if (form === 'softmax') causalMask(graph);
  for (let layer = 0; layer < LAYERS; layer++) {
    const at = `layers.${layer}.`;
    const attended = attention(graph, weights, norm(graph, stream, `${at}norm1`), layer, form);
    stream = graph.node('Add', [stream, attended], `${at}attended`);
    const inner = norm(graph, stream, `${at}norm2`);
    graph.constant(`${at}up`, [WIDTH, INNER], weights.normal(WIDTH * INNER, 0.12));
    graph.constant(`${at}down`, [INNER, WIDTH], weights.normal(INNER * WIDTH, 0.08));
    const wide = graph.node('Gelu', [graph.node('MatMul', [inner, `${at}up`], `${at}wide`)], `${at}gelu`, {
      approximate: 'tanh',
    });
    stream = graph.node('Add', [stream, graph.node('MatMul', [wide, `${at}down`], `${at}narrow`)], `${at}out`);
  }
  const last = norm(graph, stream, 'norm');
  const unembedding = graph.node('Transpose', ['wte'], 'unembedding', { perm: [1, 0] });
  graph.node('Cast', [graph.node('MatMul', [last, unembedding], 'unembedded')], 'logits', { to: FLOAT });
  return graph.file({ '': form === 'onnx-23' ? 23 : 20, [MICROSOFT]: 1 });
}

function norm(graph: GraphWriter, input: string, name: string): string {
  graph.constant(`${name}.scale`, [WIDTH], ones(WIDTH));
  graph.constant(`${name}.bias`, [WIDTH], new Float32Array(WIDTH));
  return graph.node('LayerNormalization', [input, `${name}.scale`, `${name}.bias`], name, {
    axis: -1,
    epsilon: { float: 1e-5 },
  });
}

/** How many tokens there are with those in the cache. */
function lengths(graph: GraphWriter, form: AttentionForm): void {
  graph.constant('index1', [], whole(1));
  const total = graph.node('Gather', [graph.node('Shape', ['attention_mask'], 'mask_shape'), 'index1'], 'total_length');
  if (form !== 'group-query') return;
  graph.constant('axis1', [1], whole(1));
  graph.constant('one', [1], whole(1));
  graph.node('Cast', [total], 'total_length_32', { to: INT32 });
  const seen = graph.node('ReduceSum', ['attention_mask', 'axis1'], 'seen', { keepdims: 0 });
  graph.node('Cast', [graph.node('Sub', [seen, 'one'], 'seen_before')], 'lengths_32', { to: INT32 });
  const angles = Array.from({ length: (CONTEXT * HEAD_WIDTH) / 2 }, (_, at) => {
    const pair = at % (HEAD_WIDTH / 2);
    return Math.floor(at / (HEAD_WIDTH / 2)) / 10_000 ** ((2 * pair) / HEAD_WIDTH);
  });
  graph.constant('cosines', [CONTEXT, HEAD_WIDTH / 2], Float32Array.from(angles, Math.cos));
  graph.constant('sines', [CONTEXT, HEAD_WIDTH / 2], Float32Array.from(angles, Math.sin));
}

/** Which tokens each one sees: no later ones, and none that only fills up. */
function causalMask(graph: GraphWriter): void {
  graph.constant('zero', [], whole(0));
  graph.constant('step', [], whole(1));
  graph.constant('row', [4], whole(1, 1, 1, -1));
  graph.constant('axes13', [2], whole(1, 3));
  graph.constant('axes12', [2], whole(1, 2));
  const keys = graph.node('Range', ['zero', 'total_length', 'step'], 'key_numbers');
  const columns = graph.node('Reshape', [keys, 'row'], 'key_columns');
  const queries = graph.node('Unsqueeze', ['position_ids', 'axes13'], 'query_rows');
  const earlier = graph.node('LessOrEqual', [columns, queries], 'earlier');
  const real = graph.node('Cast', ['attention_mask'], 'real', { to: BOOL });
  graph.node('And', [earlier, graph.node('Unsqueeze', [real, 'axes12'], 'real_columns')], 'mask');
  graph.constant('heads', [4], whole(0, 0, HEADS, HEAD_WIDTH));
  graph.constant('merged', [3], whole(0, 0, WIDTH));
  graph.constant('scale', [], single(1 / Math.sqrt(HEAD_WIDTH)));
  graph.constant('never', [], single(-1e9));
}

function attention(graph: GraphWriter, weights: Weights, input: string, layer: number, form: AttentionForm): string {
  const at = `layers.${layer}.`;
  const heads = form === 'group-query' ? SHARED_HEADS : HEADS;
  const cache = ['key', 'value'].map((part) => ({
    past: `past_key_values.${layer}.${part}`,
    present: `present.${layer}.${part}`,
  }));
  if (form === 'softmax' || form === 'group-query') {
    for (const { past, present } of cache) {
      graph.input(past, ['batch_size', heads, 'past_sequence_length', HEAD_WIDTH]);
      graph.output(present, ['batch_size', heads, 'total_sequence_length', HEAD_WIDTH]);
    }
  }
  const [query, key, value] = (['query', 'key', 'value'] as const).map((part) => {
    const width = part === 'query' ? WIDTH : heads * HEAD_WIDTH;
    const name = graph.constant(
      `${at}${part}.weights`,
      [WIDTH, width],
      weights.normal(WIDTH * width, part === 'value' ? 0.12 : 0.28),
    );
    return graph.node('MatMul', [input, name], `${at}${part}`);
  }) as [string, string, string];
  const name = `${at}attention`;
  let merged: string;
  if (form === 'softmax') merged = stepByStep(graph, { query, key, value, cache, at });
  else if (form === 'multi-head') {
    merged = graph.node(
      'MultiHeadAttention',
      [query, key, value],
      name,
      { num_heads: HEADS, unidirectional: 1 },
      MICROSOFT,
    );
  } else if (form === 'onnx-23') {
    merged = graph.node('Attention', [query, key, value], name, {
      q_num_heads: HEADS,
      kv_num_heads: HEADS,
      is_causal: 1,
    });
  } else {
    const past = cache.map((one) => one.past);
    merged = graph.node(
      'GroupQueryAttention',
      [query, key, value, ...past, 'lengths_32', 'total_length_32', 'cosines', 'sines'],
      [name, ...cache.map((one) => one.present)],
      { num_heads: HEADS, kv_num_heads: SHARED_HEADS, do_rotary: 1 },
      MICROSOFT,
    );
  }
  graph.constant(`${at}merge.weights`, [WIDTH, WIDTH], weights.normal(WIDTH * WIDTH, 0.15));
  return graph.node('MatMul', [merged, `${at}merge.weights`], `${at}merge`);
}

interface Parts {
  query: string;
  key: string;
  value: string;
  cache: readonly { past: string; present: string }[];
  at: string;
}

function stepByStep(graph: GraphWriter, { query, key, value, cache, at }: Parts): string {
  const split = (input: string): string =>
    graph.node('Transpose', [graph.node('Reshape', [input, 'heads'], `${input}.split`)], `${input}.heads`, {
      perm: [0, 2, 1, 3],
    });
  const queries = split(query);
  const [keys, values] = [split(key), split(value)].map((added, which) =>
    graph.node('Concat', [cache[which]!.past, added], cache[which]!.present, { axis: 2 }),
  ) as [string, string];
  const turned = graph.node('Transpose', [keys], `${at}turned`, { perm: [0, 1, 3, 2] });
  const scaled = graph.node('Mul', [graph.node('MatMul', [queries, turned], `${at}scores`), 'scale'], `${at}scaled`);
  const masked = graph.node('Where', ['mask', scaled, 'never'], `${at}masked`);
  const shares = graph.node('Softmax', [masked], `${at}shares`, { axis: -1 });
  const summed = graph.node('Transpose', [graph.node('MatMul', [shares, values], `${at}summed`)], `${at}back`, {
    perm: [0, 2, 1, 3],
  });
  return graph.node('Reshape', [summed, 'merged'], `${at}joined`);
}

import { packArrayNow } from '../arrays.js';
import type { Internals, InternalsAttribution, InternalsTokens } from '../internals.js';
import { isFields, type Fields } from '../shape.js';
import type { FileRecord, InternalsFile } from './internals-file.js';
import { safetensor } from './safetensors.js';
import { tensorOf, wholeAt, type Tensor } from './tensors.js';
import { plainTokens } from './token-signs.js';

/**
 * The output of Inseq as it saves it (inseq-team/inseq, inseq/data/attribution.py and utils/serialization.py): each object in
 * `__instance_type__` and `attributes`; tensors as base64 of safetensors, or as lists in `__ndarray__`. Scores are inputs × generated
 * steps, perhaps with more dimensions.
 */
export const inseq: InternalsFile = {
  name: 'inseq',
  title: 'Inseq',
  records(value) {
    const file = attributesOf(value);
    const sequences = file?.['sequence_attributions'];
    if (!file || !Array.isArray(sequences)) return undefined;
    return sequences
      .filter(isFields)
      .map((raw): FileRecord => ({ raw, internals: () => internalsOf(raw, attributesOf(file['info'])) }));
  },
};

/** The fields of an object, whether it is wrapped or not. */
function attributesOf(value: unknown): Fields | undefined {
  if (!isFields(value)) return undefined;
  return isFields(value['attributes']) ? value['attributes'] : value;
}

function internalsOf(raw: Fields, info: Fields | undefined): Internals | undefined {
  const sequence = attributesOf(raw)!;
  const type = raw['__instance_type__'];
  const kind: unknown = Array.isArray(type) ? type[1] : undefined;
  const target = tokensOf(sequence['target']);
  const source = tokensOf(sequence['source']);
  const first = wholeAt(sequence, 'attr_pos_start') ?? 0;
  if (target.text.length === 0) return undefined;
  const ofSource = scoresOf(sequence['source_attributions'], kind);
  const ofTarget = scoresOf(sequence['target_attributions'], kind);
  // Where nothing is said of a source of its own, the target begins with the prompt.
  const before = ofSource ? source : NONE;
  const steps = (ofSource ?? ofTarget)?.shape[1] ?? 0;
  const whole = [before.text.length, target.text.length] as const;
  if (
    steps === 0 ||
    first + steps > whole[1] ||
    (ofSource && ofSource.shape[0] !== whole[0]) ||
    (ofTarget && (ofTarget.shape[0] !== whole[1] || ofTarget.shape[1] !== steps))
  ) {
    return undefined;
  }
  const split = whole[0] + first;
  const inputs = whole[0] + (ofTarget ? whole[1] : 0);
  const values = new Float32Array(steps * inputs).fill(NaN);
  const fill = (tensor: Tensor | undefined, from: number): void => {
    const rows = tensor?.shape[0] ?? 0;
    for (let row = 0; row < rows; row++) {
      for (let step = 0; step < steps; step++) values[step * inputs + from + row] = tensor!.values[row * steps + step]!;
    }
  };
  fill(ofSource, 0);
  fill(ofTarget, whole[0]);
  const method = info?.['attribution_method'];
  const model = info?.['model_name'];
  const attribution: InternalsAttribution = {
    method: typeof method === 'string' ? method : 'Inseq',
    over: ofTarget ? 'all' : 'prompt',
    target: [split, split + steps],
    signed: values.some((value) => value < 0),
    scores: packArrayNow(values, [steps, inputs], { dtype: 'f32' }),
  };
  const ids = [...before.id, ...target.id];
  const tokens: InternalsTokens = { text: [...before.text, ...target.text], split };
  if (ids.every((id) => Number.isSafeInteger(id) && id >= 0)) tokens.id = ids;
  return {
    v: 1,
    ...(typeof model === 'string' && { model: { id: model } }),
    tokens,
    ...outputOf(attributesOf(sequence['step_scores']), split, steps),
    attribution: [attribution],
  };
}

/** What the model gave to each generated token, where that was asked for (`step_scores`). */
function outputOf(scores: Fields | undefined, from: number, steps: number): Pick<Internals, 'output'> {
  const list = (name: string): number[] | undefined => {
    const values = tensorIn(scores?.[name], 1)?.values;
    return values?.length === steps ? [...values] : undefined;
  };
  const logprob = list('probability')?.map((value) => (value > 0 && value <= 1 ? Math.log(value) : null));
  const entropy = list('entropy')?.map((value) => (value >= 0 && value < Infinity ? value : null));
  if (!logprob && !entropy) return {};
  const full = { entropy: entropy!, entropy_kind: 'full' as const };
  return { output: { from, dist: 'raw', ...(logprob && { logprob }), ...(entropy && full) } };
}

interface Tokens {
  readonly text: readonly string[];
  readonly id: readonly number[];
}

const NONE: Tokens = { text: [], id: [] };

/** Tokens with their ids. */
function tokensOf(value: unknown): Tokens {
  if (!Array.isArray(value)) return NONE;
  const all = value.map((item) => attributesOf(item) ?? {});
  return {
    text: plainTokens(all.map(({ token }) => (typeof token === 'string' ? token : ''))),
    id: all.map(({ id }) => (typeof id === 'number' ? id : -1)),
  };
}

/** Scores of each input and step. Gradients of many dimensions become their length, heads and layers their mean. */
function scoresOf(value: unknown, kind: unknown): Tensor | undefined {
  const tensor = tensorIn(value);
  if (!tensor || tensor.shape.length < 2) return undefined;
  const [rows, steps, ...others] = tensor.shape as [number, number, ...number[]];
  const each = others.reduce((all, one) => all * one, 1);
  if (each === 1) return { shape: [rows, steps], values: tensor.values };
  const isMean = typeof kind === 'string' && kind.startsWith('MultiDimensional');
  const values = new Float32Array(rows * steps);
  for (let at = 0; at < values.length; at++) {
    let sum = 0;
    for (let place = at * each; place < (at + 1) * each; place++) {
      const one = tensor.values[place]!;
      sum += isMean ? one : one * one;
    }
    values[at] = isMean ? sum / each : Math.sqrt(sum);
  }
  return { shape: [rows, steps], values };
}

/** @throws {Error} where a text is no tensor */
function tensorIn(value: unknown, dimensions = 4): Tensor | undefined {
  if (typeof value === 'string') return safetensor(value, 'attribution');
  const held = isFields(value) ? value['__ndarray__'] : value;
  for (let deep = dimensions; deep > 0; deep--) {
    const tensor = tensorOf(held, deep);
    if (tensor) return tensor;
  }
  return undefined;
}

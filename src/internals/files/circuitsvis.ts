import type { Internals } from '../internals.js';
import { isFields, type Fields } from '../shape.js';
import { packArrayNow } from '../arrays.js';
import type { InternalsFile } from './internals-file.js';
import { attentionLayer, attentionOf, byLayer, isNested, tensorOf, textsOf, tokensOf, type Tensor } from './tensors.js';

/**
 * What CircuitsVis gives to its components (TransformerLensOrg/CircuitsVis, react/src): `AttentionHeads` and `AttentionPattern`
 * (`tokens`, `attention` as [heads ×] queries × keys, `attentionHeadNames`), `ColoredTokens` (`tokens`, `values`), and
 * `TokenLogProbs` (`prompt`, and of each token but the first its logarithm, its rank from 0, and the most likely tokens).
 */
export const circuitsVis: InternalsFile = {
  name: 'circuitsvis',
  title: 'CircuitsVis',
  records(value, tokens) {
    if (!isFields(value)) return undefined;
    const prompt = textsOf(value['prompt']);
    if (prompt && isNested(value['correctTokenLogProb'], 1)) {
      return [{ raw: value, internals: () => logprobs(value, prompt) }];
    }
    const isAttention = isNested(value['attention'], 3) || isNested(value['attention'], 2);
    const texts = textsOf(value['tokens']) ?? (isAttention ? tokens : undefined);
    if (!texts || !(isAttention || isNested(value['values'], 1))) return undefined;
    return [{ raw: value, internals: () => (isAttention ? heads(value, texts) : colours(value, texts)) }];
  },
};

function heads(value: Fields, texts: readonly string[]): Internals | undefined {
  const attention = value['attention'];
  const tensor = tensorOf(isNested(attention, 3) ? attention : [attention], 3);
  const count = texts.length;
  if (tensor?.shape[1] !== count || tensor.shape[2] !== count) return undefined;
  const names = textsOf(value['attentionHeadNames'] ?? value['attention_head_names']);
  const places = Array.from({ length: tensor.shape[0]! }, (_, at) => placeOf(names?.[at]) ?? { layer: 0, head: at });
  const layers = [...byLayer(places, ({ layer }) => layer)].map(([layer, held]) =>
    attentionLayer(
      layer,
      headsOf(
        tensor,
        held.map(([at]) => at),
      ),
      held.map(([, { head }]) => head),
    ),
  );
  return {
    v: 1,
    tokens: tokensOf(texts, 0),
    attention: [attentionOf('self', [0, count], [0, count], layers)],
  };
}

/** Of a name as “L5H1” or “5.1”. */
function placeOf(name: string | undefined): { layer: number; head: number } | undefined {
  const found = /^\D{0,10}(\d{1,4})\D{1,10}(\d{1,4})\D{0,10}$/.exec(name ?? '');
  return found ? { layer: Number(found[1]), head: Number(found[2]) } : undefined;
}

function headsOf({ shape, values }: Tensor, places: readonly number[]): Tensor {
  const size = shape[1]! * shape[2]!;
  const some = new Float32Array(size * places.length);
  places.forEach((place, at) => some.set(values.subarray(place * size, (place + 1) * size), at * size));
  return { shape: [places.length, shape[1]!, shape[2]!], values: some };
}

function logprobs(value: Fields, prompt: readonly string[]): Internals | undefined {
  const count = prompt.length - 1;
  const listOf = (name: string): readonly unknown[] | undefined => {
    const list = value[name];
    return Array.isArray(list) && list.length === count ? list : undefined;
  };
  const logprob = listOf('correctTokenLogProb');
  const rank = listOf('correctTokenRank');
  const [text, likely] = [listOf('topKTokens'), listOf('topKLogProbs')];
  if (!logprob) return undefined;
  return {
    v: 1,
    // The first token stands for the beginning: nothing says how likely it was.
    tokens: tokensOf(prompt, 1),
    output: {
      from: 1,
      dist: 'raw',
      logprob: logprob.map((one) => (typeof one === 'number' ? one : null)),
      ...(rank && { rank: rank.map((one) => (typeof one === 'number' ? one + 1 : null)) }),
      ...(text && likely && { top: { text: text as string[][], logprob: likely as number[][] } }),
    },
  };
}

function colours(value: Fields, texts: readonly string[]): Internals | undefined {
  const tensor = tensorOf(value['values'], 1);
  const count = texts.length;
  if (tensor?.shape[0] !== count) return undefined;
  return {
    v: 1,
    tokens: tokensOf(texts, count),
    attribution: [
      {
        method: 'ColoredTokens',
        over: 'prompt',
        target: [count, count],
        signed: tensor.values.some((one) => one < 0),
        scores: packArrayNow(tensor.values, [1, count], { dtype: 'f32' }),
      },
    ],
  };
}

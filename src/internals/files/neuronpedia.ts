import type { Internals } from '../internals.js';
import { isFields, type Fields } from '../shape.js';
import type { InternalsFile } from './internals-file.js';
import { attentionOf, byLayer, isNested, tensorOf, textsOf, tokensOf, wholeAt } from './tensors.js';

const MOST_TOKENS = 65_536;

/**
 * The attention of a head as Neuronpedia keeps it (hijohnnylin/neuronpedia): `seq_len`, `attention_indices` (query × length +
 * key) and `attention_values` of the greatest values, `tokens`. Or a list of such heads.
 */
export const neuronpedia: InternalsFile = {
  name: 'neuronpedia',
  title: 'Neuronpedia',
  records(value, tokens) {
    const heads: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (!isHead(heads[0])) return undefined;
    return [{ raw: value as object, internals: () => internalsOf(heads.filter(isHead), tokens) }];
  },
};

const isHead = (value: unknown): value is Fields =>
  isFields(value) && isNested(value['attention_indices'], 1) && isNested(value['attention_values'], 1);

function internalsOf(heads: readonly Fields[], known: readonly string[] | undefined): Internals | undefined {
  const texts = textsOf(heads[0]!['tokens']) ?? known;
  const count = wholeAt(heads[0], 'seq_len') ?? texts?.length ?? 0;
  if (count === 0 || count > MOST_TOKENS) return undefined;
  const same = heads.filter((head) => (wholeAt(head, 'seq_len') ?? count) === count);
  const layers = [...byLayer(same, (head) => wholeAt(head, 'layer', 'layer_index') ?? 0)].flatMap(([layer, held]) => {
    const numbers: number[] = [];
    const index: number[] = [];
    const data: number[] = [];
    for (const [at, head] of held) {
      const places = tensorOf(head['attention_indices'], 1)!;
      const values = tensorOf(head['attention_values'], 1)!;
      if (places.values.length !== values.values.length) continue;
      const list = head['attention_indices'] as readonly number[];
      for (let one = 0; one < list.length; one++) {
        const place = list[one]!;
        const value = values.values[one]!;
        if (!(place >= 0 && place < count * count) || Number.isNaN(value)) continue;
        index.push(numbers.length * count * count + place);
        data.push(value);
      }
      numbers.push(wholeAt(head, 'head', 'head_index') ?? at);
    }
    return numbers.length === 0
      ? []
      : [
          {
            layer,
            heads: numbers,
            shape: [numbers.length, count, count],
            dtype: 'f32',
            layout: 'coo',
            enc: 'json',
            data,
            index,
          } as const,
        ];
  });
  if (layers.length === 0) return undefined;
  return {
    v: 1,
    ...(texts?.length === count && { tokens: tokensOf(texts, 0) }),
    attention: [
      attentionOf(
        'self',
        [0, count],
        [0, count],
        layers.map((layer) => ({ ...layer, heads: [...layer.heads], shape: [...layer.shape] })),
      ),
    ],
  };
}

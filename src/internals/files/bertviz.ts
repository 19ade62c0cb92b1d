import type { Internals, InternalsAttention } from '../internals.js';
import { isFields, type Fields } from '../shape.js';
import type { InternalsFile } from './internals-file.js';
import { attentionLayer, attentionOf, isNested, tensorOf, textsOf, tokensOf } from './tensors.js';

/**
 * What BertViz gives to its views (`params`; jessevig/bertviz, head_view.py): `attention`, a list of `{name, attn, left_text,
 * right_text}`, where `attn` is layers × heads × queries × keys.
 */
export const bertViz: InternalsFile = {
  name: 'bertviz',
  title: 'BertViz',
  records(value) {
    if (!isFields(value) || !Array.isArray(value['attention']) || !isEntry(value['attention'][0])) return undefined;
    return [{ raw: value, internals: () => internalsOf(value) }];
  },
};

const isEntry = (value: unknown): value is Fields =>
  isFields(value) && isNested(value['attn'], 4) && Array.isArray(value['left_text']);

function internalsOf(value: Fields): Internals | undefined {
  // Texts of several entries stand one behind the other, each once.
  const text: string[] = [];
  const places = new Map<string, [number, number]>();
  const placeOf = (texts: readonly string[]): [number, number] => {
    const key = JSON.stringify(texts);
    let place = places.get(key);
    if (!place) {
      place = [text.length, text.length + texts.length];
      places.set(key, place);
      for (const one of texts) text.push(one);
    }
    return [...place];
  };
  const { include_layers: named } = value;
  const attention: InternalsAttention[] = [];
  for (const entry of value['attention'] as readonly unknown[]) {
    if (!isEntry(entry)) continue;
    const left = textsOf(entry['left_text']);
    const right = textsOf(entry['right_text']) ?? left;
    const layers = (entry['attn'] as readonly unknown[]).flatMap((heads, at) => {
      const tensor = tensorOf(heads, 3);
      const number: unknown = Array.isArray(named) ? named[at] : at;
      return tensor && tensor.shape[1] === left?.length && tensor.shape[2] === right?.length
        ? [attentionLayer(Number.isSafeInteger(number) ? (number as number) : at, tensor)]
        : [];
    });
    if (!left || !right || layers.length === 0) continue;
    const [q, k] = [placeOf(left), placeOf(right)];
    const name = typeof entry['name'] === 'string' ? entry['name'].toLowerCase() : '';
    const type = q[0] !== k[0] || name === 'cross' ? 'cross' : name === 'encoder' ? 'encoder' : 'self';
    attention.push(attentionOf(type, q, k, layers));
  }
  return attention.length > 0 ? { v: 1, tokens: tokensOf(text, 0), attention } : undefined;
}

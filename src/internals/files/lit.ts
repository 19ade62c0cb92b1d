import { packArrayNow } from '../arrays.js';
import type { Internals, InternalsAttribution } from '../internals.js';
import { isFields, type Fields } from '../shape.js';
import type { FileRecord, InternalsFile } from './internals-file.js';
import { attentionLayer, attentionOf, isNested, tensorOf, textsOf, tokensOf } from './tensors.js';

/** Fields of one record that are looked at. */
const MOST_FIELDS = 1000;

/**
 * What the Learning Interpretability Tool gives (PAIR-code/lit, lit_nlp/api/dtypes.py and types.py): `TokenSalience` (`tokens`,
 * `salience`), `SequenceSalienceMap` (`tokens_in`, `tokens_out`, `salience` as outputs × all tokens), in a field each; predictions with
 * `AttentionHeads` (heads × tokens × tokens) in fields that have “attention” in their name, beside the tokens. One record, or a list.
 */
export const lit: InternalsFile = {
  name: 'lit',
  title: 'LIT',
  records(value, tokens) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (!isFields(list[0]) || !isRecord(list[0])) return undefined;
    return list.filter(isFields).map((raw): FileRecord => ({ raw, internals: () => internalsOf(raw, tokens) }));
  },
};

const isTokenSalience = (value: unknown): value is Fields =>
  isFields(value) && Array.isArray(value['tokens']) && isNested(value['salience'], 1);
const isSequenceSalience = (value: unknown): value is Fields =>
  isFields(value) && Array.isArray(value['tokens_in']) && isNested(value['salience'], 2);
const isAttention = (name: string, value: unknown): boolean => /attention/i.test(name) && isNested(value, 3);

/** The fields of a record, and the record itself where it is what a field holds. */
function* fieldsOf(record: Fields): Generator<readonly [name: string, value: unknown]> {
  if (isTokenSalience(record) || isSequenceSalience(record)) yield ['', record];
  let fields = 0;
  for (const name in record) {
    if (fields++ >= MOST_FIELDS) return;
    yield [name, record[name]];
  }
}

function isRecord(record: Fields): boolean {
  for (const [name, value] of fieldsOf(record)) {
    if (isTokenSalience(value) || isSequenceSalience(value)) return true;
    // Where there is only one head for each name, another program wrote it.
    if (name !== 'attention' && isAttention(name, value)) return true;
  }
  return false;
}

function internalsOf(record: Fields, known: readonly string[] | undefined): Internals | undefined {
  const saliences = [...fieldsOf(record)].flatMap(([name, value]) => salienceOf(name, value) ?? []);
  const [first] = saliences;
  // All of one record are of the same tokens; those that are not have no place.
  const attribution = saliences.filter(({ key }) => key === first?.key).map((one) => one.attribution);
  const texts = first?.texts ?? textsOf(record['tokens']) ?? known;
  const count = texts?.length ?? 0;
  const layers = [...fieldsOf(record)]
    .filter(([name, value]) => isAttention(name, value))
    .flatMap(([name, value], at) => {
      const tensor = tensorOf(value, 3);
      const number = /\d{1,4}/.exec(name);
      return tensor?.shape[1] === count && tensor.shape[2] === count
        ? [attentionLayer(number ? Number(number[0]) : at, tensor)]
        : [];
    });
  if (!texts || (attribution.length === 0 && layers.length === 0)) return undefined;
  return {
    v: 1,
    tokens: tokensOf(texts, first?.split ?? 0),
    ...(attribution.length > 0 && { attribution }),
    ...(layers.length > 0 && { attention: [attentionOf('self', [0, count], [0, count], layers)] }),
  };
}

interface Salience {
  readonly key: string;
  readonly texts: readonly string[];
  readonly split: number;
  readonly attribution: InternalsAttribution;
}

function salienceOf(name: string, value: unknown): Salience | undefined {
  const isSequence = isSequenceSalience(value);
  if (!isSequence && !isTokenSalience(value)) return undefined;
  const input = textsOf(isSequence ? value['tokens_in'] : value['tokens']);
  const output = isSequence ? (textsOf(value['tokens_out']) ?? []) : [];
  const tensor = isSequence ? tensorOf(value['salience'], 2) : tensorOf([value['salience']], 2);
  if (!input || !tensor) return undefined;
  const texts = [...input, ...output];
  const [rows, columns] = tensor.shape;
  if (columns !== texts.length || (isSequence && rows !== output.length)) return undefined;
  return {
    key: JSON.stringify([texts, input.length]),
    texts,
    split: input.length,
    attribution: {
      method: name || 'salience',
      over: isSequence ? 'all' : 'prompt',
      target: [input.length, texts.length],
      signed: tensor.values.some((one) => one < 0),
      scores: packArrayNow(tensor.values, tensor.shape, { dtype: 'f32' }),
    },
  };
}

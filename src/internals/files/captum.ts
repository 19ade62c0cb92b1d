import { packArrayNow } from '../arrays.js';
import type { Internals } from '../internals.js';
import { isFields, type Fields } from '../shape.js';
import type { InternalsFile } from './internals-file.js';
import { isNested, tensorOf, textsOf, tokensOf } from './tensors.js';

/**
 * The fields of Captum's `LLMAttributionResult` as JSON (pytorch/captum, captum/attr/_core/llm_attr.py): `input_tokens`,
 * `output_tokens`, `seq_attr` of each input for the whole output, `token_attr` of each output token and input.
 */
export const captum: InternalsFile = {
  name: 'captum',
  title: 'Captum',
  records(value) {
    if (!isFields(value) || !Array.isArray(value['input_tokens'])) return undefined;
    if (!isNested(value['seq_attr'], 1) && !isNested(value['token_attr'], 2)) return undefined;
    return [{ raw: value, internals: () => internalsOf(value) }];
  },
};

function internalsOf(value: Fields): Internals | undefined {
  const input = textsOf(value['input_tokens']);
  if (!input) return undefined;
  const output = textsOf(value['output_tokens']) ?? [];
  const tensor = tensorOf(value['token_attr'], 2) ?? tensorOf([value['seq_attr']], 2);
  const [rows, columns] = tensor?.shape ?? [];
  if (!tensor || columns !== input.length || (rows !== 1 && rows !== output.length)) return undefined;
  return {
    v: 1,
    tokens: tokensOf([...input, ...output], input.length),
    attribution: [
      {
        method: typeof value['method'] === 'string' ? value['method'] : 'Captum',
        over: 'prompt',
        target: [input.length, input.length + output.length],
        signed: true,
        scores: packArrayNow(tensor.values, tensor.shape, { dtype: 'f32' }),
      },
    ],
  };
}

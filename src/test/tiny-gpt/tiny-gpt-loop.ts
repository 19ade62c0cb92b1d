/** For tests: writes tokens with the tiny GPT in ONNX Runtime, as applications do that use no library. */
import { HEADS, LAYERS, WIDTH } from './tiny-gpt.js';

/** The part of the module that is used: `onnxruntime-web` has several forms. */
export type OnnxRuntime = Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor' | 'env'>;
type Session = import('onnxruntime-web').InferenceSession;
type Feeds = Record<string, import('onnxruntime-web').Tensor>;

const whole = (ort: OnnxRuntime, numbers: readonly number[], dims: readonly number[]) =>
  new ort.Tensor('int64', BigInt64Array.from(numbers, BigInt), dims);

/** What the model is given: tokens, and what it said of keys and values before. */
export function feeds(ort: OnnxRuntime, tokens: readonly number[], past: Feeds = {}): Feeds {
  const before = past['past_key_values.0.key']?.dims[2] ?? 0;
  const total = before + tokens.length;
  const inputs: Feeds = {
    input_ids: whole(ort, tokens, [1, tokens.length]),
    attention_mask: whole(ort, new Array<number>(total).fill(1), [1, total]),
    position_ids: whole(
      ort,
      tokens.map((_, at) => before + at),
      [1, tokens.length],
    ),
  };
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const part of ['key', 'value']) {
      const name = `past_key_values.${layer}.${part}`;
      inputs[name] = past[name] ?? new ort.Tensor('float32', new Float32Array(0), [1, HEADS, 0, WIDTH / HEADS]);
    }
  }
  return inputs;
}

/** What the model said of keys and values, as it wants it back. */
export const pastOf = (outputs: Feeds): Feeds =>
  Object.fromEntries(
    Object.entries(outputs)
      .filter(([name]) => name.startsWith('present'))
      .map(([name, tensor]) => [name.replace('present', 'past_key_values'), tensor]),
  );

const mostLikely = (logits: Float32Array): number =>
  logits.reduce((best, logit, at) => (logit > logits[best]! ? at : best), 0);

/** All tokens, the most likely first. */
const likelyTokens = (logits: Float32Array): number[] =>
  Array.from(logits.keys()).sort((one, other) => logits[other]! - logits[one]!);

export interface Written {
  tokens: number[];
  /** What the model said at each place, as it came. */
  logits: Float32Array[];
}

/**
 * Writes tokens as applications do.
 *
 * @param choice the most likely token, or in turn one of the three most likely, so that ranks differ
 * @param past what was said of a prompt whose beginning went in before
 */
export async function write(
  ort: OnnxRuntime,
  session: Pick<Session, 'run'>,
  prompt: readonly number[],
  count: number,
  chose: (token: number) => void = () => {},
  choice: 'first' | 'turns' = 'turns',
  past: Feeds = {},
): Promise<Written> {
  const written: Written = { tokens: [], logits: [] };
  let next = [...prompt];
  for (let at = 0; at < count; at++) {
    const outputs = await session.run(feeds(ort, next, past));
    const { data, dims } = outputs['logits']!;
    const row = (data as Float32Array).slice(-dims[2]!);
    // Applications change the numbers in place, by penalties and temperature.
    (data as Float32Array).fill(0);
    const token = choice === 'first' ? mostLikely(row) : likelyTokens(row)[at % 3]!;
    chose(token);
    written.tokens.push(token);
    written.logits.push(row);
    next = [token];
    past = pastOf(outputs);
  }
  return written;
}

import { source } from './source.mjs';

/** What makes the text of internals with the attention of 12 layers of 12 heads over 256 tokens. */
export const ATTENTION = `
import { packArray } from ${source('internals/index.ts')};

const [LAYERS, HEADS, TOKENS] = [12, 12, 256];

/** Softmax of random numbers with a sink and a fall from token to token: no two heads are alike. */
async function layer(number) {
  let seed = number + 1;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const values = new Float32Array(HEADS * TOKENS * TOKENS);
  for (let head = 0; head < HEADS; head++) {
    const [sink, fall] = [random() * 4, random() * 0.2];
    for (let row = 0; row < TOKENS; row++) {
      const first = (head * TOKENS + row) * TOKENS;
      let sum = 0;
      for (let column = 0; column <= row; column++) {
        sum += values[first + column] = Math.exp((column === 0 ? sink : 0) + 2 * random() - fall * (row - column));
      }
      for (let column = 0; column <= row; column++) values[first + column] /= sum;
    }
  }
  return { layer: number, ...(await packArray(values, [HEADS, TOKENS, TOKENS], { layout: 'tri' })) };
}

async function attentionText() {
  const layers = [];
  for (let number = 0; number < LAYERS; number++) layers.push(await layer(number));
  const figures = Array.from({ length: LAYERS }, () => Array(HEADS).fill(0.5));
  const summary = { sink: figures, prev: figures, entropy: figures };
  return JSON.stringify({
    v: 1,
    tokens: { text: Array.from({ length: TOKENS }, (_, at) => ' word' + at), split: 200 },
    attention: [{ type: 'self', q: [0, TOKENS], k: [0, TOKENS], captured: 'replay', summary, layers }],
  });
}
`;

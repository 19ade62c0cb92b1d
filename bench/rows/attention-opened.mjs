import { source } from './source.mjs';

/**
 * Attention of 12 layers of 12 heads over 256 tokens: from the text of the attribute to the matrix on the screen, with what reads
 * the text alone as the reference. The text has to stay below 5 MB.
 */
export const attentionOpened = {
  name: 'attention opened: 12 × 12 × 256, from its text to its pixels',
  unit: 'ms',
  cases: ['view', 'parse'],
  holds: { atMost: 100 },
  program: `
import ${source('define/llm-attention-view.ts')};
import { packArray, readInternals } from ${source('internals/index.ts')};

const [LAYERS, HEADS, TOKENS] = [12, 12, 256];
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
let text;

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

window.bench = {
  async prepare() {
    const layers = [];
    for (let number = 0; number < LAYERS; number++) layers.push(await layer(number));
    const figures = Array.from({ length: LAYERS }, () => Array(HEADS).fill(0.5));
    const summary = { sink: figures, prev: figures, entropy: figures };
    text = JSON.stringify({
      v: 1,
      tokens: { text: Array.from({ length: TOKENS }, (_, at) => ' word' + at), split: 200 },
      attention: [{ type: 'self', q: [0, TOKENS], k: [0, TOKENS], captured: 'replay', summary, layers }],
    });
    if (text.length > 5_000_000) throw new Error(text.length + ' bytes');
    await drawn();
  },
  parse() {
    const begun = performance.now();
    if (JSON.parse(text).attention.length !== 1) throw new Error('the text is another one');
    return performance.now() - begun;
  },
  async view() {
    const begun = performance.now();
    const view = document.createElement('llm-attention-view');
    view.internals = readInternals(text).internals;
    document.body.append(view);
    await view.updateComplete;
    await drawn();
    const took = performance.now() - begun;
    const canvas = view.shadowRoot.querySelector('.matrix canvas');
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    if (new Set(new Uint32Array(pixels.buffer)).size < 20) throw new Error('no matrix is drawn');
    return took;
  },
};
`,
};

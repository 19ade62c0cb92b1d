import { ATTENTION } from './attention-text.mjs';
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
import { readInternals } from ${source('internals/index.ts')};
${ATTENTION}
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
let text;

window.bench = {
  async prepare() {
    text = await attentionText();
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

import { source } from './source.mjs';

/**
 * 100,000 tokens with probabilities: the view is scrolled as by a wheel, a notch a frame, from the first token on and towards the
 * last. Between two frames there are 16.7 ms; the reference is a box of the same height with nothing in it.
 */
export const tokensScrolled = {
  name: '100,000 tokens scrolled: 95 of 100 frames come within',
  unit: 'ms',
  cases: ['view', 'empty'],
  holds: { atMost: 17.5 },
  program: `
import ${source('define/llm-token-view.ts')};

const TOKENS = 100_000;
const FRAMES = 150;
/** What a notch of a wheel scrolls, in CSS pixels. */
const NOTCH = 120;
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const scrollerIn = (root) => root.querySelector('.scroller');
let height;

async function scrolled(scroller) {
  const gaps = [];
  for (const from of [0, scroller.scrollHeight - scroller.clientHeight - FRAMES * NOTCH]) {
    scroller.scrollTop = from;
    await frame();
    let before = await frame();
    for (let at = 1; at <= FRAMES; at++) {
      scroller.scrollTop = from + at * NOTCH;
      const now = await frame();
      gaps.push(now - before);
      before = now;
    }
  }
  return gaps.sort((one, other) => one - other)[Math.floor(gaps.length * 0.95)];
}

async function viewOf() {
  const view = document.createElement('llm-token-view');
  view.style.cssText = 'display: block; height: 600px';
  view.internals = {
    v: 1,
    tokens: { text: Array.from({ length: TOKENS }, (_, at) => ' word' + at), split: 0 },
    output: { from: 0, dist: 'raw', logprob: Array.from({ length: TOKENS }, (_, at) => -(at % 50) / 10) },
  };
  document.body.append(view);
  await view.updateComplete;
  await frame();
  await frame();
  return view;
}

window.bench = {
  async prepare(name) {
    if (name !== 'empty') return;
    const view = await viewOf();
    height = scrollerIn(view.shadowRoot).scrollHeight;
    view.remove();
  },
  async view() {
    const view = await viewOf();
    const scroller = scrollerIn(view.shadowRoot);
    const took = await scrolled(scroller);
    await frame();
    await frame();
    await view.updateComplete;
    if (!view.shadowRoot.textContent.includes('word' + (TOKENS - 1))) throw new Error('the last token is not shown');
    return took;
  },
  async empty() {
    document.body.innerHTML = '<div style="height: 600px; overflow: auto"><div></div></div>';
    document.body.firstChild.firstChild.style.height = height + 'px';
    return scrolled(document.body.firstChild);
  },
};
`,
};

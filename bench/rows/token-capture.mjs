import { readFile } from 'node:fs/promises';
import { source } from './source.mjs';

const PUBLISHED = '/published/';

/** Answers what the page asks for of packages with their files. */
async function withPackages(page) {
  await page.setRequestInterception(true);
  page.on('request', async (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith(PUBLISHED)) return request.continue();
    const body = await readFile(new URL(`../../node_modules/${pathname.slice(PUBLISHED.length)}`, import.meta.url));
    const contentType = pathname.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
    return request.respond({ body, contentType });
  });
}

/** What it costs to see how likely each token was: a model of ONNX Runtime that chooses among as many as models of today do. */
export const tokenCapture = {
  name: 'one token of a model in the page, of 32,000',
  unit: 'ms',
  cases: ['captured', 'plain'],
  holds: { ratioAtMost: 1.5 },
  async measure(page, name) {
    await withPackages(page);
    return page.evaluate((given) => globalThis.bench[given](), name);
  },
  program: `
import { createTracer } from ${source('tracer/index.ts')};
import { tracedGeneration } from ${source('tracer/integrations/onnxruntime.ts')};
import { tinyGpt } from ${source('test/tiny-gpt/tiny-gpt.ts')};
import { write } from ${source('test/tiny-gpt/tiny-gpt-loop.ts')};
import { onnxRuntime } from ${source('test/tiny-gpt/tiny-gpt-runtime.ts')};

const TOKENS = 200;
const PROMPT = [88, 76, 73, 4, 71, 69, 88];

/** The median of the times from token to token. */
async function median(session, ort, chose) {
  const times = [];
  await write(ort, session, PROMPT, TOKENS, (token) => {
    chose(token);
    times.push(performance.now());
  }, 'first');
  const gaps = times.slice(1).map((time, at) => time - times[at]);
  gaps.sort((one, other) => one - other);
  return gaps[Math.floor(gaps.length / 2)];
}

async function opened() {
  const ort = await onnxRuntime();
  const session = await ort.InferenceSession.create(tinyGpt('softmax', { vocabulary: 32_000 }));
  await median(session, ort, () => {});
  return { ort, session };
}

window.bench = {
  async plain() {
    const { ort, session } = await opened();
    return median(session, ort, () => {});
  },
  async captured() {
    const { ort, session } = await opened();
    let recorded;
    const store = { started() {}, ended: (span) => (recorded = span), flush: async () => ({ stored: 1, dropped: 0 }) };
    const tracer = createTracer({ store });
    const generation = tracedGeneration(session, { tracer, decode: (ids) => ids.join(' ') });
    const figure = await median(generation.session, ort, generation.chose);
    generation.end();
    await tracer.flush();
    const { output } = JSON.parse(recorded.attributes['llm_trace.internals']);
    if (output.logprob.filter(Number.isFinite).length !== TOKENS) throw new Error('not all tokens were captured');
    return figure;
  },
};
`,
};

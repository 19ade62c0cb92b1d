import type { Span } from 'llm-trace-kit/model';
import { openTraceStore } from 'llm-trace-kit/store';
import { createTracer } from 'llm-trace-kit/tracer';
import { replay, tracedGeneration } from 'llm-trace-kit/tracer/onnxruntime';
import * as ort from 'onnxruntime-web/wasm';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { tinyGpt } from '../src/test/tiny-gpt/tiny-gpt.js';
import { decodeTokens, encodeCharacters } from '../src/test/tiny-gpt/tiny-gpt-files.js';
import { write } from '../src/test/tiny-gpt/tiny-gpt-loop.js';
import './demo.js';

const TOKENS = 40;

const tokens = document.querySelector('llm-token-view')!;
const stages = document.querySelector('llm-stage-view')!;
const attention = document.querySelector('llm-attention-view')!;
const contributions = document.querySelector('llm-contribution-view')!;
const prompt = document.querySelector<HTMLInputElement>('#prompt')!;
const run = document.querySelector<HTMLButtonElement>('#run')!;
const explain = document.querySelector<HTMLButtonElement>('#explain')!;
const state = document.querySelector('#state')!;

ort.env.wasm.wasmPaths = { wasm };
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

const model = tinyGpt();
const opened = ort.InferenceSession.create(model);
const store = await openTraceStore();
const tracer = createTracer({ store, service: 'demo' });
let call: Span | undefined;

async function writeAnswer(): Promise<void> {
  const session = await opened;
  const asked = encodeCharacters(prompt.value).filter((id) => id >= 0);
  if (asked.length === 0) return;
  const generation = tracedGeneration(session, {
    tracer,
    model: 'tiny-gpt',
    input: prompt.value,
    decode: decodeTokens,
    special: [0, 1, 2],
  });
  const written = await write(ort, generation.session, asked, TOKENS, generation.chose);
  generation.end(decodeTokens(written.tokens));
  await tracer.flush();
  const { traceId, spanId } = generation.span.context;
  call = (await store.trace(traceId))?.span(spanId);
  tokens.span = call;
  stages.span = call;
  attention.internals = contributions.internals = call?.internals;
  const { cost_ms: cost = 0 } = call?.internals?.capture ?? {};
  state.textContent = `${TOKENS} tokens; capturing took ${cost.toFixed(1)} ms of the answer’s time.`;
}

async function explainAnswer(): Promise<void> {
  const [space] = encodeCharacters(' ');
  const inside = await replay({ call: call!, model, runtime: ort, occludeWith: space, tracer });
  attention.internals = contributions.internals = inside;
  state.textContent = `The model was run once more, and once for each token of the prompt: ${inside.capture.cost_ms} ms.`;
}

/** One at a time; what went wrong is said. */
async function busy(work: () => Promise<void>): Promise<void> {
  run.disabled = explain.disabled = true;
  state.textContent = 'The model runs …';
  await work().catch((error: unknown) => (state.textContent = String(error)));
  run.disabled = false;
  explain.disabled = call === undefined;
}

/** A token that is chosen in one view is chosen in all. */
const views = [tokens, attention, contributions];
for (const view of views) {
  view.addEventListener('llm-token-select', ({ detail: { start, end } }) => {
    for (const other of views) if (other !== view) other.selected = end > start ? { start, end } : undefined;
  });
}

run.addEventListener('click', () => void busy(writeAnswer));
explain.addEventListener('click', () => void busy(explainAnswer));
void busy(writeAnswer);

import { source } from './source.mjs';
import { workOf } from './work.mjs';

/**
 * The figures of 100,000 traces, once these are read: as an element that is painted, and worked out alone. The bare loop
 * adds up tokens and sorts durations, and no more.
 */
export const figuresOfMany = {
  name: 'figures of 100,000 traces, shown',
  unit: 'ms',
  cases: ['element', 'worked out', 'bare'],
  holds: { atMost: 300 },
  measure: workOf,
  program: `
import { traceMetrics } from ${source('analysis/index.ts')};
import ${source('define/llm-metric-summary.ts')};

const COUNT = 100_000;
const NOW = 1_790_000_000_000;
const MODELS = ['gpt-4.1', 'claude-sonnet-4-5', 'gemini-2.5-flash'];
let state = 1;
const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
const summaries = Array.from({ length: COUNT }, (_, at) => {
  const [input, output] = [Math.floor(random() * 5000), Math.floor(random() * 500)];
  const cost = input / 1e6;
  return {
    id: 'trace ' + at,
    start: NOW - Math.floor(random() * 30 * 86_400_000),
    duration: random() * 20_000,
    errorCount: at % 20 ? 0 : 1,
    errorTypes: at % 20 ? [] : ['TimeoutError'],
    usage: { input, output },
    cost,
    timesToFirstToken: [random() * 2000],
    models: [{ model: MODELS[at % 3], calls: 2, tokens: input + output, cost }],
    scores: [{ name: 'helpful', value: random() }],
  };
});
let element;
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

window.bench = {
  async prepare() {
    element = document.createElement('llm-metric-summary');
    // What shows many is loaded when there are some.
    element.summaries = summaries.slice(0, 1);
    document.body.append(element);
    while (!element.shadowRoot?.querySelector('.plots')) await drawn();
  },
  async element() {
    element.summaries = summaries;
    await element.updateComplete;
    await drawn();
    if (!element.shadowRoot.textContent.includes('100,000')) throw new Error('other figures');
  },
  'worked out'() {
    if (traceMetrics(summaries).count !== COUNT) throw new Error('other figures');
  },
  bare() {
    let tokens = 0;
    for (const { usage } of summaries) tokens += usage.input + usage.output;
    const durations = Float64Array.from(summaries, ({ duration }) => duration).sort();
    if (!(durations[COUNT / 2] > 0 && tokens > 0)) throw new Error('other figures');
  },
};
`,
};

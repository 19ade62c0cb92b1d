import { RUN, source } from './source.mjs';
import { workOf } from './work.mjs';

/** What a view works out of a trace before anybody asks for more, against the outline: parsed JSON to the tree of its spans. */
export const analysisOfView = {
  name: 'analysis that the first view of 100,000 spans needs, against their outline',
  unit: 'ms',
  cases: ['analysis', 'outline'],
  holds: { ratioAtMost: 2 },
  measure: workOf,
  program: `
import { readTraces } from ${source('formats/index.ts')};
import { summarise } from ${source('analysis/index.ts')};
import { countedOnce } from ${source('elements/llm-metric-summary/counted-once.ts')};
import { rollUpsOf } from ${source('internal/known-roll-ups.ts')};
${RUN}
const COUNT = 100_000;
const run = runOf(COUNT, 'small');
let trace;

window.bench = {
  async prepare(name) {
    if (name === 'analysis') [trace] = await readTraces(run);
  },
  analysis() {
    const counted = countedOnce(rollUpsOf(trace, undefined));
    const summary = summarise(trace);
    if (summary.spanCount !== COUNT || counted.llmCalls === 0) throw new Error('another trace');
  },
  async outline() {
    [trace] = await readTraces(run);
    if (trace.spans.length !== COUNT) throw new Error(trace.spans.length + ' spans');
  },
};
`,
};

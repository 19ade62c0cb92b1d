import { RUN, source } from './source.mjs';

/** What works its figures out when it is shown, by the event or the state that says that it is done. */
const ELEMENTS = [
  ['findings', 'llm-findings'],
  ['statistics', 'llm-statistics'],
];

/** The longest time for which the page does not answer while a trace of a million spans is worked through: a task of the browser. */
export const longestStretches = ELEMENTS.map(([what, tag]) => ({
  name: `${what} of 1,000,000 spans, longest task`,
  unit: 'ms',
  cases: ['element'],
  holds: { atMost: 50 },
  runs: 2,
  program: `
import { readTraces } from ${source('formats/index.ts')};
import { summarise } from ${source('analysis/index.ts')};
import { rollUpsOf } from ${source('internal/known-roll-ups.ts')};
import ${source(`define/${tag}.ts`)};
${RUN}
let trace;
let longest = 0;

window.bench = {
  async prepare() {
    [trace] = await readTraces(runOf(1_000_000, 'tiny'));
    // As in a view, whose summary was there before.
    rollUpsOf(trace, undefined);
    summarise(trace);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({ type: 'longtask' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    longest = 0;
  },
  async element() {
    const element = document.createElement('${tag}');
    element.trace = trace;
    document.body.append(element);
    const isBusy = () => element.shadowRoot?.querySelector('[aria-busy="false"]') === null;
    do await new Promise((resolve) => setTimeout(resolve, 50));
    while (isBusy());
    if (!element.shadowRoot.querySelector('li, tbody tr')) throw new Error('nothing is shown');
    await new Promise((resolve) => setTimeout(resolve, 500));
    return longest;
  },
};
`,
}));

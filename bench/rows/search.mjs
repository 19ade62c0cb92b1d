import { RUN, source } from './source.mjs';

/** A letter more in the search field, over 100,000 spans: what outlines decide, against a loop over plain objects. */
export const searched = {
  name: 'a query of 100,000 spans answered from their outlines',
  unit: 'ms',
  cases: ['query', 'bare'],
  holds: { atMost: 16 },
  program: `
import { readTraces } from ${source('formats/index.ts')};
import { parseQuery, searchSpans } from ${source('analysis/index.ts')};
${RUN}
let trace;
let plain;

window.bench = {
  async prepare() {
    [trace] = await readTraces(runOf(100_000, 'small'));
    plain = Array.from(trace.spans, ({ name, kind, usage }) => ({ name, kind, tokens: (usage?.input ?? NaN) + (usage?.output ?? 0) }));
    // The letters before this one.
    for (const text of ['c', 'ch', 'cha']) searchSpans(trace, parseQuery(text + ' kind:llm tokens>1k'));
  },
  query() {
    const begun = performance.now();
    const search = searchSpans(trace, parseQuery('name:chat* kind:llm tokens>1k'));
    const took = performance.now() - begun;
    if (search.count === 0 || search.toRead > 0) throw new Error(search.count + ' matches');
    return took;
  },
  bare() {
    const begun = performance.now();
    const found = plain.filter(({ name, kind, tokens }) => name.toLowerCase().startsWith('chat') && kind === 'llm' && tokens > 1000);
    const took = performance.now() - begun;
    if (found.length === 0) throw new Error('no matches');
    return took;
  },
};
`,
};

import { source, SPANS } from './source.mjs';

/**
 * One trace of 10,000 spans read back, as a trace with its tree. The bare read takes the same records from the same
 * database and parses them.
 */
export const spansRead = {
  name: 'a trace of 10,000 spans read back',
  unit: 'ms',
  cases: ['store', 'bare'],
  holds: { ratioAtMost: 1.5 },
  program: `
import { openTraceStore } from ${source('store/index.ts')};
${SPANS.replaceAll('export ', '')}
const spans = spansOf(10_000);
const { traceId } = spans[0];
let database;
let store;

window.bench = {
  async prepare() {
    store = await openTraceStore({ retention: { days: 1e6, size: Infinity } });
    for (const span of spans) store.ended(span);
    await store.flush();
    database = await new Promise((resolve) => {
      const request = indexedDB.open(store.name);
      request.onsuccess = () => resolve(request.result);
    });
    // The trace has ended: it is put together soon.
    const count = () => resultOf(database.transaction('chunks').objectStore('chunks').count());
    while ((await count()) > 40) await new Promise((resolve) => setTimeout(resolve, 50));
    const small = spansOf(1, 2)[0];
    store.ended(small);
    await store.trace(small.traceId);
  },
  async store() {
    const begun = performance.now();
    const trace = await store.trace(traceId);
    const took = performance.now() - begun;
    if (trace.spans.length !== spans.length || trace.problems.length) throw new Error(JSON.stringify(trace.problems));
    return took;
  },
  async bare() {
    const begun = performance.now();
    const range = IDBKeyRange.bound([traceId], [traceId, []]);
    const records = await resultOf(database.transaction('chunks').objectStore('chunks').getAll(range));
    let count = 0;
    for (const { text } of records) count += JSON.parse(text).length;
    const took = performance.now() - begun;
    if (count !== spans.length) throw new Error(count + ' spans');
    return took;
  },
};
`,
};

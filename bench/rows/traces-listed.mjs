import { source, SPANS } from './source.mjs';

/** The newest 100 of 10,000 traces, against a bare cursor over the index. */
export const tracesListed = {
  name: 'newest 100 of 10,000 traces listed',
  unit: 'ms',
  cases: ['store', 'bare'],
  holds: { atMost: 30 },
  program: `
import { openTraceStore } from ${source('store/index.ts')};
${SPANS.replaceAll('export ', '')}
let store, database;

window.bench = {
  async prepare() {
    store = await openTraceStore({ retention: { days: 1e6, traces: Infinity, size: Infinity } });
    for (let trace = 1; trace <= 10_000; trace++) store.ended(spansOf(1, trace)[0]);
    await store.flush();
    await store.list({ limit: 1 });
    database = await new Promise((resolve) => {
      const request = indexedDB.open(store.name);
      request.onsuccess = () => resolve(request.result);
    });
  },
  async store() {
    const begun = performance.now();
    const list = await store.list();
    const took = performance.now() - begun;
    if (list.length !== 100 || list[0].id !== spansOf(1, 10_000)[0].traceId) throw new Error('another list');
    return took;
  },
  async bare() {
    const begun = performance.now();
    const index = database.transaction('traces').objectStore('traces').index('start');
    const list = await new Promise((resolve) => {
      const found = [];
      index.openCursor(null, 'prev').onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor || found.push(cursor.value.summary) === 100) resolve(found);
        else cursor.continue();
      };
    });
    const took = performance.now() - begun;
    if (list.length !== 100) throw new Error('another list');
    return took;
  },
};
`,
};

import { source, SPANS } from './source.mjs';

/**
 * Spans of 2 kB that are written, a thousand to a transaction, in traces of five hundred. The bare loop makes the same
 * text of the same spans, and puts it in the same records into the same transactions; it keeps no index, no order and no
 * promise. The last case has the text from before: what the database alone takes.
 */
export const spansWritten = {
  name: 'spans of 2 kB written',
  unit: 'spans/s',
  cases: ['store', 'bare', 'bare, text made before'],
  holds: { ratioAtLeast: 0.8 },
  program: `
import { openTraceStore } from ${source('store/index.ts')};
${SPANS.replaceAll('export ', '')}
const TRACES = 20;
const PIECE = 30_000;
const keep = { days: 1e6, traces: Infinity, size: Infinity };
let store, database, ready;
const traces = Array.from({ length: TRACES }, (_, trace) => spansOf(500, trace + 1));

/** The records of a transaction: two traces. */
function recordsOf(at) {
  const records = [];
  for (const spans of traces.slice(at, at + 2)) {
    const text = JSON.stringify(spans);
    const pieces = Math.ceil(text.length / PIECE);
    for (let piece = 0; piece < pieces; piece++) {
      const part = text.slice(piece * PIECE, (piece + 1) * PIECE);
      records.push({ key: [spans[0].traceId, 'chunk', piece], text: part, pieces });
    }
  }
  return records;
}

async function putAll(records) {
  const begun = performance.now();
  for (let at = 0; at < TRACES; at += 2) {
    const transaction = database.transaction('chunks', 'readwrite', { durability: 'relaxed' });
    const chunks = transaction.objectStore('chunks');
    for (const record of records(at)) chunks.put(record);
    await doneOf(transaction);
  }
  return ((500 * TRACES) / (performance.now() - begun)) * 1000;
}

window.bench = {
  async prepare(name) {
    if (name === 'store') {
      store = await openTraceStore({ retention: keep });
      // What a store loads with its first use is loaded.
      await store.list();
      return;
    }
    database = await openBare('bare', (created) => created.createObjectStore('chunks', { keyPath: 'key' }));
    if (name !== 'bare') ready = Array.from({ length: TRACES }, (_, at) => (at % 2 ? [] : recordsOf(at)));
  },
  async store() {
    const begun = performance.now();
    for (const spans of traces) for (const span of spans) store.ended(span);
    const { stored } = await store.flush();
    const took = performance.now() - begun;
    if (stored !== 500 * TRACES) throw new Error(stored + ' stored');
    return (stored / took) * 1000;
  },
  bare: () => putAll(recordsOf),
  'bare, text made before': () => putAll((at) => ready[at]),
};
`,
};

import { ATTENTION } from './attention-text.mjs';
import { source, SPANS } from './source.mjs';

const program = (cases) => `
import { openTraceStore } from ${source('store/index.ts')};
import { readInternals, unpackArray } from ${source('internals/index.ts')};
${SPANS.replaceAll('export ', '')}
${ATTENTION}
let span, store, database;
const PIECE = 30_000;

/** The records of a span as text. */
function textRecords() {
  const whole = JSON.stringify([span]);
  return Array.from({ length: Math.ceil(whole.length / PIECE) }, (_, piece) => ({
    key: [span.traceId, 'chunk', piece],
    text: whole.slice(piece * PIECE, (piece + 1) * PIECE),
  }));
}

async function writeText() {
  const begun = performance.now();
  const transaction = database.transaction('chunks', 'readwrite', { durability: 'relaxed' });
  for (const record of textRecords()) transaction.objectStore('chunks').put(record);
  await doneOf(transaction);
  return performance.now() - begun;
}

async function writeSpan() {
  const begun = performance.now();
  store.ended(span);
  const { stored } = await store.flush();
  if (stored !== 2) throw new Error(stored + ' stored');
  return performance.now() - begun;
}

/** One matrix of what was read. */
async function matrixOf(text) {
  const { internals } = readInternals(text);
  const array = await unpackArray(internals.attention[0].layers[0]);
  if (array.matrix(0)[0] < 0.9) throw new Error('the first token looks at itself');
}

async function prepare(name) {
  const [call, before] = [spansOf(1)[0], spansOf(1, 2)[0]];
  span = { ...call, attributes: { 'llm_trace.internals': await attentionText() } };
  if (name === 'text') {
    database = await openBare('bare', (created) => created.createObjectStore('chunks', { keyPath: 'key' }));
    return;
  }
  store = await openTraceStore({ retention: { days: 1e6, size: Infinity } });
  // What a store loads with its first use is loaded.
  store.ended(before);
  await store.trace(before.traceId);
}
${cases}
`;

/**
 * A call with the attention of 12 layers of 12 heads over 256 tokens: from its end to the disk, where its arrays are bytes.
 * The reference puts the same span as text into a bare database, and keeps no index.
 */
export const attentionWritten = {
  name: 'attention written: 12 × 12 × 256, from the end of its span to the disk',
  unit: 'ms',
  cases: ['store', 'text'],
  holds: { ratioAtMost: 3 },
  program: program(`
window.bench = { prepare, store: writeSpan, text: writeText };
`),
};

/** The same read back, to the numbers of one head. */
export const attentionRead = {
  name: 'attention read back: 12 × 12 × 256, from the disk to the numbers of a head',
  unit: 'ms',
  cases: ['store', 'text'],
  holds: { ratioAtMost: 3 },
  program: program(`
window.bench = {
  async prepare(name) {
    await prepare(name);
    await (name === 'text' ? writeText() : writeSpan());
  },
  async store() {
    const begun = performance.now();
    const trace = await store.trace(span.traceId);
    await matrixOf(trace.spans.at(0).attributes.get('llm_trace.internals'));
    return performance.now() - begun;
  },
  async text() {
    const begun = performance.now();
    const range = IDBKeyRange.bound([span.traceId], [span.traceId, []]);
    const records = await resultOf(database.transaction('chunks').objectStore('chunks').getAll(range));
    const [read] = JSON.parse(records.map(({ text }) => text).join(''));
    await matrixOf(read.attributes['llm_trace.internals']);
    return performance.now() - begun;
  },
};
`),
};

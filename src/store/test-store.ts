import { openDB } from 'idb';
import type { RecordedSpan } from '../model/index.js';
import { spansOfPieces } from './read-pieces.js';
import type { Piece } from './schema.js';
import { openTraceStore, type TraceStore } from './index.js';

let names = 0;
const opened: TraceStore[] = [];

/** A store with a database of its own. */
export async function newStore(options: Parameters<typeof openTraceStore>[0] = {}): Promise<TraceStore> {
  const store = await openTraceStore({ name: `test-${Date.now()}-${names++}`, ...options });
  opened.push(store);
  return store;
}

/** Closes the stores of a test and deletes what they kept. */
export async function forgetStores(): Promise<void> {
  for (const store of opened.splice(0)) {
    await store.close();
    indexedDB.deleteDatabase(store.name);
    for (const key of Object.keys(localStorage)) if (key.startsWith(store.name)) localStorage.removeItem(key);
  }
}

let ids = 0;

/** A span that has ended: the root of a trace of its own where none is given. */
export function endedSpan(parts: Partial<RecordedSpan> = {}): RecordedSpan {
  const id = (++ids).toString(16).padStart(16, '0');
  const start = Date.now();
  return { traceId: id.padStart(32, 'a'), id, name: `span ${ids}`, kind: 'span', start, end: start + 1, ...parts };
}

/** Ids of all ended spans in a database, as often as they are there. */
export async function idsOnDisk(name: string): Promise<string[]> {
  const database = await openDB(name);
  const pieces = (await database.getAll('chunks')) as Piece[];
  database.close();
  return spansOfPieces(pieces).spans.map(({ id }) => id);
}

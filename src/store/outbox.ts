import type { SpanOutbox } from '../export/span-outbox.js';
import type { RecordedSpan } from '../model/index.js';
import type { Archive } from './archive.js';
import type { TraceStore } from './trace-store.js';

/** Exporters of this page, and what each of them has taken from memory while there was no database. */
export type Readers = Map<string, WeakSet<RecordedSpan>>;

/**
 * A store's outbox, as exporters see it.
 */
export const outboxOf = (
  store: TraceStore,
  addReader: (reader: string) => void,
  ask: <Result>(work: (archive: Archive) => Promise<Result>) => Promise<Result>,
): SpanOutbox => ({
  name: store.name,
  get isShared() {
    return store.status.mode === 'indexeddb';
  },
  addReader,
  next: (reader, count) => ask((archive) => archive.unsent(reader, count)),
  acknowledge: (reader, place, count) => ask((archive) => archive.acknowledge(reader, place, count)),
  subscribe: (listener) => store.subscribe(listener),
});

/** Traces on the browser's own disk. */
import { openStore, type TraceStore, type TraceStoreOptions } from './trace-store.js';

export type { ListQuery } from './archive.js';
export type { Retention } from './housekeeping.js';
export type { StoreRoom } from './room.js';
export type { TraceSummaryRecord as StoredTraceSummary } from './schema.js';
export { TraceStore } from './trace-store.js';
export type { DropReason, StoreChange, StoreStatus, TraceStoreOptions } from './trace-store.js';

/**
 * Opens the store of traces in this browser. Never rejects: where there is no database (a private window, an embedded
 * frame without storage), it keeps spans in memory, and `status` says so.
 *
 * What writes is loaded when the store opens, which takes a while anyway; what reads and keeps house when it is first needed.
 * A service worker loads no module later: there, `llm-trace-kit/store/service-worker` has it all.
 */
export const openTraceStore = (options: TraceStoreOptions = {}): Promise<TraceStore> =>
  openStore(options, { writer: () => import('./idb-writer.js'), further: () => import('./further-store.js') });

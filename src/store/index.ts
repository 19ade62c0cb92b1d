/** Traces on the browser's own disk. */
export type { ListQuery } from './archive.js';
export type { Retention } from './housekeeping.js';
export type { StoreRoom } from './room.js';
export type { TraceSummaryRecord as StoredTraceSummary } from './schema.js';
export { openTraceStore, TraceStore } from './trace-store.js';
export type { DropReason, StoreChange, StoreStatus, TraceStoreOptions } from './trace-store.js';

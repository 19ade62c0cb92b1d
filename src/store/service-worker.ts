/** The store for a service worker, which loads no module once it runs: everything is there from the start. */
import * as further from './further-store.js';
import * as writer from './idb-writer.js';
import { openStore, type TraceStore, type TraceStoreOptions } from './trace-store.js';

/** Opens the store of traces as `openTraceStore` of `llm-trace-kit/store` does. Traces are written and listed; pages read them. */
export const openTraceStore = (options: TraceStoreOptions = {}): Promise<TraceStore> =>
  openStore(options, { writer: () => Promise.resolve(writer), further: () => Promise.resolve(further) });

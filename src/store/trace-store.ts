import { addRecordedSpan, buildTraces, SpanTable, type RecordedSpan, type Score, type Trace } from '../model/index.js';
import type { Backend, ListQuery } from './backend.js';
import { IdbBackend } from './idb-backend.js';
import { MemoryBackend } from './memory-backend.js';
import { PageExit } from './page-exit.js';
import { enforceRetention, type Retention } from './retention.js';
import type { TraceSummaryRecord } from './schema.js';
import { WriteQueue } from './write-queue.js';

export interface TraceStoreOptions {
  /** Name of the database. */
  name?: string;
  /** Keeps applications of one origin apart. It does not protect one from the other: scripts of an origin share its data. */
  namespace?: string;
  /** What is kept. Seven days, 1,000 traces, 50 million characters where not said otherwise. */
  retention?: Partial<Retention>;
}

/** How a store is. */
export interface StoreStatus {
  /** `memory` where there is no database: spans are then gone with the page. */
  mode: 'indexeddb' | 'memory';
  /** Why there is no database. */
  reason?: string;
  /** Spans that have ended. Always `stored + dropped + waiting`. */
  recorded: number;
  stored: number;
  waiting: number;
  dropped: number;
  /** How many were dropped for what. */
  droppedFor: Readonly<Record<DropReason, number>>;
}

export type DropReason = 'queue-full' | 'quota' | 'write-failed';

/** Traces that have changed. */
export interface StoreChange {
  traceIds: readonly string[];
}

/** Time between two writes, in ms. */
const WRITE_EVERY = 200;
/** A database that has not answered for so long will not. */
const OPEN_WITHIN = 3000;
const RETENTION_EVERY = 60_000;
const DEFAULT_RETENTION: Retention = { days: 7, traces: 1000, size: 50_000_000 };

/**
 * Opens the store of traces in this browser. Never rejects: where there is no database (a private window, an embedded
 * frame without storage), it keeps spans in memory, and `status` says so.
 */
export async function openTraceStore(options: TraceStoreOptions = {}): Promise<TraceStore> {
  const { name = 'llm-trace-kit', namespace, retention } = options;
  const store = new TraceStore(namespace === undefined ? name : `${name}:${namespace}`, {
    ...DEFAULT_RETENTION,
    ...retention,
  });
  await store.connect();
  return store;
}

/** Traces on this browser's disk. Made by `openTraceStore`. */
export class TraceStore {
  readonly name: string;
  #backend: Backend = new MemoryBackend();
  readonly #retention: Retention;
  readonly #queue = new WriteQueue();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #exit = new PageExit(() => this.#writeNow());
  #channel: BroadcastChannel | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #keptAt = -Infinity;
  #mode: StoreStatus['mode'] = 'memory';
  #reason: string | undefined;
  #recorded = 0;
  #stored = 0;
  #isClosed = false;
  readonly #droppedFor: Record<DropReason, number> = { 'queue-full': 0, quota: 0, 'write-failed': 0 };

  /** @internal */
  constructor(name: string, retention: Retention) {
    this.name = name;
    this.#retention = retention;
  }

  get status(): StoreStatus {
    this.#droppedFor['queue-full'] = this.#queue.turnedAway;
    const droppedFor = { ...this.#droppedFor };
    const dropped = Object.values(droppedFor).reduce((sum, count) => sum + count, 0);
    return {
      mode: this.#mode,
      ...(this.#reason !== undefined && { reason: this.#reason }),
      recorded: this.#recorded,
      stored: this.#stored,
      waiting: this.#recorded - this.#stored - dropped,
      dropped,
      droppedFor,
    };
  }

  /** @internal For the tracer. */
  started(span: RecordedSpan): void {
    this.#queue.start(span);
    this.#writeSoon();
  }

  /** @internal For the tracer. */
  ended(span: RecordedSpan): void {
    this.#recorded++;
    this.#queue.end(span);
    this.#writeSoon();
  }

  /** Resolves once everything that has ended is on disk, or lost. */
  async flush(): Promise<{ stored: number; dropped: number }> {
    await this.#writeAll();
    const { stored, dropped } = this.status;
    return { stored, dropped };
  }

  /** Summaries of traces, newest first. */
  async list(query: ListQuery = {}): Promise<TraceSummaryRecord[]> {
    await this.#writeAll();
    return this.#backend.list(query);
  }

  /** A trace as it is by now; `undefined` for one that is not there. */
  async trace(id: string): Promise<Trace | undefined> {
    await this.#writeAll();
    const { spans, damaged } = await this.#backend.read(id);
    if (spans.length === 0) return undefined;
    const table = new SpanTable();
    for (const span of spans) addRecordedSpan(table, span);
    if (damaged) {
      table.problems.push({ code: 'unreadable-record', message: `${damaged} records of the store could not be read.` });
    }
    return buildTraces(table).find((trace) => trace.id === id);
  }

  /** Adds a judgement to a span that is on disk. */
  async addScore(spanId: string, score: Score): Promise<void> {
    await this.#writeAll();
    await this.#backend.addScore(spanId, score);
    this.#tell([]);
  }

  async delete(ids: readonly string[]): Promise<void> {
    await this.#writeAll();
    await this.#backend.delete(ids);
    this.#tell(ids);
  }

  /** Deletes everything. */
  async clear(): Promise<void> {
    await this.#writeAll();
    await this.#backend.clear();
    this.#tell([]);
  }

  /**
   * Traces as a file of OTLP JSON, which `import` and other tools read: all of them, or those of the given ids. What is
   * running has no end in it.
   */
  async export(ids?: readonly string[]): Promise<Blob> {
    await this.#writeAll();
    const { exportTraces } = await import('./transfer.js');
    return exportTraces(this.#backend, ids);
  }

  /**
   * Adds the traces of anything that `readTraces` takes: a file, a text, a response, traces that were read before. Spans
   * that are there already stay as they are. Old traces go the way of all old traces, by the store's `retention`.
   *
   * @returns the ids of the traces
   * @throws what `readTraces` throws, and what the database does when it has no room
   */
  async import(data: unknown): Promise<string[]> {
    const { tracesToImport } = await import('./transfer.js');
    await this.#writeAll();
    const ids: string[] = [];
    for await (const { id, batch } of tracesToImport(data, this.#backend)) {
      await this.#tryToWrite(() => this.#backend.write(batch));
      if (!ids.includes(id)) ids.push(id);
    }
    this.#tell(ids);
    return ids;
  }

  /** Calls a listener when traces have changed, in this tab or in another. Gives back what ends that. */
  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes what waits and lets the database go. */
  async close(): Promise<void> {
    await this.#writeAll();
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#exit.stop();
    this.#channel?.close();
    this.#listeners.clear();
    this.#backend.close();
  }

  /** @internal Opens the database, or says why there is none. */
  async connect(): Promise<void> {
    try {
      this.#backend = await withTimeout(
        IdbBackend.open(this.name, { lost: () => void this.#reconnect() }),
        OPEN_WITHIN,
        (late) => late.close(),
      );
      this.#mode = 'indexeddb';
      this.#reason = undefined;
    } catch (error) {
      this.#backend = new MemoryBackend();
      this.#mode = 'memory';
      this.#reason = error instanceof Error ? error.message || error.name : String(error);
    }
    this.#exit.start();
    this.#listenToOtherTabs();
  }

  /** The database was closed under our hands: data was cleared, or a newer version of the kit waits for it. */
  async #reconnect(): Promise<void> {
    if (this.#isClosed || this.#mode === 'memory') return;
    await this.connect();
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => void this.#writeAll(), WRITE_EVERY);
  }

  #writeAll(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    if (this.#queue.isEmpty) return;
    const batch = this.#queue.take();
    try {
      await this.#tryToWrite(() => this.#backend.write(batch));
      this.#stored += batch.ended.length;
    } catch (error) {
      const reason = error instanceof Error && error.name === 'QuotaExceededError' ? 'quota' : 'write-failed';
      this.#droppedFor[reason] += batch.ended.length;
      return;
    }
    this.#tell([...new Set([...batch.ended, ...batch.open].map(({ traceId }) => traceId))]);
    await this.#keepHouse();
  }

  /** Tries again once: after making room, or with a new connection. */
  async #tryToWrite(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (error instanceof Error && error.name === 'QuotaExceededError') await this.#makeRoom();
      else if (this.#mode === 'indexeddb') await this.connect();
      await write();
    }
  }

  /** The page is going away: there is no time to wait for anything. */
  #writeNow(): void {
    if (this.#queue.isEmpty) return;
    const batch = this.#queue.take();
    try {
      this.#backend.writeNow(batch).then(
        () => (this.#stored += batch.ended.length),
        // The page may still be here: the next write takes them along.
        () => this.#queue.putBack(batch),
      );
    } catch {
      this.#queue.putBack(batch);
    }
  }

  async #makeRoom(): Promise<void> {
    const { traces, size } = await this.#backend.usage();
    await enforceRetention(this.#backend, { days: Infinity, traces: Math.floor(traces * 0.8), size: size * 0.8 });
  }

  async #keepHouse(): Promise<void> {
    const now = performance.now();
    if (now - this.#keptAt < RETENTION_EVERY) return;
    this.#keptAt = now;
    // What cannot be deleted now is deleted the next time.
    const deleted = await enforceRetention(this.#backend, this.#retention).catch(() => []);
    if (deleted.length) this.#tell(deleted);
  }

  #tell(traceIds: readonly string[]): void {
    this.#channel?.postMessage(traceIds);
    this.#hear(traceIds);
  }

  #hear(traceIds: readonly string[]): void {
    for (const listener of this.#listeners) {
      try {
        listener({ traceIds });
      } catch (error) {
        // A listener's fault is its owner's to see, and nobody else's to suffer.
        reportError(error);
      }
    }
  }

  #listenToOtherTabs(): void {
    if (this.#channel || typeof BroadcastChannel !== 'function') return;
    this.#channel = new BroadcastChannel(this.name);
    // Only ids go over the channel; the data is read from the database, and checked there.
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data) && data.every((id) => typeof id === 'string')) this.#hear(data);
    };
  }
}

/** The result of work that may never answer. A result that comes too late is given to `tooLate`. */
function withTimeout<Result>(
  work: Promise<Result>,
  milliseconds: number,
  tooLate: (result: Result) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Error(`The database did not answer within ${milliseconds / 1000} s.`));
    }, milliseconds);
    work.then(
      (result) => {
        clearTimeout(timer);
        if (isLate) tooLate(result);
        else resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handed on as it is
        reject(error);
      },
    );
  });
}

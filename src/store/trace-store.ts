import type { SpanOutbox } from '../export/span-outbox.js';
import type { RecordedSpan, Score, Trace } from '../model/index.js';
import type { Archive, Batch, ListQuery } from './archive.js';
import type { House, Retention } from './housekeeping.js';
import type { IdbWriter } from './idb-writer.js';
import { watchExit } from './page-exit.js';
import { outboxOf, type Readers } from './outbox.js';
import type { StoreRoom } from './room.js';
import type { TraceSummaryRecord } from './schema.js';
import { within } from './within.js';
import { BATCH_SPANS, WriteQueue } from './write-queue.js';

export interface TraceStoreOptions {
  /** Name of the database. */
  name?: string;
  /** Keeps applications of one origin apart. It does not protect one from the other: scripts of an origin share its data. */
  namespace?: string;
  /** What is kept. Seven days, 1,000 traces, 50 million characters where not said otherwise. */
  retention?: Partial<Retention>;
  /**
   * What "on disk" means. `relaxed` (the default): the operating system has it, which outlives the page and the browser.
   * `strict`: the disk has it too, which outlives a loss of power, and takes up to a third longer.
   */
  durability?: 'relaxed' | 'strict';
}

/** How a store is. */
export interface StoreStatus {
  /** `memory` where there is no database: spans wait for one, and are gone with the page. */
  mode: 'indexeddb' | 'memory';
  /** Why there is no database, or none yet. */
  reason?: string;
  /**
   * Whether traces that were stored earlier are gone though nobody deleted them here: a browser replaces a database that
   * it cannot read by an empty one without a word, and may clear one for lack of room.
   */
  hasLostTraces: boolean;
  /** Spans that have ended. Always `stored + dropped + waiting`. */
  recorded: number;
  /** Spans that are on disk, or were until they were deleted. */
  stored: number;
  waiting: number;
  dropped: number;
  /** How many were dropped for what. */
  droppedFor: Readonly<Record<DropReason, number>>;
}

/**
 * Why spans are not kept. `queue-full`: too many wait for the disk. `write-failed`: they cannot be written as JSON.
 * `deleted`: they were deleted, by the application or as too old or too much, before they were on disk. `closed`: the store
 * was closed before they ended.
 */
export type DropReason = 'queue-full' | 'write-failed' | 'deleted' | 'closed';

/** Traces that have changed. */
export interface StoreChange {
  traceIds: readonly string[];
}

/** Time between two writes, in ms. */
const WRITE_EVERY = 200;
/** A database that has not answered for so many seconds will not soon. */
const OPEN_WITHIN = 3;
/** After a failure the database is tried again, later each time. In ms. */
const RETRY_AFTER = 500;
const RETRY_AT_LATEST = 300_000;

type Further = typeof import('./further-store.js');
type Work<Result> = (archive: Archive, further: Further) => Result | Promise<Result>;

/** @internal What a store does, and where it gets that from: a page loads it when it is needed. */
export interface StoreParts {
  writer(): Promise<typeof import('./idb-writer.js')>;
  /** Everything but writing. */
  further(): Promise<Further>;
}

/** @internal */
export async function openStore(options: TraceStoreOptions, parts: StoreParts): Promise<TraceStore> {
  const store = new TraceStore(options, parts);
  await store.connect();
  return store;
}

/** Traces on this browser's disk. Made by `openTraceStore`. */
export class TraceStore {
  readonly name: string;
  /** What is still to be sent, for an exporter that is given the store. */
  readonly outbox: SpanOutbox;
  readonly #parts: StoreParts;
  readonly #durability: 'relaxed' | 'strict';
  readonly #queue = new WriteQueue();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  /** Whether something was recorded that nobody was told yet. */
  #isNews = false;
  readonly #stopWatching: () => void;
  readonly #channel: BroadcastChannel | undefined;
  readonly #readers: Readers = new Map();
  /** Where spans are written; there is none while there is no database. */
  #writer: IdbWriter | undefined;
  #reason: string | undefined;
  #hasLostTraces = false;
  #opening: Promise<void> | undefined;
  /** Whether another tab has not let go of an older version of the database. */
  #isBlocked = false;
  #retryAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  readonly #house: House;
  /** Traces whose root has ended since they were last looked after. */
  readonly #finished = new Set<string>();
  #housekeeping: Promise<unknown> | undefined;
  #isClosed = false;
  #stored = 0;
  #failed = 0;
  #late = 0;

  /** @internal */
  constructor(
    { name = 'llm-trace-kit', namespace, retention, durability = 'relaxed' }: TraceStoreOptions,
    parts: StoreParts,
  ) {
    this.#parts = parts;
    this.name = namespace === undefined ? name : `${name}:${namespace}`;
    this.#house = { retention, tell: (ids) => this.#tell(ids) };
    this.#durability = durability;
    this.outbox = outboxOf(
      this,
      (reader) => this.#addReader(reader),
      (work) => this.#ask(work),
    );
    this.#stopWatching = watchExit(() => this.#leave());
    if (typeof BroadcastChannel !== 'function') return;
    this.#channel = new BroadcastChannel(this.name);
    // Only ids go over the channel; the data is read from the database, and checked there.
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data) && data.every((id) => typeof id === 'string')) this.#hear(data);
    };
  }

  get status(): StoreStatus {
    const { turnedAway, removed } = this.#queue;
    const recorded = this.#queue.recorded + this.#late;
    const dropped = turnedAway + removed + this.#failed + this.#late;
    return {
      mode: this.#writer ? 'indexeddb' : 'memory',
      ...(this.#reason !== undefined && { reason: this.#reason }),
      hasLostTraces: this.#hasLostTraces,
      recorded,
      stored: this.#stored,
      waiting: recorded - this.#stored - dropped,
      dropped,
      droppedFor: { 'queue-full': turnedAway, 'write-failed': this.#failed, deleted: removed, closed: this.#late },
    };
  }

  /** @internal For the tracer. */
  started(span: RecordedSpan): void {
    if (this.#isClosed) return;
    this.#queue.start(span);
    this.#isNews = true;
    this.#writeSoon();
  }

  /** @internal For the tracer. */
  ended(span: RecordedSpan): void {
    if (this.#isClosed) {
      this.#late++;
      return;
    }
    this.#queue.end(span);
    this.#isNews = true;
    this.#writeSoon(this.#queue.waiting === BATCH_SPANS);
  }

  /** Resolves once everything that has ended is on disk, or lost, or cannot be written for now. */
  async flush(): Promise<{ stored: number; dropped: number }> {
    await this.#writeAll();
    const { stored, dropped } = this.status;
    return { stored, dropped };
  }

  /** Summaries of traces, newest first. */
  list(query: ListQuery = {}): Promise<TraceSummaryRecord[]> {
    return this.#ask((archive) => archive.list(query));
  }

  /** A trace as it is by now; `undefined` for one that is not there. */
  trace(id: string): Promise<Trace | undefined> {
    return this.#ask((archive, { readTrace }) => readTrace(archive, id));
  }

  /**
   * Adds a judgement to a span that has ended. Whoever knows the trace says it: else it is looked for among the newest, and
   * the summary of one that is not found does not tell of the score.
   */
  addScore(spanId: string, score: Score, traceId?: string): Promise<void> {
    return this.#change([], (archive) => archive.addScore(spanId, score, traceId));
  }

  delete(ids: readonly string[]): Promise<void> {
    return this.#change(ids, (archive) => archive.delete(ids));
  }

  /** Deletes everything. */
  clear(): Promise<void> {
    return this.#change([], (archive) => archive.clear());
  }

  /**
   * Traces as a file of OTLP JSON, which `import` and other tools read: all of them, or those of the given ids. What is
   * running has no end in it.
   */
  export(ids?: readonly string[]): Promise<Blob> {
    return this.#ask((archive, { exportTraces }) => exportTraces(archive, ids));
  }

  /**
   * Adds the traces of anything that `readTraces` takes: a file, a text, a response, traces that were read before. Spans
   * that are there already stay as they are. Old traces go the way of all old traces, by the store's `retention`.
   *
   * @returns the ids of the traces
   * @throws what `readTraces` throws, and what the database does when it is not there or has no room
   */
  async import(data: unknown): Promise<string[]> {
    const { importTraces } = await this.#parts.further();
    const ids = await importTraces(data, (work) => this.#ask(work));
    this.#tell(ids);
    return ids;
  }

  /** What the store takes up, and how much room there is. */
  room(): Promise<StoreRoom> {
    return this.#ask((archive, { roomOf }) => roomOf(archive));
  }

  /**
   * Asks the browser never to delete what the origin keeps for lack of room; some browsers ask the person. Gives whether it
   * promises that.
   */
  async persist(): Promise<boolean> {
    return (await this.#parts.further()).persist();
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
    clearTimeout(this.#retry);
    this.#stopWatching();
    this.#channel?.close();
    this.#listeners.clear();
    await this.#housekeeping;
    this.#writer?.database.close();
  }

  /** @internal Opens the database, or says why there is none. */
  async connect(): Promise<void> {
    if (this.#isClosed) return;
    // One that has not answered yet may still do so: another would only wait behind it.
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    try {
      await within(this.#opening, OPEN_WITHIN);
    } catch (error) {
      this.#doWithout(error);
    }
  }

  async #open(): Promise<void> {
    const { IdbWriter } = await this.#parts.writer();
    const writer = await IdbWriter.open({
      name: this.name,
      durability: this.#durability,
      readers: this.#readers,
      blocked: () => (this.#isBlocked = true),
      // Data was cleared, or a newer version of the kit waits for it.
      lost: () => {
        this.#writer = undefined;
        void this.connect();
      },
    });
    this.#use(writer);
  }

  /** The database is there, perhaps after a while: what waited is written. */
  #use(writer: IdbWriter): void {
    this.#writer?.database.close();
    if (this.#isClosed) {
      writer.database.close();
      return;
    }
    this.#writer = writer;
    this.#reason = undefined;
    this.#isBlocked = false;
    if (writer.isNew) {
      void this.#quietly((_, { leaveMark }) => {
        this.#hasLostTraces = leaveMark(this.name);
      });
    }
    this.#writeSoon();
  }

  /** There is no database, or it does not work: spans wait in memory until it does. */
  #doWithout(error: unknown): void {
    this.#writer?.database.close();
    this.#writer = undefined;
    const { name, message } = error as Error;
    this.#reason = message || name;
    void this.#quietly((_, { reasonOf }) => {
      if (this.#reason !== undefined) this.#reason = reasonOf(error, this.#isBlocked);
    });
    // Each try makes a database that is full a little larger, until the browser puts it in order.
    const soonest = name === 'QuotaExceededError' ? 60_000 : RETRY_AFTER;
    const wait = Math.min(soonest * 2 ** this.#failures++, RETRY_AT_LATEST);
    this.#retryAt = performance.now() + wait;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#writeAll(), wait);
  }

  #writeSoon(isUrgent = false): void {
    if (isUrgent) clearTimeout(this.#timer);
    else if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#writeAll(), isUrgent ? 0 : WRITE_EVERY);
  }

  #writeAll(): Promise<unknown> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then(() => this.#write()));
  }

  async #write(): Promise<void> {
    if (this.#isClosed) return;
    if (!this.#writer && performance.now() >= this.#retryAt) await this.connect();
    if (this.#writer?.isPrepared === false) {
      await this.#quietly(async (archive) => {
        const ids = await archive.prepare();
        if (ids.length > 0) this.#tell(ids);
      });
    }
    await this.#writeWaiting();
    this.#housekeeping = this.#quietly((archive, { keepHouse }) => keepHouse(archive, this.#house, this.#finished));
  }

  async #writeWaiting(): Promise<void> {
    const { recorded } = this.status;
    let last: Promise<void> | undefined;
    const isMore = (): boolean => this.#writer !== undefined && !this.#queue.isEmpty;
    const isDone = (): boolean => this.status.stored + this.status.dropped >= recorded;
    do {
      // One batch is made ready while the database takes the one before.
      const next = isMore() ? this.#writeBatch() : undefined;
      await last;
      last = next;
      // What came meanwhile is for the next time: whoever waits is not kept waiting for ever.
    } while ((last ?? isMore()) && !isDone());
    await last;
    if (this.#writer) return;
    this.#queue.trim();
    if (this.#isNews) this.#tell([]);
    this.#isNews = false;
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#queue.take();
    try {
      await this.#tryTo(async () => {
        if (await batch.isTaken) return;
        if (!this.#writer) throw new DOMException('The database is gone.', 'InvalidStateError');
        await this.#writer.write(batch);
      });
      this.#stored += batch.ended.length;
      for (const { parentId, traceId } of batch.ended) if (parentId === undefined) this.#finished.add(traceId);
      this.#tell([...new Set([...batch.ended, ...batch.open].map(({ traceId }) => traceId))]);
      this.#failures = 0;
      this.#house.isCrowded = false;
    } catch (error) {
      const isTrouble = error instanceof DOMException;
      const left = isTrouble ? batch : await this.#writableOf(batch);
      this.#failed += batch.ended.length - left.ended.length;
      this.#queue.putBack(left);
      if (isTrouble) this.#doWithout(error);
    } finally {
      this.#queue.done(batch);
    }
  }

  /** Where it is not the database that failed, it would happen again: what can be written is. */
  async #writableOf(batch: Batch): Promise<Batch> {
    let writable: Batch = { ended: [], open: [] };
    await this.#quietly((_, { writableOf }) => {
      writable = writableOf(batch);
    });
    return writable;
  }

  /** Tries a second time where the database fails: after making room, or with a new connection. */
  async #tryTo<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      await (error.name === 'QuotaExceededError'
        ? this.#quietly((archive, { makeRoom }) => makeRoom(archive, this.#house))
        : this.connect());
      if (!this.#writer) throw error;
      return work();
    }
  }

  /** Asks what is there, once everything that waits is there too. */
  async #ask<Result>(work: Work<Result>): Promise<Result> {
    await this.#writeAll();
    return this.#tryTo(() => this.#with(work));
  }

  async #change(ids: readonly string[], work: Work<void>): Promise<void> {
    await this.#ask(work);
    this.#tell(ids);
  }

  async #with<Result>(work: Work<Result>): Promise<Result> {
    const loaded = await this.#parts.further();
    return work(loaded.archiveOf(this.#writer, this.#queue, this.#readers), loaded);
  }

  /** For what can be done another time where it fails now. A module that does not come must not keep spans waiting. */
  async #quietly(work: Work<unknown>): Promise<void> {
    try {
      await within(this.#with(work), OPEN_WITHIN);
    } catch {
      // It stays to be done.
    }
  }

  /** The page is going away: there is no time to wait for anything. */
  #leave(): void {
    if (!this.#writer) return;
    const tail = this.#queue.takeAll();
    const { ended, open, unsure } = tail;
    const keep = (count: number): boolean => {
      this.#stored += Math.max(count - unsure, 0);
      // The page may still be here: the next write takes the others along.
      if (count < ended.length) this.#queue.putBack({ ended: ended.slice(Math.max(count, unsure)), open });
      return count >= unsure;
    };
    const leaving = this.#writer.leave(tail).then(keep, () => keep(-1));
    for (const batch of this.#queue.writing) batch.isTaken = leaving;
    this.#writing = Promise.all([this.#writing, leaving]);
    this.#writeSoon();
  }

  #addReader(reader: string): void {
    this.#readers.set(reader, new WeakSet());
    if (this.#writer) this.#writer.isPrepared = false;
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
}

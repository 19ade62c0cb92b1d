import type { OutboxPage, OutboxPlace } from '../export/span-outbox.js';
import type { RecordedSpan, Score } from '../model/index.js';
import { grouped } from '../model/grouped.js';
import {
  LIST_LIMIT,
  matchesQuery,
  type Archive,
  type Batch,
  type ListQuery,
  type StoredTrace,
  type TraceWeight,
} from './archive.js';
import type { Readers } from './outbox.js';
import type { TraceSummaryRecord } from './schema.js';
import { summarise } from './summarise.js';
import { weigh } from './weigh.js';
import type { WriteQueue } from './write-queue.js';

/** In memory readers have no place: what each has taken is known. */
const MEMORY: OutboxPlace = { entry: 0, spans: 0 };

/** What waits in memory for a database, or for the end of the page. Lines of the index are made when they are asked for. */
export class MemoryArchive implements Archive {
  readonly #queue: WriteQueue;
  readonly #readers: Readers;

  constructor(queue: WriteQueue, readers: Readers) {
    this.#queue = queue;
    this.#readers = readers;
  }

  list(query: ListQuery): Promise<TraceSummaryRecord[]> {
    const { limit = LIST_LIMIT } = query;
    const open = grouped(this.#queue.open, ({ traceId }) => traceId);
    const ended = grouped(this.#queue.ended, ({ traceId }) => traceId);
    const summaries = Array.from(new Set([...ended.keys(), ...open.keys()]), (id) => {
      const { summary } = summarise(undefined, ended.get(id) ?? [], open.get(id) ?? []);
      return { ...summary, isRunning: open.has(id) };
    });
    return Promise.resolve(
      summaries
        .filter((summary) => matchesQuery(summary, query))
        .sort((one, other) => other.start - one.start)
        .slice(0, limit),
    );
  }

  read(traceId: string): Promise<StoredTrace> {
    return Promise.resolve({ spans: this.#spans().filter((span) => span.traceId === traceId), damaged: 0 });
  }

  add({ ended, open }: Batch): Promise<void> {
    for (const span of ended) {
      this.#queue.end(span);
      // Exporters have no need of it.
      for (const sent of this.#readers.values()) sent.add(span);
    }
    for (const span of open) this.#queue.start(span);
    return Promise.resolve();
  }

  addScore(spanId: string, score: Score): Promise<void> {
    // The object is the tracer's, and goes to exporters too.
    this.#queue.ended = this.#queue.ended.map((span) =>
      span.id === spanId ? { ...span, scores: [...(span.scores ?? []), score] } : span,
    );
    return Promise.resolve();
  }

  delete(traceIds: readonly string[]): Promise<void> {
    const gone = new Set(traceIds);
    return this.#remove(({ traceId }) => gone.has(traceId));
  }

  clear(): Promise<void> {
    return this.#remove(() => true);
  }

  weights(): Promise<TraceWeight[]> {
    const weights = new Map<string, TraceWeight>();
    for (const span of this.#spans()) {
      const weight = weights.get(span.traceId) ?? { id: span.traceId, start: span.start, size: 0 };
      weight.start = Math.min(weight.start, span.start);
      weight.size += weigh(span);
      weights.set(span.traceId, weight);
    }
    return Promise.resolve([...weights.values()].sort((one, other) => one.start - other.start));
  }

  /** Memory is left to no other page. */
  prepare(): Promise<string[]> {
    return Promise.resolve([]);
  }

  /** Memory has no chunks. */
  compact(): Promise<void> {
    return Promise.resolve();
  }

  unsent(reader: string, count: number): Promise<OutboxPage> {
    const spans = this.#unsent(reader);
    return Promise.resolve({ place: MEMORY, spans: spans.slice(0, count), waiting: spans.length });
  }

  acknowledge(reader: string, place: OutboxPlace, count: number): Promise<OutboxPlace | undefined> {
    // It was read from the database, which is gone since.
    if (place !== MEMORY) return Promise.resolve(undefined);
    for (const span of this.#unsent(reader).slice(0, count)) this.#readers.get(reader)?.add(span);
    return Promise.resolve(MEMORY);
  }

  #unsent(reader: string): RecordedSpan[] {
    return this.#queue.ended.filter((span) => !this.#readers.get(reader)?.has(span));
  }

  #remove(isGone: (span: RecordedSpan) => boolean): Promise<void> {
    const { ended, open } = this.#queue.takeAll();
    const isKept = (span: RecordedSpan): boolean => !isGone(span);
    this.#queue.putBack({ ended: ended.filter(isKept), open: open.filter(isKept) });
    this.#queue.removed += ended.length - this.#queue.waiting;
    return Promise.resolve();
  }

  #spans(): RecordedSpan[] {
    return [...this.#queue.ended, ...this.#queue.open];
  }
}

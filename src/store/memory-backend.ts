import type { RecordedSpan, Score } from '../model/index.js';
import {
  LIST_LIMIT,
  matchesQuery,
  type Backend,
  type Batch,
  type ListQuery,
  type StoredTrace,
  type Usage,
} from './backend.js';
import type { TraceIndexRecord, TraceSummaryRecord } from './schema.js';
import { withOpenSpan, withSpans } from './summarise.js';

interface MemoryTrace {
  record: TraceIndexRecord;
  ended: RecordedSpan[];
  open: Map<string, RecordedSpan>;
}

/** Spans in memory, for pages that have no IndexedDB. They are gone with the page. */
export class MemoryBackend implements Backend {
  readonly #traces = new Map<string, MemoryTrace>();

  write({ ended, open }: Batch): Promise<void> {
    for (const [traceId, spans] of Map.groupBy(ended, ({ traceId: id }) => id)) {
      const before = this.#traces.get(traceId);
      const trace = before ?? { record: withSpans(undefined, spans), ended: [], open: new Map<string, RecordedSpan>() };
      if (before) trace.record = withSpans(before.record, spans);
      for (const span of spans) {
        trace.ended.push(span);
        trace.open.delete(span.id);
      }
      trace.record.size += JSON.stringify(spans).length;
      trace.record.summary.isRunning = trace.open.size > 0;
      this.#traces.set(traceId, trace);
    }
    for (const span of open) {
      const before = this.#traces.get(span.traceId);
      const record = withOpenSpan(before?.record, span);
      const trace = before ?? { record, ended: [], open: new Map<string, RecordedSpan>() };
      trace.record = record;
      trace.open.set(span.id, span);
      this.#traces.set(span.traceId, trace);
    }
    return Promise.resolve();
  }

  writeNow(batch: Batch): Promise<void> {
    return this.write(batch);
  }

  list(query: ListQuery): Promise<TraceSummaryRecord[]> {
    const { limit = LIST_LIMIT } = query;
    const summaries = [...this.#traces.values()].map(({ record }) => record.summary);
    return Promise.resolve(
      summaries
        .filter((summary) => matchesQuery(summary, query))
        .sort((one, other) => other.start - one.start)
        .slice(0, limit),
    );
  }

  read(traceId: string): Promise<StoredTrace> {
    const trace = this.#traces.get(traceId);
    return Promise.resolve({ spans: trace ? [...trace.ended, ...trace.open.values()] : [], damaged: 0 });
  }

  addScore(spanId: string, score: Score): Promise<void> {
    for (const trace of this.#traces.values()) {
      trace.ended = trace.ended.map((span) =>
        span.id === spanId ? { ...span, scores: [...(span.scores ?? []), score] } : span,
      );
    }
    return Promise.resolve();
  }

  delete(traceIds: readonly string[]): Promise<void> {
    for (const id of traceIds) this.#traces.delete(id);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#traces.clear();
    return Promise.resolve();
  }

  usage(): Promise<Usage> {
    const usage: Usage = { traces: this.#traces.size, size: 0 };
    for (const { record } of this.#traces.values()) usage.size += record.size;
    return Promise.resolve(usage);
  }

  async *oldest(): AsyncGenerator<{ id: string; start: number; size: number }> {
    const records = [...this.#traces.values()]
      .map(({ record }) => record)
      .sort((one, other) => one.start - other.start);
    for (const { summary, start, size } of records) yield await Promise.resolve({ id: summary.id, start, size });
  }

  close(): void {
    this.#traces.clear();
  }
}

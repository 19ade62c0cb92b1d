import type { RecordedSpan } from '../model/index.js';

/** What became of the spans that were handed over. */
export interface FlushResult {
  /** Spans that are where they were to go: on disk, or with a collector. */
  stored: number;
  /** Spans that are lost. */
  dropped: number;
}

/** Where a tracer puts its spans: a store, an exporter. Nothing here may throw. */
export interface SpanSink {
  /** A span has begun, or an open one has learnt something: what is known is kept, in case the page dies. */
  started(span: Readonly<RecordedSpan>): void;
  ended(span: Readonly<RecordedSpan>): void;
  /** Resolves once everything that was handed over has arrived, or is lost. */
  flush(): Promise<FlushResult>;
}

import type { RecordedSpan } from '../model/index.js';

/** Where a tracer may send its spans: a `SpanSink` (src/tracer/span-sink.ts). None of its methods throws. */
export interface SpanExporter {
  started(span: Readonly<RecordedSpan>): void;
  ended(span: Readonly<RecordedSpan>): void;
  /** Resolves once everything that was handed over has arrived or is lost, or cannot be sent for now. */
  flush(): Promise<{ stored: number; dropped: number }>;
}

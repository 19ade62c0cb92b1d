import type { MaskHook } from './masking.js';
import { Recorder, type TracerStatus } from './recorder.js';
import type { FlushResult, SpanSink } from './span-sink.js';
import type { SpanOptions } from './span-facts.js';
import type { SpanStarter } from './span-starter.js';

export interface TracerOptions {
  /** Where spans are kept: what `openTraceStore()` gives. */
  store?: SpanSink | undefined;
  /** Where else they go. */
  exporters?: readonly SpanSink[];
  /** Name of the application. */
  service?: string;
  /** What every root has that is not given another. */
  sessionId?: string;
  userId?: string;
  tags?: readonly string[];
  metadata?: unknown;
  /**
   * How much of what was said is recorded. `full` (the default): all of it, without secrets such as API keys. `masked`:
   * also without e-mail addresses, card numbers and the like. `none`: nothing that went in or came out.
   */
  content?: 'full' | 'masked' | 'none';
  /** Gives what is recorded in place of a value. A hook that throws drops the value. */
  mask?: MaskHook;
  /** Share of the traces that is recorded, 0 to 1, or a decision for each root. All where not said otherwise. */
  sample?: number | ((name: string, options: SpanOptions) => boolean);
}

/** What `createTracer` gives. */
export interface Tracer extends SpanStarter {
  /** Resolves once everything that has ended is on disk, or lost. What never answers is waited for 30 s, and counted. */
  flush(): Promise<FlushResult>;
  /** Kept up to date. */
  readonly status: Readonly<TracerStatus>;
}

/**
 * Makes a tracer. A parent is always given, never guessed: what is begun on a span is its child, what is begun on the
 * tracer is a root. The tracer never throws into the application.
 */
export const createTracer = (options: TracerOptions = {}): Tracer => new Recorder(options);

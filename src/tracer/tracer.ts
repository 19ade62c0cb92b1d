import type { MaskHook } from './masking.js';
import { Recorder } from './recorder.js';
import type { FlushResult, SpanSink } from './span-sink.js';
import { runSpan, TracerSpan, type SpanOptions } from './tracer-span.js';

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

/** What a tracer has done. */
export interface TracerStatus {
  /** Failures inside the tracer that the application did not see. */
  failures: number;
  /** Values that held something secret. */
  masked: number;
}

/** What `createTracer` gives. */
export interface Tracer {
  /** Runs a function as the root of a trace, and ends the root with it. Gives back what the function gives. */
  span<Result>(name: string, run: (span: TracerSpan) => Result): Result;
  span<Result>(name: string, options: SpanOptions, run: (span: TracerSpan) => Result): Result;
  /** Begins a root that the caller ends: by `end()`, or by `using`. */
  start(name: string, options?: SpanOptions): TracerSpan;
  /** The function, each call of it a root. Its signature stays as it is. */
  traceable<Args extends unknown[], Result>(
    work: (...args: Args) => Result,
    options?: SpanOptions & { name?: string },
  ): (...args: Args) => Result;
  /** Resolves once everything that has ended is on disk, or lost. */
  flush(): Promise<FlushResult>;
  readonly status: TracerStatus;
}

/**
 * Makes a tracer. A parent is always given, never guessed: what is begun on a span is its child, what is begun on the
 * tracer is a root. The tracer never throws into the application.
 */
export function createTracer(options: TracerOptions = {}): Tracer {
  const { store, exporters = [], service, sessionId, userId, tags, metadata, content = 'full', mask } = options;
  const recorder = new Recorder({ sinks: store ? [store, ...exporters] : exporters, content, mask });
  const common: SpanOptions = {
    ...(sessionId !== undefined && { sessionId }),
    ...(userId !== undefined && { userId }),
    ...(tags !== undefined && { tags }),
    ...(metadata !== undefined && { metadata }),
  };

  const isSampled = (name: string, span: SpanOptions): boolean => {
    const { sample = 1 } = options;
    let decision = true;
    recorder.guard(() => {
      decision = typeof sample === 'function' ? sample(name, span) : sample >= 1 || Math.random() < sample;
    });
    return decision;
  };

  const start = (name: string, span: SpanOptions = {}): TracerSpan =>
    new TracerSpan(name, { ...common, ...span }, { recorder, service, isSampled: isSampled(name, span) });

  return {
    span<Result>(
      name: string,
      optionsOrRun: SpanOptions | ((span: TracerSpan) => Result),
      run?: (span: TracerSpan) => Result,
    ): Result {
      const [span, work] = typeof optionsOrRun === 'function' ? [{}, optionsOrRun] : [optionsOrRun, run!];
      return runSpan(start(name, span), span, work);
    },
    start,
    traceable(work, { name, ...span } = {}) {
      const title = name ?? (work.name || 'anonymous function');
      const traced = function (this: unknown, ...args: Parameters<typeof work>) {
        return runSpan(start(title, { input: args.length === 1 ? args[0] : args, ...span }), span, () =>
          work.apply(this, args),
        );
      };
      return traced;
    },
    flush: () => recorder.flush(),
    get status() {
      return { failures: recorder.failures, masked: recorder.masked };
    },
  };
}

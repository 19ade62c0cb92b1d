import { readOutlines } from '../../formats/read-traces.js';
import { inSlices } from '../../formats/slices.js';
import { BuiltTraces, tracesInSteps } from '../../model/build-traces.js';
import { afterPaint } from '../../internal/after-paint.js';
import { isSettled, MANY_SPANS } from '../../internal/settled-trace.js';
import type { SpanTable, Trace } from '../../model/index.js';
import { hasSums } from '../../model/sums.js';

/**
 * How many times more spans there have to be before a part of a trace is shown anew: what is built on the way is a third of
 * the whole, however long that is.
 */
const GROWTH = 4;

/**
 * Milliseconds until it is shown that something is read, and between two looks at how far that is. What is over sooner would
 * only flicker.
 */
const PATIENCE = 100;

/** Where a loader reports to. */
export interface LoaderHost {
  /** Something that is shown has changed. */
  changed(): void;
  /** What was read is shown. */
  shown(): void;
  /** Everything of it can be asked for. */
  loaded(traces: readonly Trace[]): void;
  failed(error: Error): void;
  /** Whether what sums up and shows the sums is there. */
  hasFigures(): boolean;
  /** Waits for it; `undefined` where nothing has to be waited for. */
  figures(): Promise<void> | undefined;
  /** What a view of a trace shows beside its rows is worked out in slices, before it would be in one. */
  prepare?(trace: Trace): Generator<unknown, unknown>;
  /** Whether what is shown at once asks more spans than those whose rows are in sight: then all are asked before, in slices. */
  asksAllSpans?(traces: readonly Trace[]): boolean;
  /** Where more than the outlines of the traces is shown at once: waits for what reads it. */
  beforeShown?(traces: readonly Trace[]): Promise<void> | undefined;
  /** Waits for what reads details, once the traces are shown: `loaded` is told when all of them can be asked. */
  afterShown?(): Promise<void> | undefined;
}

/** A source that is opened only when its turn comes, such as a fetch. */
export type OpenSource = (signal: AbortSignal) => Promise<unknown>;

/**
 * Reads inputs one after the other: a newer one ends an older one, and what is shown stays until the new is there, or the
 * first of its spans where they come in one by one. Where such an input fails or is ended, what was shown before it is
 * shown again. Parts that are appended (`trace-growth.ts`) join what is there and end nothing.
 */
export class TraceLoader {
  traces: readonly Trace[] = [];
  error: Error | undefined;
  /** Bytes or spans that the running load has read. */
  progress: { done: number; total?: number; unit: 'bytes' | 'spans' } | undefined;
  readonly #host: LoaderHost;
  /** What parts are appended to. Absent where it is another's. */
  built: BuiltTraces | undefined;
  #running: AbortController | undefined;
  /** Whether what is running is shown already, and only what its spans come to is worked out. */
  #isSettling = false;
  /** Whether what is running shows what is there anew, which nobody needs to be told. */
  #isQuiet = false;
  /** The last load; settled when it is over. */
  loading: Promise<void> | undefined;
  #era = new AbortController();
  /** Tells the host how the running load stands. */
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** What was shown before the part of a trace that is shown now. */
  #before: readonly Trace[] | undefined;
  #shownRows = 0;

  constructor(host: LoaderHost) {
    this.#host = host;
  }

  /** Waits for what sums up and shows the sums: all spans are asked after that only. */
  async figures(): Promise<void> {
    await this.#host.figures();
  }

  get isLoading(): boolean {
    return this.#running !== undefined && !this.#isQuiet;
  }

  /** Ends the appends that are being read when something else is loaded. */
  get era(): AbortSignal {
    return this.#era.signal;
  }

  /** Whether something is read that is not shown yet. */
  get isReading(): boolean {
    return this.isLoading && !this.#isSettling;
  }

  /** Ends whatever is being read. What is shown stays, or what was before a part of a trace. */
  abort(): void {
    this.#end();
    this.#host.changed();
  }

  #end(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#isSettling = false;
    this.#leavePart();
    this.#era.abort();
    this.#era = new AbortController();
    this.#forgetProgress();
  }

  /** Begins a load, which ends whatever is being read. */
  #begin(isQuiet: boolean): AbortSignal {
    this.#end();
    this.#running = new AbortController();
    this.#isQuiet = isQuiet;
    this.#tellSoon();
    return this.#running.signal;
  }

  #tellSoon(): void {
    this.#patience ??= setTimeout(() => {
      this.#patience = undefined;
      this.#host.changed();
    }, PATIENCE);
  }

  #forgetProgress(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.progress = undefined;
  }

  /**
   * @param open gives the input
   * @throws whatever reading throws, after the host was told; an `AbortError` when a newer load took over
   */
  async load(open: OpenSource, format: string | undefined): Promise<void> {
    this.loading = this.#load(open, format, this.#begin(false));
    await this.loading;
  }

  /**
   * Reads the same traces as they are now. What is shown must not flicker, nor become less on the way.
   *
   * @throws as `load`
   */
  async renew(input: unknown, format: string | undefined): Promise<void> {
    this.loading = this.#load(() => Promise.resolve(input), format, this.#begin(this.traces.length > 0));
    await this.loading;
  }

  /**
   * Shows traces as a store gives them; none empties what is shown. Over a trace that is shown already it does not count
   * as loading, unless it is another one (`isQuiet`): one that grows must not flicker. Failures are told to the host.
   */
  async show(
    read: (signal: AbortSignal) => Promise<readonly Trace[]>,
    isQuiet = this.traces.length > 0,
  ): Promise<void> {
    const signal = this.#begin(isQuiet);
    try {
      const traces = await read(signal);
      if (signal.aborted) return;
      await this.#host.beforeShown?.(traces);
      signal.throwIfAborted();
      this.built = undefined;
      this.traces = traces;
      this.#finish(undefined);
      if (traces.length) await this.#tellLoaded();
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  async #load(open: OpenSource, format: string | undefined, signal: AbortSignal): Promise<void> {
    try {
      const input = await open(signal);
      signal.throwIfAborted();
      const table = await readOutlines(input, {
        format,
        signal,
        onProgress: this.#onProgress,
        ...(!this.#isQuiet && { onSpans: (part) => this.#showPart(part, signal) }),
      });
      const built = new BuiltTraces(table);
      // Figures of what is shown already are not taken away until the new ones are there.
      const isNew = !this.#isQuiet && !this.#before;
      const traces = await inSlices(built.update(), signal);
      if (!isNew || this.#host.asksAllSpans?.(traces)) {
        await this.figures();
        await inSlices(this.#settle(traces), signal);
      }
      await this.#host.beforeShown?.(traces);
      signal.throwIfAborted();
      this.built = built;
      this.traces = traces;
      this.#before = undefined;
      if (!this.#host.hasFigures() || !traces.every(isSettled)) {
        this.#forgetProgress();
        this.#isSettling = true;
        this.#host.changed();
        // Nothing that comes later is in the way of the rows.
        await afterPaint();
        await this.figures();
        signal.throwIfAborted();
        await inSlices(this.#settle(traces), signal);
      }
      this.#finish(undefined);
      await this.#tellLoaded();
    } catch (error) {
      if (!signal.aborted) this.fail(error);
      throw error;
    }
  }

  /** Builds traces, and works out what their spans state and come to. */
  *ready(work: Generator<void, Trace[]>): Generator<unknown, Trace[]> {
    const traces = yield* work;
    yield* this.#settle(traces);
    return traces;
  }

  /** Works out what spans state and come to, and what else is shown of a trace beside its rows. */
  *#settle(traces: readonly Trace[]): Generator<unknown, void> {
    for (const trace of traces) {
      if (!hasSums()) continue;
      if (trace.spans.length < MANY_SPANS) yield* trace.table.settleInSteps();
      else {
        yield* trace.sumInSteps();
        if (this.#host.prepare) yield* this.#host.prepare(trace);
      }
    }
  }

  async #showPart(table: SpanTable, signal: AbortSignal): Promise<void> {
    if (this.#before && table.length < this.#shownRows * GROWTH) return;
    const rows = table.length;
    await this.figures();
    const traces = await inSlices(this.ready(tracesInSteps(table, { isPartial: true })), signal);
    await this.#host.beforeShown?.(traces);
    signal.throwIfAborted();
    this.#before ??= this.traces;
    this.#shownRows = rows;
    this.traces = traces;
    this.#host.changed();
  }

  #leavePart(): void {
    if (!this.#before) return;
    this.traces = this.#before;
    this.#before = undefined;
    this.#host.changed();
  }

  dismissError(): void {
    this.error = undefined;
    this.#host.changed();
  }

  /** Shows traces that have grown. */
  async showGrown(traces: readonly Trace[]): Promise<void> {
    this.traces = traces;
    this.error = undefined;
    this.#host.changed();
    await this.#tellLoaded();
  }

  /** The traces are shown already. Others that came meanwhile are told of by themselves. */
  async #tellLoaded(): Promise<void> {
    const { traces } = this;
    this.#host.shown();
    const wait = this.#host.afterShown?.();
    if (wait) await wait;
    if (this.traces === traces) this.#host.loaded(traces);
  }

  /** Something went wrong: it is shown, beside what is. */
  fail(error: unknown): void {
    this.#leavePart();
    const failure = error instanceof Error ? error : new Error(String(error));
    this.#finish(failure);
    this.#host.failed(failure);
  }

  #finish(error: Error | undefined): void {
    this.#running = undefined;
    this.#isSettling = false;
    this.#forgetProgress();
    this.error = error;
    this.#host.changed();
  }

  readonly #onProgress = (done: number, total?: number, unit: 'bytes' | 'spans' = 'bytes'): void => {
    this.progress = { done, unit, ...(total !== undefined && { total }) };
    this.#tellSoon();
  };
}

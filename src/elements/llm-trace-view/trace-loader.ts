import { readSpans } from '../../formats/index.js';
import { inSlices } from '../../formats/slices.js';
import { buildTraces, compactTable, SpanTable, tracesInSteps, type Trace } from '../../model/index.js';

/** Rows that are kept for each span: it came again, or came anew with its end. */
const MOST_ROWS_A_SPAN = 4;

/**
 * How many times more spans there have to be before a part of a trace is shown anew: what is built on the way is a third of
 * the whole, however long that is.
 */
const GROWTH = 4;

/** Milliseconds in which parts that come are built into traces together: a frame. */
const FRAME = 16;

/** Where a loader reports to. */
export interface LoaderHost {
  /** Something that is shown has changed. */
  changed(): void;
  loaded(traces: readonly Trace[]): void;
  failed(error: Error): void;
}

/** A source that is opened only when its turn comes, such as a fetch. */
export type OpenSource = (signal: AbortSignal) => Promise<unknown>;

/**
 * Reads inputs one after the other: a newer one ends an older one, and what is shown stays until the new is there, or the
 * first of its spans where they come in one by one. Where such an input fails or is ended, what was shown before it is
 * shown again. Parts that are appended join what is there and end nothing.
 */
export class TraceLoader {
  traces: readonly Trace[] = [];
  error: Error | undefined;
  /** Bytes or spans that the running load has read. */
  progress: { done: number; total?: number; unit: 'bytes' | 'spans' } | undefined;
  readonly #host: LoaderHost;
  #table: SpanTable | undefined;
  #running: AbortController | undefined;
  /** Whether what is running shows what is there anew, which nobody needs to be told. */
  #isQuiet = false;
  /** The last load; settled when it is over. */
  #loading: Promise<void> | undefined;
  /** Ends the appends that are being read when something else is loaded. */
  #era = new AbortController();
  /** Builds what was appended, soon. */
  #waiting: Promise<void> | undefined;
  #building: Promise<void> | undefined;
  /** Milliseconds that it took the last time. */
  #buildTime = 0;
  /** What was shown before the part of a trace that is shown now. */
  #before: readonly Trace[] | undefined;
  #shownRows = 0;

  constructor(host: LoaderHost) {
    this.#host = host;
  }

  get isLoading(): boolean {
    return this.#running !== undefined && !this.#isQuiet;
  }

  /** Ends whatever is being read. What is shown stays, or what was before a part of a trace. */
  abort(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#leavePart();
    this.#era.abort();
    this.#era = new AbortController();
    this.#waiting = undefined;
    this.progress = undefined;
    this.#host.changed();
  }

  /**
   * @param open gives the input
   * @throws whatever reading throws, after the host was told; an `AbortError` when a newer load took over
   */
  async load(open: OpenSource, format: string | undefined): Promise<void> {
    this.abort();
    const running = new AbortController();
    this.#running = running;
    this.#isQuiet = false;
    this.#host.changed();
    this.#loading = this.#load(open, format, running.signal);
    await this.#loading;
  }

  /**
   * Shows traces as a store gives them; none empties what is shown. Over a trace that is shown already it does not count
   * as loading: one that grows must not flicker. Failures are told to the host.
   */
  async show(read: () => Promise<readonly Trace[]>): Promise<void> {
    this.abort();
    const running = new AbortController();
    this.#running = running;
    this.#isQuiet = this.traces.length > 0;
    this.#host.changed();
    try {
      const traces = await read();
      if (running.signal.aborted) return;
      this.#table = undefined;
      this.traces = traces;
      this.#finish(undefined);
      if (traces.length) this.#host.loaded(traces);
    } catch (error) {
      if (!running.signal.aborted) this.#fail(error);
    }
  }

  async #load(open: OpenSource, format: string | undefined, signal: AbortSignal): Promise<void> {
    try {
      const input = await open(signal);
      signal.throwIfAborted();
      const table = await readSpans(input, {
        format,
        signal,
        onProgress: this.#onProgress,
        onSpans: (part) => this.#showPart(part, signal),
      });
      const traces = await inSlices(tracesInSteps(table), signal);
      this.#table = table;
      this.traces = traces;
      this.#before = undefined;
      this.#finish(undefined);
      this.#host.loaded(this.traces);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      throw error;
    }
  }

  async #showPart(table: SpanTable, signal: AbortSignal): Promise<void> {
    if (this.#before && table.length < this.#shownRows * GROWTH) return;
    const rows = table.length;
    const traces = await inSlices(tracesInSteps(table, { isPartial: true }), signal);
    this.#before ??= this.traces;
    this.#shownRows = rows;
    this.traces = traces;
    this.#host.changed();
  }

  #leavePart(): void {
    if (!this.#before) return;
    this.traces = this.#before;
    this.#before = undefined;
  }

  /**
   * A part that comes while something is loaded waits for that and joins it.
   *
   * @throws whatever reading throws, after the host was told
   */
  async append(input: unknown, format: string | undefined): Promise<void> {
    const { signal } = this.#era;
    await this.#loading?.catch(() => {});
    signal.throwIfAborted();
    try {
      const part = await readSpans(input, { format, signal });
      // A store's traces are the store's: what joins them joins a copy.
      if (!this.#table && this.traces.length) {
        const copy = await readSpans(this.traces, { signal });
        this.#table ??= copy;
      }
      signal.throwIfAborted();
      if (this.#table) this.#table.append(part);
      else this.#table = part;
      await (this.#waiting ??= this.#buildSoon(signal));
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      throw error;
    }
  }

  dismissError(): void {
    this.error = undefined;
    this.#host.changed();
  }

  /** Parts that come close together are built into traces together; a long build lets the page rest for twice as long. */
  async #buildSoon(signal: AbortSignal): Promise<void> {
    await this.#building?.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, Math.max(FRAME, 2 * this.#buildTime)));
    signal.throwIfAborted();
    this.#waiting = undefined;
    await (this.#building = this.#build(signal));
  }

  async #build(signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const table = this.#table!;
    const rows = table.length;
    this.traces = await inSlices(tracesInSteps(table), signal);
    // Parts may have come meanwhile: they are in no trace yet.
    if (table.length === rows) this.#dropRepeated();
    this.#buildTime = performance.now() - began;
    this.error = undefined;
    this.#host.changed();
    this.#host.loaded(this.traces);
  }

  /** A page that appends whole documents again and again must not fill the memory with rows that no trace uses. */
  #dropRepeated(): void {
    const used = this.traces.reduce((sum, { spans }) => sum + spans.length, 0);
    if (this.#table!.length <= MOST_ROWS_A_SPAN * used) return;
    this.#table = compactTable(this.#table!, this.traces);
    this.traces = buildTraces(this.#table);
  }

  #fail(error: unknown): void {
    this.#leavePart();
    const failure = error instanceof Error ? error : new Error(String(error));
    this.#finish(failure);
    this.#host.failed(failure);
  }

  #finish(error: Error | undefined): void {
    this.#running = undefined;
    this.progress = undefined;
    this.error = error;
    this.#host.changed();
  }

  readonly #onProgress = (done: number, total?: number, unit: 'bytes' | 'spans' = 'bytes'): void => {
    this.progress = { done, unit, ...(total !== undefined && { total }) };
    this.#host.changed();
  };
}

import { readOutlines } from '../../formats/read-traces.js';
import { inSlices } from '../../formats/slices.js';
import { compactTable } from '../../model/compact-table.js';
import { GrowingTraces } from '../../model/growing-traces.js';
import type { SpanTable, Trace } from '../../model/index.js';
import type { TraceLoader } from './trace-loader.js';

/** Rows that are kept for each span: it came again, or came anew with its end. */
const MOST_ROWS_A_SPAN = 4;

/** Milliseconds in which parts that come are built into traces together: a frame. */
const FRAME = 16;

/** Whether a page appends whole documents again and again: they must not fill the memory with rows that no trace uses. */
function hasRepeated(table: SpanTable, traces: readonly Trace[]): boolean {
  const used = traces.reduce((sum, { spans }) => sum + spans.length, 0);
  return table.length > MOST_ROWS_A_SPAN * used;
}

/** Adds parts to what a loader shows. */
export class TraceGrowth {
  readonly #loader: TraceLoader;
  /** That of what was appended last. */
  #era: AbortSignal | undefined;
  /** Builds what was appended, soon. */
  #waiting: Promise<void> | undefined;
  #building: Promise<void> | undefined;
  /** Milliseconds that it took the last time. */
  #buildTime = 0;

  constructor(loader: TraceLoader) {
    this.#loader = loader;
  }

  /**
   * A part that comes while something is loaded waits for that and joins it.
   *
   * @param era that in which it was given: ends when something else is loaded
   * @throws whatever reading throws, after the host was told
   */
  async append(input: unknown, format: string | undefined, era: AbortSignal): Promise<void> {
    const loader = this.#loader;
    await loader.loading?.catch(() => {});
    era.throwIfAborted();
    if (era !== this.#era) {
      this.#era = era;
      this.#waiting = undefined;
    }
    try {
      const epoch = (loader.built?.table ?? loader.traces[0]?.table)?.origin.epoch;
      const part = await readOutlines(input, { format, signal: era, epoch });
      await loader.figures();
      // A store's traces are the store's: what joins them joins a copy.
      if (!loader.built && loader.traces.length) {
        const copy = await readOutlines(loader.traces, { signal: era });
        loader.built ??= new GrowingTraces(copy);
      }
      await inSlices(part.settleInSteps(), era);
      if (loader.built) await inSlices(loader.built.table.settleInSteps(), era);
      era.throwIfAborted();
      if (loader.built) loader.built.table.append(part);
      else loader.built = new GrowingTraces(part);
      await (this.#waiting ??= this.#buildSoon(era));
    } catch (error) {
      if (!era.aborted) loader.fail(error);
      throw error;
    }
  }

  /** Parts that come close together are built into traces together; a long build lets the page rest for twice as long. */
  async #buildSoon(era: AbortSignal): Promise<void> {
    await this.#building?.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, Math.max(FRAME, 2 * this.#buildTime)));
    era.throwIfAborted();
    this.#waiting = undefined;
    await (this.#building = this.#build(era));
  }

  async #build(era: AbortSignal): Promise<void> {
    const loader = this.#loader;
    const began = performance.now();
    let growing = new GrowingTraces(loader.built!);
    loader.built = growing;
    const rows = growing.table.length;
    let traces = await inSlices(loader.ready(growing.update()), era);
    // Parts may have come meanwhile: they are in no trace yet.
    if (growing.table.length === rows && hasRepeated(growing.table, traces)) {
      loader.built = growing = new GrowingTraces(compactTable(growing.table, traces));
      traces = await inSlices(loader.ready(growing.update()), era);
    }
    this.#buildTime = performance.now() - began;
    await loader.showGrown(traces);
  }
}

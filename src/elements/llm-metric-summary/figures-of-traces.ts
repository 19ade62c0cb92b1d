import { traceFigures, type PriceSource, type TraceFigures } from '../../analysis/index.js';
import { readTraces } from '../../formats/index.js';
import { fetchTrace } from '../../internal/fetch-trace.js';
import { runInSlices } from '../../internal/time-slices.js';
import type { Trace } from '../../model/index.js';

/** Figures that were read, and with which prices: a trace that was read does not change. */
const read = new WeakMap<Trace, { prices: PriceSource | undefined; figures: TraceFigures }>();

/** The figures of traces, read in short stretches; `undefined` where `signal` ended that. */
export async function figuresOfTraces(
  traces: readonly Trace[],
  prices: PriceSource | undefined,
  signal: AbortSignal,
): Promise<TraceFigures[] | undefined> {
  const all: TraceFigures[] = [];
  function* work(): Generator<TraceFigures, void> {
    for (const trace of traces) {
      let known = read.get(trace);
      if (!known || known.prices !== prices) {
        read.set(trace, (known = { prices, figures: traceFigures(trace, prices) }));
      }
      yield known.figures;
    }
  }
  const isWhole = await runInSlices(work(), { take: (figures) => all.push(figures), signal });
  return isWhole ? all : undefined;
}

/** Milliseconds without a byte after which a server is given up. */
const TIMEOUT = 30_000;

/** What was read of files and addresses. */
export interface FiguresRead {
  readonly figures: readonly TraceFigures[];
  /** How many sources were read. */
  readonly done: number;
  /** What could not be read, and why. */
  readonly failures: readonly { readonly source: unknown; readonly reason: string }[];
}

/**
 * The figures of the traces behind addresses, and in anything else that `readTraces` takes: one after the other, so that no more
 * than one is in memory. What cannot be read is left out, and told.
 *
 * @param told called after each
 */
export async function figuresOfSources(
  sources: readonly unknown[],
  prices: PriceSource | undefined,
  signal: AbortSignal,
  told: (read: FiguresRead) => void,
): Promise<void> {
  const figures: TraceFigures[] = [];
  const failures: { source: unknown; reason: string }[] = [];
  for (const [at, source] of sources.entries()) {
    try {
      const isAddress = typeof source === 'string' || source instanceof URL;
      const input = isAddress
        ? await fetchTrace(String(source), { signal, timeout: TIMEOUT, credentials: 'omit' })
        : source;
      const found = await figuresOfTraces(await readTraces(input, { signal }), prices, signal);
      for (const one of found ?? []) figures.push(one);
    } catch (error) {
      if (!signal.aborted) failures.push({ source, reason: error instanceof Error ? error.message : String(error) });
    }
    if (signal.aborted) return;
    told({ figures: [...figures], done: at + 1, failures });
  }
}

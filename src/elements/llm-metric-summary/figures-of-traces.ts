import { traceFigures, type PriceSource, type TraceFigures } from '../../analysis/index.js';
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

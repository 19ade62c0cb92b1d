import type { Trace } from '../../model/index.js';

const known = new WeakMap<Trace, number>();

/** The position of the span that started last; of several the last one in the tree. -1 where no span has a start. */
export function newestSpan(trace: Trace): number {
  const before = known.get(trace);
  if (before !== undefined) return before;
  const { starts } = trace.table;
  const count = trace.spans.length;
  let newest = -1;
  let latest = -Infinity;
  for (let position = 0; position < count; position++) {
    const start = starts[trace.rowAt(position)]!;
    if (!(start >= latest)) continue;
    latest = start;
    newest = position;
  }
  known.set(trace, newest);
  return newest;
}

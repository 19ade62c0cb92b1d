import type { Trace } from '../model/index.js';

/**
 * Milliseconds that each span, by its position in the tree, spent outside its children: its duration without the stretches
 * in which at least one child ran. `NaN` for a span without a start or an end.
 */
export function selfTimes(trace: Trace): Float64Array {
  const { tree, table } = trace;
  const count = tree.nodes.length;
  const self = new Float64Array(count);
  // How far the children that were seen so far reach; children come in the order of their start.
  const covered = new Float64Array(count);
  for (let position = 0; position < count; position++) {
    const row = trace.rowAt(position);
    const start = table.starts[row]!;
    const end = table.ends[row]!;
    self[position] = Math.max(0, end - start);
    covered[position] = start;
    const parent = tree.parent[position]!;
    if (parent < 0) continue;
    const parentEnd = table.ends[trace.rowAt(parent)]!;
    const from = Math.max(start, covered[parent]!);
    const to = Math.min(end, parentEnd);
    if (to > from) {
      self[parent]! -= to - from;
      covered[parent] = to;
    }
  }
  return self;
}

import type { Trace } from '../model/index.js';
import { atOnce, stepsOf } from '../model/steps.js';

/**
 * Milliseconds that each span, by its position in the tree, spent outside its children: its duration without the stretches
 * in which at least one child ran. `NaN` for a span without a start or an end.
 */
export const selfTimes = (trace: Trace): Float64Array => atOnce(selfTimesInSteps(trace));

/** As `selfTimes`, with chances to rest. */
export function* selfTimesInSteps(trace: Trace): Generator<undefined, Float64Array> {
  const { parent: parents, nodes } = trace.tree;
  const { starts, ends } = trace.table;
  const count = nodes.length;
  const self = new Float64Array(count);
  const endOf = new Float64Array(count);
  // How far the children that were seen so far reach; children come in the order of their start.
  const covered = new Float64Array(count);
  const take = (from: number, to: number): void => {
    for (let position = from; position < to; position++) {
      const row = trace.rowAt(position);
      const start = starts[row]!;
      const end = ends[row]!;
      endOf[position] = end;
      self[position] = Math.max(0, end - start);
      covered[position] = start;
      const parent = parents[position]!;
      if (parent < 0) continue;
      const begin = Math.max(start, covered[parent]!);
      const stop = Math.min(end, endOf[parent]!);
      if (stop > begin) {
        self[parent]! -= stop - begin;
        covered[parent] = stop;
      }
    }
  };
  for (const [from, to] of stepsOf(count)) {
    take(from, to);
    yield;
  }
  return self;
}

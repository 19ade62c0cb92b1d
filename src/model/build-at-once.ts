import { internalsOfSpan } from '../internals/of-span.js';
import { tracesInSteps } from './build-traces.js';
import { rollUpInSteps } from './roll-up.js';
import { readInternalsWith } from './span-internals.js';
import type { SpanTable } from './span-table.js';
import { atOnce } from './steps.js';
import { sumWith } from './sums.js';
import type { Trace } from './trace.js';

/** The traces that a table holds, by the order in which their first spans came. */
export function buildTraces(table: SpanTable): Trace[] {
  // Who builds at once can wait for nothing that is loaded later.
  readInternalsWith(internalsOfSpan);
  sumWith(rollUpInSteps);
  return atOnce(tracesInSteps(table));
}

import { distinctRows, type Report } from './distinct-rows.js';
import { tracesOfHomeless } from './homeless-rows.js';
import type { TraceProblem } from './problem.js';
import type { SpanTable } from './span-table.js';
import { spanTree } from './span-tree.js';
import { Trace } from './trace.js';

/**
 * The rows that belong to each trace. A row without a trace id joins the only trace there is, or the one that its
 * relatives are in; what is left makes one trace of its own, without an id.
 */
function rowsByTrace(table: SpanTable): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  const homeless: number[] = [];
  for (let row = 0; row < table.length; row++) {
    const traceId = table.traceIds[row]!;
    if (traceId === '') homeless.push(row);
    else {
      const group = groups.get(traceId);
      if (group) group.push(row);
      else groups.set(traceId, [row]);
    }
  }
  if (homeless.length === 0) return groups;
  const only = groups.size === 1 ? [...groups.keys()][0]! : undefined;
  const traceOfRow = only === undefined && groups.size > 1 ? tracesOfHomeless(table, homeless) : undefined;
  for (const row of homeless) {
    const traceId = only ?? traceOfRow?.get(row) ?? '';
    const group = groups.get(traceId);
    if (group) group.push(row);
    else groups.set(traceId, [row]);
  }
  return groups;
}

function reportTimes(table: SpanTable, row: number, id: string, report: Report): void {
  const start = table.starts[row]!;
  const end = table.ends[row]!;
  if (Number.isNaN(start)) report('missing-start', `The span ${id} has no start time.`, id);
  else if (Number.isNaN(end)) report('missing-end', `The span ${id} has no end: it was still running.`, id);
  else if (end < start) report('end-before-start', `The span ${id} ends ${start - end} ms before it starts.`, id);
}

function buildTrace(
  table: SpanTable,
  traceId: string,
  group: readonly number[],
  sourceProblems: readonly TraceProblem[],
): Trace {
  const problems: TraceProblem[] = [];
  const report: Report = (code, message, spanId) => {
    problems.push(spanId === undefined ? { code, message } : { code, message, spanId });
  };
  const distinct = distinctRows(table, group, report);
  const { rows, places, madeIds } = distinct;
  const placeIds = (place: number): string => madeIds.get(place) ?? table.ids[rows[place]!]!;

  const parents = new Int32Array(rows.length).fill(-1);
  const starts = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!;
    const parentId = table.parentIds[row]!;
    starts[place] = table.starts[row]!;
    reportTimes(table, row, placeIds(place), report);
    if (parentId === '') continue;
    const id = placeIds(place);
    const parent = places.get(parentId);
    if (parentId === table.ids[row]) {
      report('self-parent', `The span ${id} names itself as its parent. It is shown as a root.`, id);
    } else if (parent === undefined) {
      report('missing-parent', `The parent ${parentId} of the span ${id} is not in the trace.`, id);
    } else parents[place] = parent;
  }

  const tree = spanTree(parents, starts);
  for (const place of tree.cut) {
    const id = placeIds(place);
    report('cycle', `The span ${id} is its own ancestor. The circle is cut there and the span shown as a root.`, id);
  }
  if (tree.rootCount > 1) report('several-roots', `The trace has ${tree.rootCount} roots.`);
  const facts = table.factsOf(traceId, group);
  return new Trace({ id: traceId, table, tree, ...distinct, facts, problems, sourceProblems });
}

/** The traces that a table holds, by the order in which their first spans came. */
export function buildTraces(table: SpanTable): Trace[] {
  const groups = rowsByTrace(table);
  const sourceProblems = [...table.problems];
  if (groups.size > 1) {
    sourceProblems.push({ code: 'several-traces', message: `The source holds ${groups.size} traces.` });
  }
  return Array.from(groups, ([traceId, rows]) => buildTrace(table, traceId, rows, sourceProblems));
}

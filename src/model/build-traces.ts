import type { ProblemCode, TraceProblem } from './problem.js';
import { sameValue } from './same-value.js';
import type { SpanTable } from './span-table.js';
import { spanTree } from './span-tree.js';
import { Trace } from './trace.js';

/**
 * The rows that belong to each trace. A row without a trace id joins the trace that its parent, or else the first of
 * its relatives, is in; what is left makes one trace of its own, without an id.
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
  const traceOfSpan = new Map<string, string>();
  if (groups.size > 1) {
    for (const [traceId, rows] of groups) for (const row of rows) traceOfSpan.set(table.ids[row]!, traceId);
  }
  for (const row of homeless) {
    const traceId = only ?? traceOfSpan.get(table.parentIds[row]!) ?? '';
    const group = groups.get(traceId);
    if (group) group.push(row);
    else groups.set(traceId, [row]);
  }
  return groups;
}

const idOf = (id: string, occurrence: number): string => (occurrence === 1 ? id : `${id}#${occurrence}`);

/** The rows that make spans of their own, with an id that is unique among them. */
interface DistinctRows {
  rows: number[];
  /** Place in `rows` by unique id. */
  places: Map<string, number>;
  /** Ids that differ from that of the record, by place. */
  madeIds: Map<number, string>;
}

/**
 * Decides what two records with one id are. The same record twice (a batch sent again), and a running span followed by
 * the same span ended, are one span. Anything else is two spans: the second gets an id with `#2` behind it.
 */
function distinctRows(table: SpanTable, rows: readonly number[], report: Report): DistinctRows {
  const distinct: DistinctRows = { rows: [], places: new Map(), madeIds: new Map() };
  const occurrences = new Map<string, number>();
  const keep = (row: number, id: string, isMade: boolean): void => {
    const place = distinct.rows.push(row) - 1;
    distinct.places.set(id, place);
    if (isMade) distinct.madeIds.set(place, id);
  };
  for (const row of rows) {
    const id = table.ids[row]!;
    if (id === '') {
      const made = `no-id-${row + 1}`;
      keep(row, made, true);
      report('missing-id', `The span “${table.names[row]!}” has no id.`, made);
      continue;
    }
    const count = occurrences.get(id);
    if (count === undefined) {
      occurrences.set(id, 1);
      keep(row, id, false);
      continue;
    }
    const lastPlace = distinct.places.get(idOf(id, count))!;
    const last = distinct.rows[lastPlace]!;
    const isSameSpan = table.names[last] === table.names[row] && table.starts[last] === table.starts[row];
    if (isSameSpan && Number.isNaN(table.ends[last]!) && !Number.isNaN(table.ends[row]!)) {
      distinct.rows[lastPlace] = row;
    } else if (isSameSpan && sameValue(table.raws[last], table.raws[row])) {
      report('duplicate-id', `The span ${id} came twice, both times the same. It is shown once.`, id);
    } else {
      occurrences.set(id, count + 1);
      const made = idOf(id, count + 1);
      keep(row, made, true);
      report('duplicate-id', `Two different spans have the id ${id}. The later one is shown as ${made}.`, made);
    }
  }
  return distinct;
}

type Report = (code: ProblemCode, message: string, spanId?: string) => void;

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
  for (const problem of sourceProblems) problems.push(problem);
  return new Trace({ id: traceId, table, tree, ...distinct, facts: table.facts(traceId), problems });
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

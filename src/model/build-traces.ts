import { distinctRows, type SpanPlaces } from './distinct-rows.js';
import { tracesOfHomeless } from './homeless-rows.js';
import type { TraceProblem } from './problem.js';
import type { SpanProblems } from './span-problems.js';
import type { SpanTable } from './span-table.js';
import { spanTreeInSteps } from './span-tree.js';
import { atOnce, stepsOf } from './steps.js';
import { Trace, type Extent } from './trace.js';

/**
 * The rows that belong to each trace. A row without a trace id joins the only trace there is, or the one that its
 * relatives are in; what is left makes one trace of its own, without an id.
 */
function* rowsByTrace(table: SpanTable): Generator<void, Map<string, Uint32Array>> {
  const { length, traceIds } = table;
  /** The trace of each row, as its number in `ids`. */
  const traceOf = new Uint32Array(length);
  const ids: string[] = [];
  const counts: number[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (traceId: string): number => {
    let number = numbers.get(traceId);
    if (number === undefined) {
      numbers.set(traceId, (number = ids.length));
      ids.push(traceId);
      counts.push(0);
    }
    return number;
  };
  const homeless: number[] = [];
  let lastId = '';
  let last = 0;
  for (const [from, to] of stepsOf(length)) {
    for (let row = from; row < to; row++) {
      const traceId = traceIds[row]!;
      if (traceId === '') {
        homeless.push(row);
        continue;
      }
      if (traceId !== lastId) {
        lastId = traceId;
        last = numberOf(traceId);
      }
      traceOf[row] = last;
      counts[last]!++;
    }
    yield;
  }
  const only = ids.length === 1 ? ids[0] : undefined;
  const traceOfRow = homeless.length > 0 && ids.length > 1 ? tracesOfHomeless(table, homeless) : undefined;
  for (const row of homeless) {
    const number = numberOf(only ?? traceOfRow?.get(row) ?? '');
    traceOf[row] = number;
    counts[number]!++;
  }
  const groups = counts.map((count) => new Uint32Array(count));
  const filled = new Uint32Array(groups.length);
  // Those without a trace id come last.
  const isHomeless = homeless.length > 0;
  for (const [from, to] of stepsOf(length)) {
    for (let row = from; row < to; row++) {
      if (isHomeless && traceIds[row] === '') continue;
      const number = traceOf[row]!;
      groups[number]![filled[number]!++] = row;
    }
    yield;
  }
  for (const row of homeless) {
    const number = traceOf[row]!;
    groups[number]![filled[number]!++] = row;
  }
  return new Map(ids.map((id, number) => [id, groups[number]!]));
}

interface Family {
  /** Place of the parent of each place, -1 for a root. */
  parents: Int32Array;
  /** Start of each place. */
  starts: Float64Array;
  extent: Extent;
}

/**
 * @param isPartial whether more rows are to come: a parent that is missing may be among them
 */
function* parentsOf(
  table: SpanTable,
  rows: Uint32Array,
  { places, problems, isPartial }: { places: SpanPlaces; problems: SpanProblems; isPartial: boolean },
): Generator<void, Family> {
  const parents = new Int32Array(rows.length).fill(-1);
  const starts = new Float64Array(rows.length);
  const { ids, parentIds, starts: startOf, ends } = table;
  const extent: Extent = { first: Infinity, last: -Infinity, isRunning: false, areAllStarted: true };
  // Where all ids are those of the records, a span that names itself is found at its own place.
  const hasMadeIds = places.madeIds.size > 0;
  let lastId = '';
  let last = -1;
  for (const [from, to] of stepsOf(rows.length)) {
    for (let place = from; place < to; place++) {
      const row = rows[place]!;
      const start = startOf[row]!;
      const end = ends[row]!;
      starts[place] = start;
      if (start < extent.first) extent.first = start;
      if (end < extent.first) extent.first = end;
      if (start > extent.last) extent.last = start;
      if (end > extent.last) extent.last = end;
      if (Number.isNaN(start)) {
        extent.areAllStarted = false;
        problems.addAt('missing-start', row);
      } else if (Number.isNaN(end)) {
        extent.isRunning = true;
        problems.addAt('missing-end', row);
      } else if (end < start) problems.addAt('end-before-start', row);
      const parentId = parentIds[row]!;
      if (parentId === '') continue;
      // Siblings often come together.
      if (parentId !== lastId) {
        lastId = parentId;
        last = places.find(parentId);
      }
      if (hasMadeIds ? parentId === ids[row] : last === place) problems.addAt('self-parent', row);
      else if (last >= 0) parents[place] = last;
      else if (!isPartial) problems.addAt('missing-parent', row);
    }
    yield;
  }
  return { parents, starts, extent };
}

function* traceInSteps(
  table: SpanTable,
  traceId: string,
  group: Uint32Array,
  { sourceProblems, isPartial }: { sourceProblems: readonly TraceProblem[]; isPartial: boolean },
): Generator<void, Trace> {
  const facts = table.factsOf(traceId, group);
  const { rows: rowOfPlace, places, problems } = yield* distinctRows(table, group);
  const { parents, starts, extent } = yield* parentsOf(table, rowOfPlace, { places, problems, isPartial });
  const tree = yield* spanTreeInSteps(parents, starts);
  for (const place of tree.cut) problems.addAt('cycle', rowOfPlace[place]!);
  if (tree.rootCount > 1 && !isPartial) problems.add('several-roots', `The trace has ${tree.rootCount} roots.`);

  const { nodes } = tree;
  const rows = new Uint32Array(nodes.length);
  const positions = new Uint32Array(nodes.length);
  for (const [from, to] of stepsOf(nodes.length)) {
    for (let position = from; position < to; position++) {
      const place = nodes[position]!;
      rows[position] = rowOfPlace[place]!;
      positions[place] = position;
    }
    yield;
  }
  yield* places.renumber(positions, rows);
  return new Trace({ id: traceId, table, tree, rows, places, extent, facts, problems, sourceProblems });
}

/** @internal Builds traces and yields now and then, where the work may rest. */
export function* tracesInSteps(table: SpanTable, { isPartial = false } = {}): Generator<void, Trace[]> {
  const groups = yield* rowsByTrace(table);
  const sourceProblems = [...table.problems];
  if (groups.size > 1) {
    sourceProblems.push({ code: 'several-traces', message: `The source holds ${groups.size} traces.` });
  }
  const traces: Trace[] = [];
  for (const [traceId, rows] of groups) {
    traces.push(yield* traceInSteps(table, traceId, rows, { sourceProblems, isPartial }));
  }
  return traces;
}

/** The traces that a table holds, by the order in which their first spans came. */
export const buildTraces = (table: SpanTable): Trace[] => atOnce(tracesInSteps(table));

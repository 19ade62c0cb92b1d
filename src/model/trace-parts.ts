import { distinctRows, type SpanPlaces } from './distinct-rows.js';
import { SpanProblems } from './span-problems.js';
import type { SpanTable } from './span-table.js';
import { spanTreeInSteps } from './span-tree.js';
import { stepsOf } from './steps.js';
import type { Extent, TraceParts } from './trace.js';

/** What is worked out of the rows of one trace alone. */
export type OwnParts = Omit<TraceParts, 'sourceProblems'>;

/** Where spans are put, and what is noted meanwhile. */
export interface Notes {
  extent: Extent;
  problems: SpanProblems;
  /** Whether more rows are to come: a parent that is missing may be among them. */
  isPartial: boolean;
}

export function noteTimes(place: number, start: number, end: number, { extent, problems }: Notes): void {
  if (start < extent.first) extent.first = start;
  if (end < extent.first) extent.first = end;
  if (start > extent.last) extent.last = start;
  if (end > extent.last) extent.last = end;
  if (Number.isNaN(start)) {
    extent.unstarted++;
    problems.addAt('missing-start', place);
  } else if (Number.isNaN(end)) {
    extent.running++;
    problems.addAt('missing-end', place);
  } else if (end < start) problems.addAt('end-before-start', place);
}

/** The place of the parent that the span at a place names; -1 for a root, also where that makes it one. */
export function parentOf(table: SpanTable, places: SpanPlaces, place: number, { problems, isPartial }: Notes): number {
  const row = places.rowAt(place);
  if (!table.namesParent(row)) return -1;
  const parent = places.parentOf(table, row);
  // Where ids were made, another one may have that of the record.
  if (places.madeIds.size > 0 ? table.parentIds.at(row) === table.ids.at(row) : parent === place) {
    problems.addAt('self-parent', place);
    return -1;
  }
  if (parent < 0 && !isPartial) problems.addAt('missing-parent', place);
  return parent;
}

/** By place. */
export interface Family {
  /** The place of the parent, -1 for a root. */
  parents: Int32Array;
  starts: Float64Array;
}

/** Looks at the spans from a place on. */
export function* relate(
  table: SpanTable,
  places: SpanPlaces,
  from: number,
  { parents, starts }: Family,
  notes: Notes,
): Generator<void, void> {
  const { starts: startOf, ends } = table;
  const { rows } = places.index;
  const relateSome = (first: number, end: number): void => {
    for (let place = first; place < end; place++) {
      const row = rows[place]!;
      starts[place] = startOf[row]!;
      noteTimes(place, startOf[row]!, ends[row]!, notes);
      parents[place] = parentOf(table, places, place, notes);
    }
  };
  for (const [first, end] of stepsOf(places.length - from)) {
    relateSome(from + first, from + end);
    yield;
  }
}

export function* ordered(
  { id, table, facts }: Pick<TraceParts, 'id' | 'table' | 'facts'>,
  places: SpanPlaces,
  { parents, starts }: Family,
  { problems, extent, isPartial }: Notes,
): Generator<void, OwnParts> {
  const tree = yield* spanTreeInSteps(parents, starts);
  problems.setTree(tree.cut, isPartial ? 1 : tree.rootCount);
  const { nodes } = tree;
  const rows = new Uint32Array(nodes.length);
  const positions = new Uint32Array(nodes.length);
  const rowOfPlace = places.index.rows;
  const place = (from: number, to: number): void => {
    for (let position = from; position < to; position++) {
      const node = nodes[position]!;
      rows[position] = rowOfPlace[node]!;
      positions[node] = position;
    }
  };
  for (const [from, to] of stepsOf(nodes.length)) {
    place(from, to);
    yield;
  }
  return { id, table, tree, rows, places, positions, extent, facts, problems };
}

/** Works out the parts of a trace. */
export function* partsOf(
  table: SpanTable,
  id: string,
  group: Uint32Array<ArrayBuffer>,
  isPartial: boolean,
): Generator<void, OwnParts> {
  // Whom the words of a row without a trace id are about depends on the rows that are there now.
  if (table.hasHomeless) yield* table.settleInSteps();
  const facts = table.hasHomeless ? table.factsOf(id, group) : undefined;
  const problems = new SpanProblems();
  const places = yield* distinctRows(table, group, problems);
  const extent: Extent = { first: Infinity, last: -Infinity, running: 0, unstarted: 0 };
  const notes: Notes = { extent, problems, isPartial };
  const family: Family = { parents: new Int32Array(places.length), starts: new Float64Array(places.length) };
  yield* relate(table, places, 0, family, notes);
  return yield* ordered({ id, table, facts }, places, family, notes);
}

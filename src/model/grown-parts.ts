import { isRunning, isSameSpan } from './distinct-rows.js';
import { SpanProblems } from './span-problems.js';
import type { SpanTree } from './span-tree.js';
import { stepsOf } from './steps.js';
import { noteTimes, ordered, parentOf, relate, type Family, type Notes, type OwnParts } from './trace-parts.js';

/**
 * The parts of a trace to which rows were added: ids and parents are looked up of the new ones only. What comes out is what
 * `partsOf` makes of all rows. Of the parts that it is given, `places` grows with it, once.
 *
 * @returns `undefined` where it has to be done from the beginning: an id has come twice, or is missing, or a circle was cut
 */
export function* grownParts(parts: OwnParts, added: readonly number[]): Generator<void, OwnParts | undefined> {
  const { table, places, tree, positions } = parts;
  const count = positions.length;
  if (tree.cut.length > 0 || places.madeIds.size > 0 || places.length > count) return undefined;
  const extent = { ...parts.extent };
  /** Places of spans that ran, and have come again. */
  const replaced = new Set<number>();
  /** Whether a row is a new span, or another state of one that was running. */
  const fits = (row: number): boolean => {
    if (!table.hasId(row)) return false;
    const place = places.index.add(row);
    if (place < 0) return true;
    const known = places.rowAt(place);
    if (!isSameSpan(table, known, row)) return false;
    if (!isRunning(table, known)) return isRunning(table, row);
    if (table.parentIds.at(known) !== table.parentIds.at(row)) return false;
    places.replace(place, row);
    if (place < count) replaced.add(place);
    return true;
  };
  for (const [from, to] of stepsOf(added.length)) {
    for (let at = from; at < to; at++) if (!fits(added[at]!)) return undefined;
    yield;
  }
  extent.running -= replaced.size;
  const changed = new Set([...replaced, ...newlyBelow(parts)]);
  const family: Family = { parents: new Int32Array(places.length), starts: new Float64Array(places.length) };
  yield* familyAgain(parts, family);
  const found = new SpanProblems();
  const notes: Notes = { extent, problems: found, isPartial: false };
  /** For spans that were counted before. */
  const uncounted: Notes = { ...notes, extent: { ...extent } };
  for (const place of [...changed].sort((one, other) => one - other)) {
    const row = places.rowAt(place);
    noteTimes(place, table.starts[row]!, table.ends[row]!, replaced.has(place) ? notes : uncounted);
    family.parents[place] = parentOf(table, places, place, notes);
  }
  yield* relate(table, places, count, family, notes);
  const problems = parts.problems.grown(changed, found);
  return yield* ordered(parts, places, family, { extent, problems, isPartial: false });
}

/** Roots whose parent has come. */
function newlyBelow({ table, places, tree }: OwnParts): number[] {
  const found: number[] = [];
  for (let root = 0; root < tree.nodes.length; root += tree.size[root]!) {
    const place = tree.nodes[root]!;
    const row = places.rowAt(place);
    if (!table.namesParent(row)) continue;
    const parent = places.parentOf(table, row);
    if (parent >= 0 && parent !== place) found.push(place);
  }
  return found;
}

/** The family as it was before. */
function* familyAgain({ table, tree, rows }: OwnParts, { parents, starts }: Family): Generator<void, void> {
  const { nodes, parent }: SpanTree = tree;
  const { starts: startOf } = table;
  const take = (from: number, to: number): void => {
    for (let position = from; position < to; position++) {
      const place = nodes[position]!;
      const above = parent[position]!;
      parents[place] = above < 0 ? -1 : nodes[above]!;
      starts[place] = startOf[rows[position]!]!;
    }
  };
  for (const [from, to] of stepsOf(nodes.length)) {
    take(from, to);
    yield;
  }
}

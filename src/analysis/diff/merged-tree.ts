import type { Trace } from '../../model/index.js';
import { spanTreeInSteps, type SpanTree } from '../../model/span-tree.js';
import type { Matches } from './match-spans.js';

/** The spans of two traces in one tree. */
export interface MergedTree {
  readonly tree: SpanTree;
  /** The position in the trace before, by the position in the tree; -1 for a span that was added. */
  readonly before: Int32Array;
  /** The same in the trace after; -1 for a span that is missing. */
  readonly after: Int32Array;
}

/** The tree of the trace after, with what is missing where it was: behind the sibling that was before it. */
export function* mergedTreeInSteps(before: Trace, after: Trace, matches: Matches): Generator<undefined, MergedTree> {
  const count = after.spans.length;
  const missing: number[] = [];
  const nodeOf = matches.after.slice();
  for (let position = 0; position < nodeOf.length; position++) {
    if (nodeOf[position]! >= 0) continue;
    nodeOf[position] = count + missing.length;
    missing.push(position);
  }
  const parents = new Int32Array(count + missing.length);
  /** The order among siblings: a missing one has that of the sibling before it. */
  const order = new Float64Array(parents.length);
  parents.set(after.tree.parent);
  for (let other = 0; other < count; other++) order[other] = after.tree.siblingIndex[other]!;
  /** The order of the last child that was passed, by the parent's position and one. */
  const lastPassed = new Float64Array(nodeOf.length + 1).fill(-1);
  for (let position = 0; position < nodeOf.length; position++) {
    const node = nodeOf[position]!;
    const parent = before.tree.parent[position]!;
    const above = parent < 0 ? -1 : nodeOf[parent]!;
    if (node >= count) {
      parents[node] = above;
      order[node] = lastPassed[parent + 1]!;
    } else if (parents[node] === above) lastPassed[parent + 1] = order[node]!;
  }
  yield;
  const building = spanTreeInSteps(parents, order);
  let step = building.next();
  for (; !step.done; step = building.next()) yield;
  const tree = step.value;
  const result = { tree, before: new Int32Array(parents.length), after: new Int32Array(parents.length) };
  tree.nodes.forEach((node, position) => {
    result.before[position] = node < count ? matches.before[node]! : missing[node - count]!;
    result.after[position] = node < count ? node : -1;
  });
  return result;
}

import type { SpanTree, Trace } from '../model/index.js';
import { spanTree } from '../model/span-tree.js';
import { GROUP, MISSING, SPAN, type ArrangedTree, type Arrangement } from './arrangement.js';
import type { HiddenSpans } from './span-noise.js';

/**
 * So many neighbours of one name and kind are a group. Fewer are seen at a glance, and a row more would hardly be shorter than
 * they are.
 */
export const FEWEST_ALIKE = 4;

/** The tree to show; `undefined` where it is that of the trace. Linear, as `spanTree`. */
export function arrangedTree(trace: Trace, { hidden, isGrouped, showsMissing }: Arrangement): ArrangedTree | undefined {
  const orphans = showsMissing ? orphansOf(trace) : undefined;
  let arranged = hidden || orphans ? thinned(trace, hidden, orphans) : undefined;
  if (isGrouped) arranged = grouped(trace, arranged) ?? arranged;
  return arranged;
}

/** The ids of parents that are not in the trace, by the positions of the roots that name them. */
function orphansOf(trace: Trace): ReadonlyMap<number, string> | undefined {
  const orphans = new Map<number, string>();
  const { size } = trace.tree;
  const { parentIds } = trace.table;
  for (let position = 0; position < size.length; position += size[position]!) {
    const parentId = parentIds.at(trace.rowAt(position));
    // Of spans that are their own ancestors, one was made a root although its parent is there.
    if (parentId !== '' && !trace.span(parentId)) orphans.set(position, parentId);
  }
  return orphans.size ? orphans : undefined;
}

/** Without what is hidden, and with a place for each parent that is missing. */
function thinned(
  trace: Trace,
  hidden: HiddenSpans | undefined,
  orphans: ReadonlyMap<number, string> | undefined,
): ArrangedTree {
  const { parent } = trace.tree;
  const { starts } = trace.table;
  const count = parent.length;
  const missing = new Set(orphans?.values());
  const nodeCount = count - (hidden?.count ?? 0) + missing.size;
  const parents = new Int32Array(nodeCount).fill(-1);
  const moments = new Float64Array(nodeCount);
  const positions = new Uint32Array(nodeCount);
  /** The node of each position: of a hidden one that of the nearest one around it, or -1. */
  const nodes = new Int32Array(count);
  const missingNodes = new Map<string, number>();
  let next = 0;
  let nextMissing = nodeCount - missing.size;
  for (let position = 0; position < count; position++) {
    const up = parent[position]!;
    let around = up < 0 ? -1 : nodes[up]!;
    const parentId = orphans?.get(position);
    const start = starts[trace.rowAt(position)]!;
    if (parentId !== undefined) {
      let node = missingNodes.get(parentId);
      if (node === undefined) {
        missingNodes.set(parentId, (node = nextMissing++));
        // The first root of a parent begins first.
        moments[node] = start;
        positions[node] = position;
      }
      around = node;
    }
    if (hidden?.bits[position]) {
      nodes[position] = around;
      continue;
    }
    parents[next] = around;
    moments[next] = start;
    positions[next] = position;
    nodes[position] = next++;
  }
  const tree = spanTree(parents, moments);
  return placed(tree, positions, nodes, (node) => (node >= nodeCount - missing.size ? MISSING : SPAN));
}

/** With the runs of neighbours that are alike as groups; `undefined` where there are none. */
function grouped(trace: Trace, before: ArrangedTree | undefined): ArrangedTree | undefined {
  const { tree } = before ?? trace;
  const count = tree.nodes.length;
  const { names, kinds } = trace.table;
  const positionAt = (place: number): number => (before ? tree.nodes[place]! : place);
  /** The first place of each group, and behind it how many there are. */
  const runs: number[] = [];
  for (let first = 0; first < count; first++) {
    if (tree.siblingIndex[first] !== 0) continue;
    const above = tree.parent[first]!;
    const end = above < 0 ? count : above + tree.size[above]!;
    let begin = first;
    let alike = 0;
    let name: string | undefined;
    let kind: string | undefined;
    for (let place = first; place < end; place += tree.size[place]!) {
      const row = trace.rowAt(positionAt(place));
      const isSpan = !before || before.marks[place] === SPAN;
      if (isSpan && alike > 0 && names[row] === name && kinds[row] === kind) {
        alike++;
        continue;
      }
      if (alike >= FEWEST_ALIKE) runs.push(begin, alike);
      begin = place;
      alike = isSpan ? 1 : 0;
      name = names[row];
      kind = kinds[row];
    }
    if (alike >= FEWEST_ALIKE) runs.push(begin, alike);
  }
  if (runs.length === 0) return undefined;

  const nodeCount = count + runs.length / 2;
  const parents = new Int32Array(nodeCount);
  const order = new Float64Array(nodeCount);
  const positions = new Uint32Array(nodeCount);
  parents.set(tree.parent);
  for (let place = 0; place < count; place++) {
    order[place] = place;
    positions[place] = positionAt(place);
  }
  for (let run = 0; run < runs.length; run += 2) {
    const group = count + run / 2;
    let place = runs[run]!;
    parents[group] = tree.parent[place]!;
    order[group] = place - 0.5;
    positions[group] = positions[place]!;
    for (let at = 0; at < runs[run + 1]!; at++, place += tree.size[place]!) parents[place] = group;
  }
  const marks = before?.marks;
  return placed(spanTree(parents, order), positions, before?.places, (node) =>
    node >= count ? GROUP : (marks?.[node] ?? SPAN),
  );
}

/**
 * The tree with positions in place of nodes.
 *
 * @param positions the position of each node
 * @param nodes the node of each position; that of the same number where it is absent
 */
function placed(
  tree: SpanTree,
  positions: Uint32Array,
  nodes: Int32Array | undefined,
  markOf: (node: number) => number,
): ArrangedTree {
  const count = tree.nodes.length;
  const placeOf = new Int32Array(count);
  const marks = new Uint8Array(count);
  const spans = new Uint32Array(count);
  for (let place = 0; place < count; place++) {
    const node = tree.nodes[place]!;
    placeOf[node] = place;
    marks[place] = markOf(node);
    spans[place] = positions[node]!;
  }
  const places = nodes ? nodes.map((node) => (node < 0 ? -1 : placeOf[node]!)) : placeOf;
  return { tree: { ...tree, nodes: spans }, marks, places };
}

import type { TraceDiff } from '../../analysis/index.js';
import { errorsBefore, TreeRows } from '../../internal/tree-rows.js';
import type { SpanTree } from '../../model/index.js';

/** The rows of a diff: of all spans, or of those that changed and what they are inside of. */
export class ShownRows {
  readonly rows: TreeRows;
  readonly onlyChanges: boolean;
  readonly #diff: TraceDiff;
  /** The place in the merged tree of each place in the tree that is shown; absent where all are shown. */
  readonly #places: Uint32Array | undefined;
  /** How many of the first spans changed, by their number. */
  #changesBefore: Uint32Array | undefined;
  /** The changes that were known then. */
  #changeCount = 0;

  constructor(diff: TraceDiff, onlyChanges: boolean) {
    this.#diff = diff;
    this.onlyChanges = onlyChanges;
    this.#places = onlyChanges ? changedPlaces(diff) : undefined;
    this.rows = new TreeRows(this.#places ? partOf(diff.tree, this.#places) : diff.tree);
  }

  /** The place in the merged tree of a place in the tree that is shown. */
  placeOf(position: number): number {
    return this.#places ? this.#places[position]! : position;
  }

  /** The other way round; -1 for a span that is not shown. */
  positionOf(place: number): number {
    const places = this.#places;
    if (!places) return place;
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (places[middle]! < place) low = middle + 1;
      else high = middle;
    }
    return places[low] === place ? low : -1;
  }

  /** Changes inside a closed span. */
  changesInside(position: number): number {
    if (!this.rows.isClosed(position)) return 0;
    const { tree } = this.#diff;
    if (!this.#changesBefore || this.#changeCount !== this.#diff.changeCount) {
      this.#changesBefore = errorsBefore(tree, (place) => this.#diff.changeAt(place) !== 'equal');
      this.#changeCount = this.#diff.changeCount;
    }
    const place = this.placeOf(position);
    return this.#changesBefore[place + tree.size[place]!]! - this.#changesBefore[place + 1]!;
  }
}

function changedPlaces(diff: TraceDiff): Uint32Array {
  const { parent } = diff.tree;
  const isShown = new Uint8Array(parent.length);
  for (let place = 0; place < parent.length; place++) {
    if (diff.changeAt(place) === 'equal') continue;
    for (let at = place; at >= 0 && !isShown[at]; at = parent[at]!) isShown[at] = 1;
  }
  const places: number[] = [];
  isShown.forEach((shown, place) => {
    if (shown) places.push(place);
  });
  return Uint32Array.from(places);
}

/** A tree of some of the spans of another one: with each, all that it is inside of. */
function partOf(whole: SpanTree, places: Uint32Array): SpanTree {
  const count = places.length;
  const positions = new Map<number, number>();
  const parent = new Int32Array(count);
  const depth = new Uint32Array(count);
  const size = new Uint32Array(count).fill(1);
  const childCount = new Uint32Array(count);
  const siblingIndex = new Uint32Array(count);
  let rootCount = 0;
  places.forEach((place, position) => {
    positions.set(place, position);
    const above = whole.parent[place]! < 0 ? -1 : positions.get(whole.parent[place]!)!;
    parent[position] = above;
    depth[position] = whole.depth[place]!;
    siblingIndex[position] = above < 0 ? rootCount++ : childCount[above]!++;
  });
  for (let position = count - 1; position >= 0; position--) {
    if (parent[position]! >= 0) size[parent[position]!]! += size[position]!;
  }
  const nodes = Uint32Array.from(places.keys());
  return { nodes, parent, depth, size, childCount, siblingIndex, rootCount, cut: [] };
}

/** What a flame chart is laid out from: spans in tree order, parents before children. Times in any one unit. */
export interface FlameSpans {
  /** `NaN` for a span without times: it is not drawn, and what is inside it moves up. */
  readonly starts: Float64Array;
  /** Not before the start; `Infinity` for a span that runs. */
  readonly ends: Float64Array;
  /** Position of the parent, -1 for a root. */
  readonly parent: Int32Array;
  /** Number of spans in the subtree, the span itself included. */
  readonly size: Uint32Array;
}

/**
 * Which lane each span is drawn in. The spans of a lane follow one another in time and never overlap, so that a moment in it is
 * found by binary search. An entry is a span that is drawn; entries are numbered lane by lane, and by time in a lane.
 */
export interface FlameLayout {
  readonly laneCount: number;
  /** First entry of each lane, and at the end the number of entries. */
  readonly first: Uint32Array;
  /** Position of each entry in the tree. */
  readonly positions: Uint32Array;
  readonly starts: Float64Array;
  /** They ascend in a lane, as the starts do. */
  readonly ends: Float64Array;
  /** Lane of each position that is drawn. */
  readonly lanes: Uint32Array;
}

/**
 * Every span lies below its parent. Siblings that follow one another share a lane; of those that overlap, the later one begins
 * as far down as everything inside it has room. Iterative; the work for a span depends on how many lanes are in it, not on how
 * many spans.
 */
export function flameLayout({ starts, ends, parent, size }: FlameSpans): FlameLayout {
  const count = starts.length;
  const packer = new SiblingPacker(starts, ends, size);
  // Children have greater positions: backwards, what is in all children is known before their parent is asked for.
  for (let position = count - 1; position >= 0; position--) packer.pack(position);
  packer.packRoots();

  const { offsets } = packer;
  const lanes = new Uint32Array(count);
  let laneCount = 0;
  for (let position = 0; position < count; position++) {
    const above = parent[position]!;
    const top = above < 0 ? 0 : lanes[above]! + (Number.isNaN(starts[above]!) ? 0 : 1);
    const lane = top + offsets[position]!;
    lanes[position] = lane;
    if (lane >= laneCount && !Number.isNaN(starts[position]!)) laneCount = lane + 1;
  }
  return inLanes(starts, ends, lanes, laneCount);
}

/** Puts the spans in the order of their lanes: a counting sort, as in a lane the order of the tree is that of time. */
export function inLanes(starts: Float64Array, ends: Float64Array, lanes: Uint32Array, laneCount: number): FlameLayout {
  const first = new Uint32Array(laneCount + 1);
  let drawn = 0;
  for (let position = 0; position < starts.length; position++) {
    if (Number.isNaN(starts[position]!)) continue;
    first[lanes[position]! + 1]!++;
    drawn++;
  }
  for (let lane = 0; lane < laneCount; lane++) first[lane + 1]! += first[lane]!;
  const next = first.slice();
  const positions = new Uint32Array(drawn);
  const startsInLanes = new Float64Array(drawn);
  const endsInLanes = new Float64Array(drawn);
  for (let position = 0; position < starts.length; position++) {
    if (Number.isNaN(starts[position]!)) continue;
    const entry = next[lanes[position]!]!++;
    positions[entry] = position;
    startsInLanes[entry] = starts[position]!;
    endsInLanes[entry] = ends[position]!;
  }
  return { laneCount, first, positions, starts: startsInLanes, ends: endsInLanes, lanes };
}

/** Places that are tried for a span that overlaps its siblings: from the top, and from where the last one was put. */
const MOST_TRIES = 64;

/**
 * Finds room for the children of a span, each with everything inside it.
 *
 * Of each subtree it keeps when its lanes begin to be used, and when they are free again. A subtree has no more lanes than spans, so that the lanes of
 * the subtree at position `p` stand from `p` on, and those of a first child are already where its parent needs them.
 */
class SiblingPacker {
  /** How many lanes below the first one for its siblings each span begins. */
  readonly offsets: Uint32Array;
  /** Lanes that a span takes with everything inside it. */
  readonly #heights: Uint32Array;
  readonly #froms: Float64Array;
  readonly #tos: Float64Array;
  /** When the last span of each lane begins. */
  readonly #lasts: Float64Array;
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  readonly #size: Uint32Array;

  constructor(starts: Float64Array, ends: Float64Array, size: Uint32Array) {
    const count = starts.length;
    this.offsets = new Uint32Array(count);
    this.#heights = new Uint32Array(count);
    this.#froms = new Float64Array(count);
    this.#tos = new Float64Array(count);
    this.#lasts = new Float64Array(count);
    this.#starts = starts;
    this.#ends = ends;
    this.#size = size;
  }

  packRoots(): void {
    this.#place(0, this.#size.length);
  }

  /** Places the children of a span, and works out the lanes of its subtree. */
  pack(position: number): void {
    const froms = this.#froms;
    const tos = this.#tos;
    const top = position + 1;
    const height = this.#place(top, position + this.#size[position]!);
    if (Number.isNaN(this.#starts[position]!)) {
      froms.copyWithin(position, top, top + height);
      tos.copyWithin(position, top, top + height);
      this.#lasts.copyWithin(position, top, top + height);
      this.#heights[position] = height;
    } else {
      froms[position] = this.#lasts[position] = this.#starts[position]!;
      tos[position] = this.#ends[position]!;
      this.#heights[position] = height + 1;
    }
  }

  /** Places siblings, the first of which is at `top`, one below the other in lanes from there on. Returns how many they take. */
  #place(top: number, end: number): number {
    const froms = this.#froms;
    const tos = this.#tos;
    const heights = this.#heights;
    let height = 0;
    // Nothing that was placed ends later, or begins later.
    let to = -Infinity;
    let from = -Infinity;
    let hint = 0;
    for (let child = top; child < end; child += this.#size[child]!) {
      const own = heights[child]!;
      let first = Infinity;
      let last = -Infinity;
      for (let lane = child; lane < child + own; lane++) {
        if (froms[lane]! < first) first = froms[lane]!;
        if (tos[lane]! > last) last = tos[lane]!;
      }
      let offset = 0;
      if (first < to || first <= from) offset = hint = this.#offsetFor(child, own, top, height, hint);
      this.offsets[child] = offset;
      // Never beyond what is read: the lanes before a child are no more than the spans before it.
      for (let lane = 0; lane < own; lane++) {
        const at = top + offset + lane;
        const isNew = offset + lane >= height;
        if (isNew || froms[child + lane]! < froms[at]!) froms[at] = froms[child + lane]!;
        if (isNew || tos[child + lane]! >= tos[at]!) {
          tos[at] = tos[child + lane]!;
          this.#lasts[at] = this.#lasts[child + lane]!;
        }
      }
      height = Math.max(height, offset + own);
      to = Math.max(to, last);
      from = Math.max(from, first);
    }
    return height;
  }

  /** The first place that is tried where a subtree has room, or the one below all others. */
  #offsetFor(child: number, own: number, top: number, height: number, hint: number): number {
    const most = Math.min(height, MOST_TRIES);
    for (let offset = 0; offset < most; offset++) if (this.#fits(child, own, top, height, offset)) return offset;
    const last = Math.min(height, hint + MOST_TRIES);
    for (let offset = Math.max(most, hint); offset < last; offset++) {
      if (this.#fits(child, own, top, height, offset)) return offset;
    }
    return height;
  }

  #fits(child: number, own: number, top: number, height: number, offset: number): boolean {
    const tos = this.#tos;
    const shared = Math.min(own, height - offset);
    for (let lane = 0; lane < shared; lane++) {
      const busy = tos[top + offset + lane]!;
      const from = this.#froms[child + lane]!;
      // Of two that begin together, one that takes no time would hide behind the other.
      if (busy > from || (busy === from && this.#lasts[top + offset + lane] === from)) return false;
    }
    return true;
  }
}

import { inLanes, type FlameLayout } from './flame-layout.js';

/** What an icicle is laid out from: spans in tree order, parents before children. */
export interface IcicleSpans {
  /** `NaN` for a span that is not drawn: what is inside it moves up. */
  readonly durations: Float64Array;
  /** Position of the parent, -1 for a root. */
  readonly parent: Int32Array;
}

/**
 * Every span lies below its parent and inside its width; siblings stand beside one another in the order of the tree. A span is as
 * wide as it took long, or as all that is directly inside it took together where that is more, as things may run at the same time.
 * What is left of a parent behind its children is its own.
 */
export function icicleLayout({ durations, parent }: IcicleSpans): FlameLayout {
  const count = durations.length;
  const widths = new Float64Array(count);
  // Children have greater positions: backwards, all that is in a span is summed up before it is its turn.
  for (let position = count - 1; position >= 0; position--) {
    const width = Math.max(widths[position]!, durations[position]! || 0);
    widths[position] = width;
    const above = parent[position]!;
    if (above >= 0) widths[above]! += width;
  }
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  const lanes = new Uint32Array(count);
  /** Where the next child of each span begins. */
  const next = new Float64Array(count);
  let nextRoot = 0;
  let laneCount = 0;
  for (let position = 0; position < count; position++) {
    const above = parent[position]!;
    const start = above < 0 ? nextRoot : next[above]!;
    const end = start + widths[position]!;
    if (above < 0) nextRoot = end;
    else next[above] = end;
    next[position] = start;
    const isDrawn = !Number.isNaN(durations[position]!);
    starts[position] = isDrawn ? start : NaN;
    ends[position] = end;
    const lane = above < 0 ? 0 : lanes[above]! + (Number.isNaN(starts[above]!) ? 0 : 1);
    lanes[position] = lane;
    if (isDrawn && lane >= laneCount) laneCount = lane + 1;
  }
  return inLanes(starts, ends, lanes, laneCount);
}

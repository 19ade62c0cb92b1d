import { entryAt, entryNear } from '../../internal/flame-lanes.js';
import { AXIS_HEIGHT, columnsOf, LANE_HEIGHT, type FlameView } from './flame-view.js';

/** A span is hit from so far, in CSS pixels. */
const REACH = 4;
/** Beyond it, what matters is that there are many. */
const MOST_OTHERS = 999;

export interface Hit {
  readonly position: number;
  /** Spans that are as near, because all of them are in one column. */
  readonly others: number;
  /** The place that was asked for. */
  readonly x: number;
  readonly y: number;
}

/** The span that is drawn at a place of the chart, in CSS pixels, or just beside it. Found by binary search in its lane. */
export function hitAt({ flame, size, range, scrolled }: FlameView, x: number, y: number): Hit | undefined {
  if (y < AXIS_HEIGHT || x < 0 || y > size.height || x > size.width) return undefined;
  const { layout } = flame;
  const lane = Math.floor((y - AXIS_HEIGHT + scrolled) / LANE_HEIGHT);
  const { from, perColumn } = columnsOf(range, size);
  const left = from + Math.floor(x * size.ratio) * perColumn;
  const drawn = entryAt(layout, lane, left, left + perColumn);
  const entry = drawn >= 0 ? drawn : entryNear(layout, lane, left, REACH * size.ratio * perColumn);
  if (entry < 0) return undefined;
  let others = 0;
  for (let other = entry + 1; others < MOST_OTHERS && other < layout.first[lane + 1]!; other++) {
    if (layout.starts[other]! >= left + perColumn) break;
    others++;
  }
  return { position: layout.positions[entry]!, others, x, y };
}

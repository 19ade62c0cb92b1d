import type { SpanTree } from '../model/index.js';
import type { HiddenSpans } from './span-noise.js';

/** What stands at a place: a span; a group of spans that follow one another; a parent that is not there yet. */
export const SPAN = 0;
export const GROUP = 1;
export const MISSING = 2;

/** How the spans of a trace are to be shown, where that is not as they are. */
export interface Arrangement {
  /** Left out; what is inside them moves up to the nearest span that is shown. */
  readonly hidden: HiddenSpans | undefined;
  /** Whether neighbours that are alike become one place that they are inside of. */
  readonly isGrouped: boolean;
  /** Whether roots whose parent is not there are put below a place that stands for it. */
  readonly showsMissing: boolean;
}

/** A tree of places, which are numbers from 0: spans, and what spans are put together in. */
export interface ArrangedTree {
  /** At each place the position of its span; of a place that is no span that of the first one in it. */
  readonly tree: SpanTree;
  /** What stands at each place. */
  readonly marks: Uint8Array;
  /** The place of each position: of a hidden span that of the nearest one around it that is shown, -1 where there is none. */
  readonly places: Int32Array;
}

import { entryOf } from '../../internal/flame-lanes.js';
import { flameLayout, type FlameLayout } from '../../internal/flame-layout.js';
import type { TimeRange } from '../../internal/flame-range.js';
import { icicleLayout } from '../../internal/icicle-layout.js';
import type { HiddenSpans } from '../../internal/span-noise.js';
import type { TimeMap } from '../../internal/time-map.js';
import { SPAN_KINDS, type SpanKind, type Trace } from '../../model/index.js';
import type { TimelineLayout } from '../events/index.js';

/**
 * A trace as a flame chart or an icicle. Its lanes lie along places: milliseconds from the start of the trace, or what a map makes
 * of them; in an icicle, milliseconds of spans beside one another.
 */
export interface Flame {
  readonly layout: FlameLayout;
  /** Where moments are drawn, if not where they are. */
  readonly map: TimeMap | undefined;
  /** How long an icicle is; `undefined` for a flame chart, which is as long as its trace by now. */
  readonly length: number | undefined;
  /** What each entry is: its place among `SPAN_KINDS`. */
  readonly kinds: Uint8Array;
  /** Entries of spans that failed, ascending. */
  readonly errors: Uint32Array;
  /** The kinds that are drawn, in the order of `SPAN_KINDS`. */
  readonly drawnKinds: readonly SpanKind[];
  /** Spans that have no times and so no place. */
  readonly untimed: number;
}

/** What of a trace is drawn, and how. */
export interface FlameOptions {
  readonly layout?: TimelineLayout;
  /** How time is drawn in a flame chart. */
  readonly map?: TimeMap | undefined;
  /** Spans that are left out; what is inside them moves up. */
  readonly hidden?: HiddenSpans | undefined;
}

const KIND_NUMBERS: ReadonlyMap<SpanKind, number> = new Map(SPAN_KINDS.map((kind, number) => [kind, number]));

/** The places that a span is drawn between, `Infinity` for the end of one that runs; `undefined` for one that is not drawn. */
export function boxOf({ layout }: Flame, position: number): TimeRange | undefined {
  const entry = entryOf(layout, position);
  return entry < 0 ? undefined : { start: layout.starts[entry]!, end: layout.ends[entry]! };
}

export function flameOf(trace: Trace, { layout: kind = 'time', map, hidden }: FlameOptions = {}): Flame {
  const { table, tree, startTime, duration } = trace;
  const isIcicle = kind === 'icicle';
  const count = trace.spans.length;
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  let untimed = 0;
  for (let position = 0; position < count; position++) {
    const row = trace.rowAt(position);
    const start = table.starts[row]! - startTime;
    const end = table.ends[row]! - startTime;
    const isHidden = hidden?.bits[position] === 1;
    if (Number.isNaN(start) && !isHidden) untimed++;
    // One that ends before it begins takes the time that it claims.
    starts[position] = isHidden ? NaN : end < start ? end : start;
    ends[position] = end < start ? start : Number.isNaN(end) ? Infinity : end;
  }
  if (isIcicle) {
    // What runs is as long as is known.
    for (let position = 0; position < count; position++) {
      starts[position] = Math.min(ends[position]!, Math.max(duration, starts[position]!)) - starts[position]!;
    }
  } else if (map) {
    for (let position = 0; position < count; position++) {
      starts[position] = map.placeOf(starts[position]!);
      if (ends[position] !== Infinity) ends[position] = map.placeOf(ends[position]!);
    }
  }
  const layout = isIcicle
    ? icicleLayout({ durations: starts, parent: tree.parent })
    : flameLayout({ starts, ends, parent: tree.parent, size: tree.size });
  return {
    layout,
    map: isIcicle ? undefined : map,
    length: isIcicle ? layout.ends.reduce((most, end) => Math.max(most, end), 0) : undefined,
    untimed,
    ...looksOf(trace, layout),
  };
}

function looksOf(trace: Trace, { positions }: FlameLayout): Pick<Flame, 'kinds' | 'errors' | 'drawnKinds'> {
  const { table } = trace;
  const kinds = new Uint8Array(positions.length);
  const errors: number[] = [];
  const isDrawn = new Uint8Array(SPAN_KINDS.length);
  positions.forEach((position, entry) => {
    const row = trace.rowAt(position);
    const kind = KIND_NUMBERS.get(table.kinds[row]!)!;
    isDrawn[kind] = 1;
    kinds[entry] = kind;
    if (table.statuses[row] === 'error') errors.push(entry);
  });
  return { kinds, errors: Uint32Array.from(errors), drawnKinds: SPAN_KINDS.filter((_, kind) => isDrawn[kind]) };
}

/** Where a span waited for its first token up to. In an icicle there is no such place. */
export function firstTokenAt({ map, length }: Flame, trace: Trace, position: number): number | undefined {
  const { timeToFirstToken } = trace.spanAt(position);
  if (timeToFirstToken === undefined || length !== undefined) return undefined;
  const at = trace.table.starts[trace.rowAt(position)]! - trace.startTime + timeToFirstToken;
  return map ? map.placeOf(at) : at;
}

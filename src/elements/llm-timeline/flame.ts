import { flameLayout, type FlameLayout } from '../../internal/flame-layout.js';
import { SPAN_KINDS, type SpanKind, type Trace } from '../../model/index.js';

/** A trace as a flame chart. Times are milliseconds from the start of the trace. */
export interface Flame {
  readonly layout: FlameLayout;
  /** What each entry is: its place among `SPAN_KINDS`. */
  readonly kinds: Uint8Array;
  /** Entries of spans that failed, ascending. */
  readonly errors: Uint32Array;
  /** The kinds that are drawn, in the order of `SPAN_KINDS`. */
  readonly drawnKinds: readonly SpanKind[];
  /** Spans that have no times and so no place. */
  readonly untimed: number;
}

const KIND_NUMBERS: ReadonlyMap<SpanKind, number> = new Map(SPAN_KINDS.map((kind, number) => [kind, number]));

/** Times of a span from the start of its trace; one that ends before it begins takes the time that it claims. */
export interface SpanTimes {
  readonly start: number;
  /** `Infinity` for a span that runs. */
  readonly end: number;
}

/** `undefined` for a span without times. */
export function timesOf(trace: Trace, position: number): SpanTimes | undefined {
  const row = trace.rowAt(position);
  const start = trace.table.starts[row]! - trace.startTime;
  if (Number.isNaN(start)) return undefined;
  const end = trace.table.ends[row]! - trace.startTime;
  if (Number.isNaN(end)) return { start, end: Infinity };
  return end < start ? { start: end, end: start } : { start, end };
}

export function flameOf(trace: Trace): Flame {
  const { table, tree, startTime } = trace;
  const count = trace.spans.length;
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  for (let position = 0; position < count; position++) {
    const row = trace.rowAt(position);
    const start = table.starts[row]! - startTime;
    const end = table.ends[row]! - startTime;
    // As `timesOf`, without an object for each of a million.
    starts[position] = end < start ? end : start;
    ends[position] = end < start ? start : Number.isNaN(end) ? Infinity : end;
  }
  const layout = flameLayout({ starts, ends, parent: tree.parent, size: tree.size });
  const { positions } = layout;
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
  return {
    layout,
    kinds,
    errors: Uint32Array.from(errors),
    drawnKinds: SPAN_KINDS.filter((_, kind) => isDrawn[kind]),
    untimed: count - positions.length,
  };
}

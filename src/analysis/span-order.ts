import { stepsOf } from '../model/steps.js';
import { sortedPlaces } from './sorted-places.js';
import type { RollUps } from './roll-ups.js';

/** What spans can be sorted by. */
export const SPAN_COLUMNS = [
  'name',
  'kind',
  'start',
  'duration',
  'own',
  'tokens',
  'cost',
  'status',
  'model',
  'service',
] as const;

export type SpanColumn = (typeof SPAN_COLUMNS)[number];

/**
 * The positions of the spans of a trace, sorted by a column. Those that state nothing come last, whatever the direction; those
 * that are equal stand as in the tree. Can rest on the way.
 */
export function* spanOrder(
  rollUps: RollUps,
  column: SpanColumn,
  isDescending: boolean,
): Generator<undefined, Uint32Array> {
  const keys = yield* keysOf(rollUps, column);
  return yield* sorted(keys, isDescending);
}

/**
 * The figure of a span in a column: tokens and cost are those that it states itself, times are milliseconds; `NaN` where there is
 * none. A cost that the trace does not state is estimated where there are prices.
 */
export function figureOf(
  rollUps: RollUps,
  column: 'start' | 'duration' | 'own' | 'tokens' | 'cost',
  position: number,
): number {
  const { trace } = rollUps;
  const { table } = trace;
  const row = trace.rowAt(position);
  switch (column) {
    case 'start':
      return table.starts[row]! - trace.startTime;
    case 'duration':
      return table.ends[row]! - table.starts[row]!;
    case 'own':
      return rollUps.selfTimes[position]!;
    case 'tokens':
      return table.tokensAt(row) ?? NaN;
    case 'cost':
      return table.costAt(row) ?? rollUps.added(position, rollUps.cost, rollUps.costCounting);
  }
}

/** A number for each span by which it is sorted; for texts their place among all. */
function* keysOf(rollUps: RollUps, column: SpanColumn): Generator<undefined, Float64Array> {
  const { trace } = rollUps;
  const { table } = trace;
  const count = trace.spans.length;
  const keys = new Float64Array(count);
  switch (column) {
    case 'start':
    case 'duration':
    case 'own':
    case 'tokens':
    case 'cost':
      for (const [from, to] of stepsOf(count)) {
        for (let position = from; position < to; position++) keys[position] = figureOf(rollUps, column, position);
        yield;
      }
      return keys;
  }
  const texts = {
    name: table.names,
    kind: table.kinds,
    status: table.statuses,
    model: table.models,
    service: table.services,
  }[column] as { at(row: number): string | undefined };
  const places = new Map<string, number>();
  for (const [from, to] of stepsOf(count)) {
    for (let position = from; position < to; position++) {
      const text = texts.at(trace.rowAt(position)) ?? '';
      let place = places.get(text);
      if (place === undefined) places.set(text, (place = places.size));
      keys[position] = text === '' || (column === 'status' && text === 'unset') ? NaN : place;
    }
    yield;
  }
  const distinct = [...places.keys()];
  const order = yield* sortedPlaces(distinct.length, (one, other) => (distinct[one]! < distinct[other]! ? -1 : 1));
  const ranks = new Float64Array(distinct.length);
  order.forEach((place, rank) => (ranks[place] = rank));
  for (const [from, to] of stepsOf(count)) {
    for (let position = from; position < to; position++) keys[position] = ranks[keys[position]!] ?? NaN;
    yield;
  }
  return keys;
}

function sorted(keys: Float64Array, isDescending: boolean): Generator<undefined, Uint32Array> {
  const direction = isDescending ? -1 : 1;
  return sortedPlaces(keys.length, (one, other) => {
    const x = keys[one]!;
    const y = keys[other]!;
    if (x < y) return -direction;
    if (x > y) return direction;
    const isOpen = Number.isNaN(x);
    return isOpen === Number.isNaN(y) ? one - other : isOpen ? 1 : -1;
  });
}

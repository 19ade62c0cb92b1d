import { tracesOfHomeless } from './homeless-rows.js';
import type { SpanTable } from './span-table.js';
import { stepsOf } from './steps.js';

/**
 * The first so many rows of a table by the trace that they belong to. A row without a trace id joins the only trace there
 * is, or the one that its relatives are in; what is left makes one trace of its own, without an id.
 */
export function* rowsByTrace(table: SpanTable, length: number): Generator<void, Map<string, Uint32Array<ArrayBuffer>>> {
  const { traceIds } = table;
  const [first, ...others] = table.hasHomeless ? [] : traceIds.distinct();
  if (first !== undefined && others.length === 0) return new Map([[first, yield* allRows(length)]]);
  /** The trace of each row, as its number in `ids`. */
  const traceOf = new Uint32Array(length);
  const ids: string[] = [];
  const counts: number[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (traceId: string): number => {
    let number = numbers.get(traceId);
    if (number === undefined) {
      numbers.set(traceId, (number = ids.length));
      ids.push(traceId);
      counts.push(0);
    }
    return number;
  };
  const homeless: number[] = [];
  let lastId = '';
  let last = 0;
  const count = (from: number, to: number): void => {
    for (let row = from; row < to; row++) {
      const traceId = traceIds.at(row)!;
      if (traceId === '') {
        homeless.push(row);
        continue;
      }
      if (traceId !== lastId) {
        lastId = traceId;
        last = numberOf(traceId);
      }
      traceOf[row] = last;
      counts[last]!++;
    }
  };
  for (const [from, to] of stepsOf(length)) {
    count(from, to);
    yield;
  }
  const only = ids.length === 1 ? ids[0] : undefined;
  const traceOfRow = homeless.length > 0 && ids.length > 1 ? tracesOfHomeless(table, homeless) : undefined;
  for (const row of homeless) {
    const number = numberOf(only ?? traceOfRow?.get(row) ?? '');
    traceOf[row] = number;
    counts[number]!++;
  }
  const groups = counts.map((count) => new Uint32Array(count));
  const filled = new Uint32Array(groups.length);
  // Those without a trace id come last.
  const isHomeless = homeless.length > 0;
  const group = (from: number, to: number): void => {
    for (let row = from; row < to; row++) {
      if (isHomeless && traceIds.at(row) === '') continue;
      const number = traceOf[row]!;
      groups[number]![filled[number]!++] = row;
    }
  };
  for (const [from, to] of stepsOf(length)) {
    group(from, to);
    yield;
  }
  for (const row of homeless) {
    const number = traceOf[row]!;
    groups[number]![filled[number]!++] = row;
  }
  return new Map(ids.map((id, number) => [id, groups[number]!]));
}

function* allRows(length: number): Generator<void, Uint32Array<ArrayBuffer>> {
  const rows = new Uint32Array(length);
  const number = (from: number, to: number): void => {
    for (let row = from; row < to; row++) rows[row] = row;
  };
  for (const [from, to] of stepsOf(length)) {
    number(from, to);
    yield;
  }
  return rows;
}

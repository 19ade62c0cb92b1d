import type { ProblemCode } from './problem.js';
import { sameValue } from './same-value.js';
import type { SpanTable } from './span-table.js';

export type Report = (code: ProblemCode, message: string, spanId?: string) => void;

/** The rows that make spans of their own, with an id that is unique among them. */
export interface DistinctRows {
  rows: number[];
  /** Place in `rows` by unique id. */
  places: Map<string, number>;
  /** Ids that differ from that of the record, by place. */
  madeIds: Map<number, string>;
}

/** How many spans with the same id a further one is compared with. */
const MOST_COMPARED = 16;

/**
 * Decides what two records with one id are. The same record twice (a batch sent again), and the same span running and
 * ended, are one span. Anything else is two spans: the second gets an id with `#2` behind it.
 */
export function distinctRows(table: SpanTable, rows: readonly number[], report: Report): DistinctRows {
  const distinct: DistinctRows = { rows: [], places: new Map(), madeIds: new Map() };
  /** Places of the spans with one id, where there is more than one. */
  const namesakes = new Map<string, number[]>();
  let taken: Set<string> | undefined;
  /** Adds a span whose id is made up: one that no record has. */
  const addWithId = (row: number, made: (attempt: number) => string, attempt: number): string => {
    taken ??= new Set(rows.map((other) => table.ids[other]!));
    while (taken.has(made(attempt))) attempt++;
    const id = made(attempt);
    taken.add(id);
    const place = distinct.rows.push(row) - 1;
    distinct.places.set(id, place);
    distinct.madeIds.set(place, id);
    return id;
  };
  for (const row of rows) {
    const id = table.ids[row]!;
    if (id === '') {
      const made = addWithId(row, (attempt) => `no-id-${attempt}`, row + 1);
      report('missing-id', `The span “${table.names[row]!}” has no id.`, made);
      continue;
    }
    const first = distinct.places.get(id);
    if (first === undefined) {
      distinct.places.set(id, distinct.rows.push(row) - 1);
      continue;
    }
    const places = namesakes.get(id) ?? [first];
    const same = places.slice(-MOST_COMPARED).find((place) => isSameSpan(table, distinct.rows[place]!, row));
    if (same === undefined) {
      const made = addWithId(row, (attempt) => `${id}#${attempt}`, places.length + 1);
      places.push(distinct.rows.length - 1);
      namesakes.set(id, places);
      report('duplicate-id', `Two different spans have the id ${id}. The later one is shown as ${made}.`, made);
    } else if (isRunning(table, distinct.rows[same]!) && !isRunning(table, row)) distinct.rows[same] = row;
    else if (isRunning(table, row) === isRunning(table, distinct.rows[same]!)) {
      report('duplicate-id', `The span ${id} came twice, both times the same. It is shown once.`, id);
    }
  }
  return distinct;
}

const isRunning = (table: SpanTable, row: number): boolean =>
  Number.isNaN(table.ends[row]!) && !Number.isNaN(table.starts[row]!);

/** Whether two records with one id are the same span: once running and once ended, or both times the same. */
function isSameSpan(table: SpanTable, one: number, other: number): boolean {
  if (table.names[one] !== table.names[other] || !Object.is(table.starts[one], table.starts[other])) return false;
  return isRunning(table, one) !== isRunning(table, other) || sameValue(table.raws[one], table.raws[other]);
}

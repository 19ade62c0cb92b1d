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
 * Decides what two records with one id are. The same record twice (a batch sent again), and the same span in several
 * states, running and at last ended, are one span, as it is in its last state. Anything else is two spans: the second
 * gets an id with `#2` behind it.
 */
export function distinctRows(table: SpanTable, rows: readonly number[], report: Report): DistinctRows {
  const distinct: DistinctRows = { rows: [], places: new Map(), madeIds: new Map() };
  /** Places of the spans with one id, where there is more than one. */
  const namesakes = new Map<string, number[]>();
  const repeated = new Set<string>();
  let taken: Set<string> | undefined;
  /** The number of the last id that was made, by what stands before the number. */
  const lastNumbers = new Map<string, number>();
  /** Adds a span whose id is made up: one that no record has. */
  const addWithId = (row: number, prefix: string, least: number): string => {
    taken ??= new Set(rows.map((other) => table.ids[other]!));
    let number = Math.max(least, (lastNumbers.get(prefix) ?? 0) + 1);
    while (taken.has(`${prefix}${number}`)) number++;
    lastNumbers.set(prefix, number);
    const id = `${prefix}${number}`;
    taken.add(id);
    const place = distinct.rows.push(row) - 1;
    distinct.places.set(id, place);
    distinct.madeIds.set(place, id);
    return id;
  };
  for (const row of rows) {
    const id = table.ids[row]!;
    if (id === '') {
      const made = addWithId(row, 'no-id-', 1);
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
      addWithId(row, `${id}#`, 2);
      places.push(distinct.rows.length - 1);
      namesakes.set(id, places);
    } else if (isRunning(table, distinct.rows[same]!)) distinct.rows[same] = row;
    else if (!isRunning(table, row)) repeated.add(id);
  }
  reportDuplicates(distinct, namesakes, repeated, report);
  return distinct;
}

/** One problem an id, however often it came. */
function reportDuplicates(
  { madeIds }: DistinctRows,
  namesakes: ReadonlyMap<string, readonly number[]>,
  repeated: ReadonlySet<string>,
  report: Report,
): void {
  for (const [id, places] of namesakes) {
    const made = madeIds.get(places[1]!)!;
    const message =
      places.length === 2
        ? `Two different spans have the id ${id}. The later one is shown as ${made}.`
        : `${places.length} different spans have the id ${id}. The later ones are shown as ${made} and so on.`;
    report('duplicate-id', message, made);
  }
  for (const id of repeated) {
    if (namesakes.has(id)) continue;
    report('duplicate-id', `The span ${id} came more than once, each time the same. It is shown once.`, id);
  }
}

const isRunning = (table: SpanTable, row: number): boolean =>
  Number.isNaN(table.ends[row]!) && !Number.isNaN(table.starts[row]!);

/** Whether two records with one id are the same span: in two states, one of them running, or both times the same. */
function isSameSpan(table: SpanTable, one: number, other: number): boolean {
  if (table.names[one] !== table.names[other] || !Object.is(table.starts[one], table.starts[other])) return false;
  return isRunning(table, one) || isRunning(table, other) || sameValue(table.raws[one], table.raws[other]);
}

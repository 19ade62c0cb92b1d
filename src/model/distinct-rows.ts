import { IdIndex } from './id-index.js';
import { sameValue } from './same-value.js';
import { SpanProblems } from './span-problems.js';
import type { SpanTable } from './span-table.js';
import { stepsOf } from './steps.js';

/** The rows that make spans of their own, with an id that is unique among them. */
export interface DistinctRows {
  rows: Uint32Array;
  /** Finds places in `rows` by id. */
  places: SpanPlaces;
  problems: SpanProblems;
}

/** Finds the place of a span by its unique id. */
export class SpanPlaces {
  /** Ids that differ from that of the record, by row. */
  readonly madeIds = new Map<number, string>();
  readonly #ofRecords: IdIndex;
  readonly #ofMade = new Map<string, number>();

  constructor(table: SpanTable, rows: Uint32Array) {
    this.#ofRecords = new IdIndex(table.ids, rows);
  }

  /** -1 where no span has the id. */
  find(id: string): number {
    const place = this.#ofRecords.find(id);
    return place < 0 && this.#ofMade.size > 0 ? (this.#ofMade.get(id) ?? -1) : place;
  }

  /** Gives an id of a record a place; where it has one already, that is given back, else -1. */
  add(id: string, place: number): number {
    return this.#ofRecords.add(id, place);
  }

  /** Gives a row an id that no record has. */
  addMade(id: string, row: number, place: number): void {
    this.madeIds.set(row, id);
    this.#ofMade.set(id, place);
  }

  /** Numbers the places anew: `places` has the new one of each, `rows` the row of each new one. */
  *renumber(places: Uint32Array, rows: Uint32Array): Generator<void, void> {
    yield* this.#ofRecords.renumber(places, rows);
    for (const [id, place] of this.#ofMade) this.#ofMade.set(id, places[place]!);
  }
}

/** How many spans with the same id a further one is compared with. */
const MOST_COMPARED = 16;

/**
 * Decides what two records with one id are. The same record twice (a batch sent again), and the same span in several
 * states, running and at last ended, are one span, as it is in its last state. Anything else is two spans: the second
 * gets an id with `#2` behind it.
 *
 * @param group rows of the table; the distinct ones are moved to its beginning
 */
export function* distinctRows(table: SpanTable, group: Uint32Array): Generator<void, DistinctRows> {
  const places = new SpanPlaces(table, group);
  const problems = new SpanProblems(table, places.madeIds);
  /** Places of the spans with one id, where there is more than one. */
  const namesakes = new Map<string, number[]>();
  const repeated = new Set<string>();
  const { ids } = table;
  let taken: Set<string> | undefined;
  let count = 0;
  /** The number of the last id that was made, by what stands before the number. */
  const lastNumbers = new Map<string, number>();
  /** Adds a span whose id is made up: one that no record has. */
  const addWithId = (row: number, prefix: string, least: number): string => {
    taken ??= new Set(Array.from(group, (other) => ids[other]!));
    let number = Math.max(least, (lastNumbers.get(prefix) ?? 0) + 1);
    while (taken.has(`${prefix}${number}`)) number++;
    lastNumbers.set(prefix, number);
    const id = `${prefix}${number}`;
    taken.add(id);
    places.addMade(id, row, count);
    group[count++] = row;
    return id;
  };
  const addNamesake = (row: number, id: string, first: number): void => {
    const others = namesakes.get(id) ?? [first];
    const same = others.slice(-MOST_COMPARED).find((place) => isSameSpan(table, group[place]!, row));
    if (same === undefined) {
      others.push(count);
      addWithId(row, `${id}#`, 2);
      namesakes.set(id, others);
    } else if (isRunning(table, group[same]!)) replace(same, row);
    else if (!isRunning(table, row)) repeated.add(id);
  };
  const replace = (place: number, row: number): void => {
    const made = places.madeIds.get(group[place]!);
    if (made !== undefined) places.addMade(made, row, place);
    group[place] = row;
  };
  for (const [from, to] of stepsOf(group.length)) {
    for (let at = from; at < to; at++) {
      const row = group[at]!;
      const id = ids[row]!;
      if (id === '') {
        const made = addWithId(row, 'no-id-', 1);
        problems.add('missing-id', `The span “${table.names[row]!}” has no id.`, made);
        continue;
      }
      // Before the place is given: the index looks into the rows.
      const first = places.add(id, count);
      if (first < 0) group[count++] = row;
      else addNamesake(row, id, first);
    }
    yield;
  }
  reportDuplicates({ rows: group, places, problems }, namesakes, repeated);
  return { rows: count === group.length ? group : group.slice(0, count), places, problems };
}

/** One problem an id, however often it came. */
function reportDuplicates(
  { rows, places: { madeIds }, problems }: DistinctRows,
  namesakes: ReadonlyMap<string, readonly number[]>,
  repeated: ReadonlySet<string>,
): void {
  for (const [id, places] of namesakes) {
    const made = madeIds.get(rows[places[1]!]!)!;
    const message =
      places.length === 2
        ? `Two different spans have the id ${id}. The later one is shown as ${made}.`
        : `${places.length} different spans have the id ${id}. The later ones are shown as ${made} and so on.`;
    problems.add('duplicate-id', message, made);
  }
  for (const id of repeated) {
    if (namesakes.has(id)) continue;
    problems.add('duplicate-id', `The span ${id} came more than once, each time the same. It is shown once.`, id);
  }
}

const isRunning = (table: SpanTable, row: number): boolean =>
  Number.isNaN(table.ends[row]!) && !Number.isNaN(table.starts[row]!);

/** Whether two records with one id are the same span: in two states, one of them running, or both times the same. */
function isSameSpan(table: SpanTable, one: number, other: number): boolean {
  if (table.names[one] !== table.names[other] || !Object.is(table.starts[one], table.starts[other])) return false;
  return isRunning(table, one) || isRunning(table, other) || sameValue(table.raws[one], table.raws[other]);
}

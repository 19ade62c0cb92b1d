import { IdIndex } from './id-index.js';
import { sameValue } from './same-value.js';
import { SpanProblems } from './span-problems.js';
import type { SpanTable } from './span-table.js';
import { stepsOf } from './steps.js';

/** The rows that make spans of their own, each at a place, from 0, under an id that is unique among them. */
export class SpanPlaces {
  /** Ids that differ from that of the record, by row. */
  readonly madeIds = new Map<number, string>();
  /** Of the ids of records. */
  readonly index: IdIndex;
  readonly #ofMade = new Map<string, number>();

  /** @param rows is overwritten with the row of each place */
  constructor(table: SpanTable, rows: Uint32Array<ArrayBuffer>) {
    this.index = new IdIndex(table.ids, rows);
  }

  get length(): number {
    return this.index.length;
  }

  rowAt(place: number): number {
    return this.index.rows[place]!;
  }

  /** The place of an id; -1 where no span has it. */
  find(id: string): number {
    const place = this.index.find(id);
    return place < 0 && this.#ofMade.size > 0 ? (this.#ofMade.get(id) ?? -1) : place;
  }

  /** The place of the parent that a row names; -1 where it is not there. */
  parentOf(table: SpanTable, row: number): number {
    const place = this.index.findOf(table.parentIds, row);
    return place < 0 && this.#ofMade.size > 0 ? (this.#ofMade.get(table.parentIds.at(row)) ?? -1) : place;
  }

  /** Gives a row the next place, with an id that no record has. */
  addMade(id: string, row: number): void {
    this.madeIds.set(row, id);
    this.#ofMade.set(id, this.index.addUnfound(row));
  }

  /** Puts another state of a span in its place. */
  replace(place: number, row: number): void {
    const made = this.madeIds.get(this.rowAt(place));
    if (made !== undefined) this.madeIds.set(row, made);
    this.index.rows[place] = row;
  }
}

/** How many spans with the same id a further one is compared with. */
const MOST_COMPARED = 16;

/**
 * Decides what two records with one id are. The same record twice (a batch sent again), and the same span in several
 * states, running and at last ended, are one span, as it is in its last state. Anything else is two spans: the second
 * gets an id with `#2` behind it.
 *
 * @param group rows of the table, which is overwritten
 */
export function* distinctRows(
  table: SpanTable,
  group: Uint32Array<ArrayBuffer>,
  problems: SpanProblems,
): Generator<void, SpanPlaces> {
  const places = new SpanPlaces(table, group);
  const { index } = places;
  /** Places of the spans with one id, where there is more than one. */
  const namesakes = new Map<string, number[]>();
  const repeated = new Set<string>();
  const { ids } = table;
  let taken: Set<string> | undefined;
  /** The number of the last id that was made, by what stands before the number. */
  const lastNumbers = new Map<string, number>();
  /** Adds a span whose id is made up: one that no record has. */
  const addWithId = (row: number, prefix: string, least: number): string => {
    taken ??= new Set(Array.from(group, (other) => ids.at(other)));
    let number = Math.max(least, (lastNumbers.get(prefix) ?? 0) + 1);
    while (taken.has(`${prefix}${number}`)) number++;
    lastNumbers.set(prefix, number);
    const id = `${prefix}${number}`;
    taken.add(id);
    places.addMade(id, row);
    return id;
  };
  const addNamesake = (row: number, first: number): void => {
    const id = ids.at(row);
    const others = namesakes.get(id) ?? [first];
    const same = others.slice(-MOST_COMPARED).find((place) => isSameSpan(table, places.rowAt(place), row));
    if (same === undefined) {
      others.push(places.length);
      addWithId(row, `${id}#`, 2);
      namesakes.set(id, others);
    } else if (isRunning(table, places.rowAt(same))) places.replace(same, row);
    else if (!isRunning(table, row)) repeated.add(id);
  };
  const add = (from: number, to: number): void => {
    for (let at = from; at < to; at++) {
      const row = group[at]!;
      if (!table.hasId(row)) {
        const made = addWithId(row, 'no-id-', 1);
        const name = table.nameAt(row);
        problems.add('missing-id', `The span “${name}” has no id.`, made, { name });
        continue;
      }
      const first = index.add(row);
      if (first >= 0) addNamesake(row, first);
    }
  };
  for (const [from, to] of stepsOf(group.length)) {
    add(from, to);
    yield;
  }
  reportDuplicates(places, problems, { namesakes, repeated });
  return places;
}

/** One problem an id, however often it came. */
function reportDuplicates(
  places: SpanPlaces,
  problems: SpanProblems,
  { namesakes, repeated }: { namesakes: ReadonlyMap<string, readonly number[]>; repeated: ReadonlySet<string> },
): void {
  for (const [id, ofOne] of namesakes) {
    const made = places.madeIds.get(places.rowAt(ofOne[1]!))!;
    const message =
      ofOne.length === 2
        ? `Two different spans have the id ${id}. The later one is shown as ${made}.`
        : `${ofOne.length} different spans have the id ${id}. The later ones are shown as ${made} and so on.`;
    problems.add('duplicate-id', message, made, { id, count: ofOne.length });
  }
  for (const id of repeated) {
    if (namesakes.has(id)) continue;
    problems.add('duplicate-id', `The span ${id} came more than once, each time the same. It is shown once.`, id);
  }
}

/** Whether a row has a start but no end. */
export const isRunning = (table: SpanTable, row: number): boolean =>
  Number.isNaN(table.ends[row]!) && !Number.isNaN(table.starts[row]!);

/** Whether two records with one id are the same span: in two states, one of them running, or both times the same. */
export function isSameSpan(table: SpanTable, one: number, other: number): boolean {
  if (table.nameAt(one) !== table.nameAt(other) || !Object.is(table.starts[one], table.starts[other])) return false;
  return isRunning(table, one) || isRunning(table, other) || sameValue(table.raws[one], table.raws[other]);
}

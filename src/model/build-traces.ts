import type { TraceProblem } from './problem.js';
import { rowsByTrace } from './rows-by-trace.js';
import { SpanTable } from './span-table.js';
import { atOnce, stepsOf } from './steps.js';
import { grownParts, partsOf, type OwnParts } from './trace-parts.js';
import { Trace } from './trace.js';

interface Built {
  parts: OwnParts;
  trace: Trace;
}

/** The traces of a table that may grow: each update works in what was added since the last. */
export class GrowingTraces {
  readonly table: SpanTable;
  /** By trace id, in the order in which their first spans came. Absent where all has to be built from the beginning. */
  #built: ReadonlyMap<string, Built> | undefined;
  /** Rows that are built. */
  #length = 0;
  #sourceProblems: readonly TraceProblem[] = [];

  constructor(table: SpanTable) {
    this.table = table;
  }

  /**
   * The traces of all rows that are there when it begins; as they would be if they were built of them at once. A trace to
   * which no row was added stays the same object. Yields now and then, where the work may rest; the table may grow meanwhile.
   *
   * @param isPartial whether more rows are to come: what is missing may be among them
   */
  *update({ isPartial = false } = {}): Generator<void, Trace[]> {
    const known = isPartial ? undefined : this.#built;
    // Where this is not gone through to its end, nothing is sure.
    this.#built = undefined;
    const { length } = this.table;
    const parts = (known && (yield* this.#grown(known, length))) ?? (yield* this.#anew(length, isPartial));
    const problems = this.#problemsOfSource(parts.size);
    const built = new Map<string, Built>();
    for (const [id, own] of parts) {
      const before = known?.get(id);
      const isSame = before?.parts === own && problems === this.#sourceProblems;
      built.set(id, isSame ? before : { parts: own, trace: new Trace({ ...own, sourceProblems: problems }) });
    }
    this.#sourceProblems = problems;
    this.#length = length;
    if (!isPartial) this.#built = built;
    return Array.from(built.values(), ({ trace }) => trace);
  }

  *#anew(length: number, isPartial: boolean): Generator<void, Map<string, OwnParts>> {
    const parts = new Map<string, OwnParts>();
    if (!isPartial) this.table.trim();
    for (const [id, rows] of yield* rowsByTrace(this.table, length)) {
      parts.set(id, yield* partsOf(this.table, id, rows, isPartial));
    }
    return parts;
  }

  /** `undefined` where something has to be built from the beginning. */
  *#grown(known: ReadonlyMap<string, Built>, length: number): Generator<void, Map<string, OwnParts> | undefined> {
    // Which trace such rows are in may depend on any other.
    if (this.table.hasHomeless) return undefined;
    const parts = new Map<string, OwnParts>();
    for (const [id, built] of known) parts.set(id, built.parts);
    for (const [id, rows] of yield* this.#addedRows(length)) {
      const before = parts.get(id);
      const after = before
        ? yield* grownParts(before, rows)
        : yield* partsOf(this.table, id, Uint32Array.from(rows), false);
      if (!after) return undefined;
      parts.set(id, after);
    }
    return parts;
  }

  *#addedRows(length: number): Generator<void, Map<string, number[]>> {
    const { traceIds } = this.table;
    const added = new Map<string, number[]>();
    for (const [from, to] of stepsOf(length - this.#length)) {
      for (let row = this.#length + from; row < this.#length + to; row++) {
        const traceId = traceIds.at(row)!;
        const rows = added.get(traceId);
        if (rows) rows.push(row);
        else added.set(traceId, [row]);
      }
      yield;
    }
    return added;
  }

  /** The same list as before where it says the same. */
  #problemsOfSource(traceCount: number): readonly TraceProblem[] {
    const problems = [...this.table.problems];
    if (traceCount > 1) {
      const message = `The source holds ${traceCount} traces.`;
      problems.push({ code: 'several-traces', message, values: { count: traceCount } });
    }
    const before = this.#sourceProblems;
    const isSame =
      problems.length === before.length && problems.every(({ message }, place) => message === before[place]!.message);
    return isSame ? before : problems;
  }
}

/** @internal Builds traces and yields now and then, where the work may rest. */
export const tracesInSteps = (table: SpanTable, { isPartial = false } = {}): Generator<void, Trace[]> =>
  new GrowingTraces(table).update({ isPartial });

/** @internal A trace without spans: what stands where one is awaited. */
export const emptyTrace = (): Trace =>
  new Trace({ ...atOnce(partsOf(new SpanTable(), '', new Uint32Array(0), false)), sourceProblems: [] });

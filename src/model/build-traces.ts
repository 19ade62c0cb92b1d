import type { TraceProblem } from './problem.js';
import { rowsByTrace } from './rows-by-trace.js';
import { SpanTable } from './span-table.js';
import { atOnce } from './steps.js';
import { partsOf, type OwnParts } from './trace-parts.js';
import { Trace } from './trace.js';

/** A trace, and what it is made of. */
export interface Built {
  parts: OwnParts;
  trace: Trace;
}

/** By trace id, in the order in which their first spans came. */
export type BuiltById = ReadonlyMap<string, Built>;

/** The traces of a table, built from the beginning each time: `growing-traces.ts` knows how to go on. */
export class BuiltTraces {
  readonly table: SpanTable;
  /** Absent where all has to be built from the beginning. */
  protected built: BuiltById | undefined;
  /** Rows that are built. */
  protected length = 0;
  /** Works in what was added; `undefined` where all has to be built from the beginning. Absent where nobody knows how to. */
  protected grown?: (known: BuiltById, length: number) => Generator<void, Map<string, OwnParts> | undefined>;
  protected sourceProblems: readonly TraceProblem[] = [];

  constructor(table: SpanTable) {
    this.table = table;
  }

  /** Takes over what was built. */
  protected goOnFrom({ built, length, sourceProblems }: BuiltTraces): void {
    this.built = built;
    this.length = length;
    this.sourceProblems = sourceProblems;
  }

  /**
   * The traces of all rows that are there when it begins; as they would be if they were built of them at once. A trace to
   * which no row was added stays the same object. Yields now and then, where the work may rest; the table may grow meanwhile.
   *
   * @param isPartial whether more rows are to come: what is missing may be among them
   */
  *update({ isPartial = false } = {}): Generator<void, Trace[]> {
    const known = isPartial ? undefined : this.built;
    // Where this is not gone through to its end, nothing is sure.
    this.built = undefined;
    const { length } = this.table;
    const parts = (known && this.grown && (yield* this.grown(known, length))) ?? (yield* this.#anew(length, isPartial));
    const problems = this.#problemsOfSource(parts.size);
    const built = new Map<string, Built>();
    for (const [id, own] of parts) {
      const before = known?.get(id);
      const isSame = before?.parts === own && problems === this.sourceProblems;
      built.set(id, isSame ? before : { parts: own, trace: new Trace({ ...own, sourceProblems: problems }) });
    }
    this.sourceProblems = problems;
    this.length = length;
    if (!isPartial) this.built = built;
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

  /** The same list as before where it says the same. */
  #problemsOfSource(traceCount: number): readonly TraceProblem[] {
    const problems = [...this.table.problems];
    if (traceCount > 1) {
      const message = `The source holds ${traceCount} traces.`;
      problems.push({ code: 'several-traces', message, values: { count: traceCount } });
    }
    const before = this.sourceProblems;
    const isSame =
      problems.length === before.length && problems.every(({ message }, place) => message === before[place]!.message);
    return isSame ? before : problems;
  }
}

/** @internal Builds traces and yields now and then, where the work may rest. */
export const tracesInSteps = (table: SpanTable, { isPartial = false } = {}): Generator<void, Trace[]> =>
  new BuiltTraces(table).update({ isPartial });

/** @internal A trace without spans: what stands where one is awaited. */
export const emptyTrace = (): Trace =>
  new Trace({ ...atOnce(partsOf(new SpanTable(), '', new Uint32Array(0), false)), sourceProblems: [] });

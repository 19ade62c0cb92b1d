import { BuiltTraces, type BuiltById } from './build-traces.js';
import { grownParts } from './grown-parts.js';
import type { SpanTable } from './span-table.js';
import { stepsOf } from './steps.js';
import { partsOf, type OwnParts } from './trace-parts.js';

/** The traces of a table that may grow: each update works in what was added since the last. */
export class GrowingTraces extends BuiltTraces {
  /** @param from a table, or what was built of one already */
  constructor(from: SpanTable | BuiltTraces) {
    super(from instanceof BuiltTraces ? from.table : from);
    if (from instanceof BuiltTraces) this.goOnFrom(from);
  }

  protected override grown = (known: BuiltById, length: number): ReturnType<GrowingTraces['grow']> =>
    this.grow(known, length);

  protected *grow(known: BuiltById, length: number): Generator<void, Map<string, OwnParts> | undefined> {
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
    for (const [from, to] of stepsOf(length - this.length)) {
      for (let row = this.length + from; row < this.length + to; row++) {
        const traceId = traceIds.at(row)!;
        const rows = added.get(traceId);
        if (rows) rows.push(row);
        else added.set(traceId, [row]);
      }
      yield;
    }
    return added;
  }
}

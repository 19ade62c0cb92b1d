import type { Span, SpanTree, Trace } from '../../model/index.js';
import { stepsOf } from '../../model/steps.js';
import { bitOf, contentDifferences, differencesOf, outlineDifferences, type Difference } from './differences.js';
import { matchSpansInSteps } from './match-spans.js';
import { mergedTreeInSteps, type MergedTree } from './merged-tree.js';
import { movedSpansInSteps } from './moves.js';
import { unkept } from './span-contents.js';

/** What became of a span: the first of these that holds. */
export const SPAN_CHANGES = ['added', 'missing', 'moved', 'renamed', 'changed', 'equal'] as const;
export type SpanChange = (typeof SPAN_CHANGES)[number];

/** A span of the one trace and its counterpart in the other; one of them is absent for what was added or is missing. */
export interface SpanPair {
  /** Position in the merged tree. */
  readonly position: number;
  readonly before: Span | undefined;
  readonly after: Span | undefined;
  readonly change: SpanChange;
  /** In what they differ. Empty for what was added or is missing. */
  readonly differences: readonly Difference[];
}

/**
 * Two traces compared. Each span has a place in one merged tree: that of the trace after, with what is missing where it was.
 * While `isWhole` is false, what spans hold is still being compared, and more pairs may turn out to be changed.
 */
export class TraceDiff {
  readonly before: Trace;
  readonly after: Trace;
  readonly tree: SpanTree;
  /** Pairs of which texts, parameters and tools were compared. */
  pairsRead = 0;
  /** Pairs that there are. */
  readonly pairCount: number;
  readonly #merged: MergedTree;
  /** What differs, by position, as bits. */
  readonly #bits: Uint16Array;
  /** By the place in `SPAN_CHANGES`. */
  readonly #counts = new Uint32Array(SPAN_CHANGES.length);

  /** @internal Made by `diffTraces`. */
  constructor(before: Trace, after: Trace, merged: MergedTree, bits: Uint16Array) {
    this.before = before;
    this.after = after;
    this.tree = merged.tree;
    this.#merged = merged;
    this.#bits = bits;
    for (let position = 0; position < bits.length; position++) this.#count(this.changeAt(position), 1);
    this.pairCount = bits.length - this.count('added') - this.count('missing');
  }

  get isWhole(): boolean {
    return this.pairsRead === this.pairCount;
  }

  /** How many spans of either trace there are of which this became. */
  count(change: SpanChange): number {
    return this.#counts[SPAN_CHANGES.indexOf(change)]!;
  }

  /** How many spans are not equal. */
  get changeCount(): number {
    return this.#bits.length - this.count('equal');
  }

  changeAt(position: number): SpanChange {
    if (this.#merged.before[position]! < 0) return 'added';
    if (this.#merged.after[position]! < 0) return 'missing';
    const bits = this.#bits[position]!;
    if (bits & bitOf('place')) return 'moved';
    if (bits & bitOf('name')) return 'renamed';
    return bits ? 'changed' : 'equal';
  }

  at(position: number): SpanPair {
    const before = this.#merged.before[position]!;
    const after = this.#merged.after[position]!;
    return {
      position,
      before: before < 0 ? undefined : this.before.spanAt(before),
      after: after < 0 ? undefined : this.after.spanAt(after),
      change: this.changeAt(position),
      differences: differencesOf(this.#bits[position]!),
    };
  }

  /** All that is not equal, in the order of the merged tree. */
  *changes(): Generator<SpanPair, void> {
    for (let position = 0; position < this.#bits.length; position++) {
      if (this.changeAt(position) !== 'equal') yield this.at(position);
    }
  }

  /** Position in the merged tree of a span of either trace; -1 for any other span. */
  positionOf(span: Span): number {
    if (span.trace === this.after) return this.#merged.after.indexOf(span.index);
    return span.trace === this.before ? this.#merged.before.indexOf(span.index) : -1;
  }

  /** @internal Compares what the pairs hold. Nothing that is read is kept. */
  *readInSteps(): Generator<undefined, void> {
    for (let position = 0; position < this.#bits.length; position++) {
      const before = this.#merged.before[position]!;
      const after = this.#merged.after[position]!;
      if (before < 0 || after < 0) continue;
      const bits = contentDifferences(unkept(this.before, before), unkept(this.after, after));
      if (bits) {
        this.#count(this.changeAt(position), -1);
        this.#bits[position]! |= bits;
        this.#count(this.changeAt(position), 1);
      }
      this.pairsRead++;
      yield;
    }
  }

  #count(change: SpanChange, by: number): void {
    this.#counts[SPAN_CHANGES.indexOf(change)]! += by;
  }
}

/**
 * Compares two traces. Spans are aligned by kind, name and path; times count where they differ noticeably (see `Difference`).
 * The diff of a trace with itself is empty.
 */
export function diffTraces(before: Trace, after: Trace): TraceDiff {
  let diff: TraceDiff | undefined;
  for (const step of diffTracesInSteps(before, after)) diff = step ?? diff;
  return diff!;
}

/**
 * As `diffTraces`, for long traces: yields `undefined` where it could rest. It gives the diff as soon as the spans are aligned, and then
 * compares what they hold, in the same diff, until it is whole.
 */
export function* diffTracesInSteps(before: Trace, after: Trace): Generator<TraceDiff | undefined, void> {
  const matches = yield* matchSpansInSteps(before, after);
  const merged = yield* mergedTreeInSteps(before, after, matches);
  const moved = yield* movedSpansInSteps(before, after, matches);
  yield;
  const bits = new Uint16Array(merged.before.length);
  for (const [from, to] of stepsOf(bits.length)) {
    for (let position = from; position < to; position++) {
      const [one, other] = [merged.before[position]!, merged.after[position]!];
      if (one < 0 || other < 0) continue;
      bits[position] = outlineDifferences(before, one, after, other) | (moved[other] ? bitOf('place') : 0);
    }
    yield;
  }
  const diff = new TraceDiff(before, after, merged, bits);
  yield diff;
  yield* diff.readInSteps();
}

import type { Span } from '../../model/index.js';
import { completed } from './completed.js';
import { stageReaders } from './registry.js';
import type { StageRecord } from './stage-record.js';

const known = new WeakMap<Span, readonly StageRecord[]>();

/** What is told of the times inside a call, by each source that tells of it. Empty where nothing does. */
export function stagesOf(span: Span): readonly StageRecord[] {
  let records = known.get(span);
  if (!records) {
    records = stageReaders.flatMap((reader) => {
      const draft = reader.read(span);
      return draft ? [completed(draft)] : [];
    });
    known.set(span, records);
  }
  return records;
}

/** A gap that is longer than others. */
export interface Stall {
  /** The piece before the gap, from 0. */
  readonly after: number;
  readonly start: number;
  readonly length: number;
}

/** A gap is a stall that is so many times as long as the one in the middle, and that a reader notices. */
export const STALL_FACTOR = 5;
export const LEAST_STALL = 100;

/** Gaps between tokens that stand out. */
export function stallsOf({ arrivals, figures }: StageRecord): Stall[] {
  const middle = figures.get('itl-p50')?.value;
  if (!arrivals || middle === undefined) return [];
  const least = Math.max(LEAST_STALL, STALL_FACTOR * middle);
  const stalls: Stall[] = [];
  for (let at = 1; at < arrivals.times.length; at++) {
    const start = arrivals.times[at - 1]!;
    const length = arrivals.times[at]! - start;
    if (length > least) stalls.push({ after: at - 1, start, length });
  }
  return stalls;
}

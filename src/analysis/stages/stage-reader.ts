import type { Span } from '../../model/index.js';
import { placesIn } from '../../internals/logprobs/find.js';
import type { StageDraft } from './stage-record.js';

/** One way in which spans tell of the times inside a call. */
export interface StageReader {
  /** `undefined` for a span that says nothing in this way. Never throws. */
  read(span: Span): StageDraft | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** A number that is no less than 0. */
export const amountIn = (fields: Fields | ReadonlyMap<string, unknown>, name: string): number | undefined => {
  const value = fields instanceof Map ? (fields.get(name) as unknown) : (fields as Fields)[name];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
};

/** The first object of the answer, as it came, that has all of these numbers. */
export function answerPart(span: Span, ...names: readonly string[]): Fields | undefined {
  for (const place of placesIn(span.output)) {
    if (!Array.isArray(place) && names.every((name) => amountIn(place as Fields, name) !== undefined))
      return place as Fields;
  }
  return undefined;
}

/** A number in another unit. */
export const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;

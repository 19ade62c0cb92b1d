import type { SpanTable } from '../model/index.js';

/** One container of spans. */
export interface Format {
  /** Stays the same for ever: it is what `Trace.format` and the `format` attribute say. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Whether a parsed value is of this format. Looks at its shape only: cheap, and never throws. */
  detect(value: unknown): boolean;
  /**
   * Puts the spans of a value that `detect` accepted into a table. Yields the number of spans read now and then, where
   * the work may rest; a reader that is not asked to go on has been aborted.
   */
  read(value: unknown, table: SpanTable): Generator<number, void>;
  /** Where a list can be read while it comes in, so that its first spans are there before its last: begins to. */
  begin?(table: SpanTable): Reading;
}

/** What is read of a list while it comes in. */
export interface Reading {
  /** Puts the spans of further elements into the table. Yields as `Format.read` does. */
  add(elements: readonly unknown[]): Generator<number, void>;
  /** Once all are there: what could not be said before. */
  finish(): void;
}

/** How many spans a reader handles between two yields. */
export const SPANS_PER_STEP = 256;

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
}

/** How many spans a reader handles between two yields. */
export const SPANS_PER_STEP = 256;

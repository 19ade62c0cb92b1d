/** What is wrong with a query. */
export type QueryErrorCode =
  | 'expected-term'
  | 'expected-value'
  | 'unknown-field'
  | 'unknown-value'
  | 'not-a-number'
  | 'not-comparable'
  | 'backwards-range'
  | 'unclosed-quote'
  | 'unclosed-group'
  | 'unexpected-close'
  | 'too-long'
  | 'too-many-terms'
  | 'too-deep';

export interface QueryErrorParts {
  code: QueryErrorCode;
  /** Where in the text it is, in UTF-16 units; `end` is exclusive. Equal where something is missing. */
  start: number;
  end: number;
  /** What stands there; empty where something is missing. */
  seen: string;
  /** What could stand there instead. */
  expected: readonly string[];
  isIncomplete: boolean;
}

/** A text that is no query. The message says what was seen, where, and what was expected. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly code: QueryErrorCode;
  /** Where in the text it is, in UTF-16 units. */
  readonly start: number;
  /** Exclusive; equal to `start` where something is missing. */
  readonly end: number;
  /** What stands there; empty where something is missing. */
  readonly seen: string;
  /** What could stand there instead. */
  readonly expected: readonly string[];
  /** Whether the text is the beginning of a query: no error yet while somebody types. */
  readonly isIncomplete: boolean;

  constructor(message: string, { code, start, end, seen, expected, isIncomplete }: QueryErrorParts) {
    super(message);
    this.code = code;
    this.start = start;
    this.end = end;
    this.seen = seen;
    this.expected = expected;
    this.isIncomplete = isIncomplete;
  }
}

/** Why an input could not be read. `message` is written for a person: what was seen, and what to do. */
export class TraceReadError extends Error {
  override name = 'TraceReadError';
}

/** The input has no bytes, or is of a known format but holds no spans. */
export class EmptyInputError extends TraceReadError {
  override name = 'EmptyInputError';
}

/** The input is no JSON. */
export class TraceSyntaxError extends TraceReadError {
  override name = 'TraceSyntaxError';
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;

  constructor(reason: string, line: number, column: number) {
    super(`This is not valid JSON: ${reason} in line ${line}, column ${column}.`);
    this.line = line;
    this.column = column;
  }
}

/** The input is JSON, or some other data, but no trace that is known here. */
export class UnknownFormatError extends TraceReadError {
  override name = 'UnknownFormatError';
}

/** The input is larger than can be held. */
export class TooLargeError extends TraceReadError {
  override name = 'TooLargeError';
}

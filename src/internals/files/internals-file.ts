import type { Internals } from '../internals.js';

/** One record of a file: what the file holds of it, and what that says, read when somebody asks. */
export interface FileRecord {
  readonly raw: object;
  /** Nothing where the record is not what it should be. */
  internals(): Internals | undefined;
}

/** One way in which programs write down what went on inside a model. */
export interface InternalsFile {
  /** Stays the same for ever: it is what `capture.source_format` says. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /**
   * The records of a value that is written so; nothing of any other. Looks at its shape only: cheap, and never throws.
   *
   * @param tokens the tokens that a file is about which does not name them
   */
  records(value: unknown, tokens: readonly string[] | undefined): readonly FileRecord[] | undefined;
}

/** What can be wrong with a trace. Nothing is dropped for it: the span is shown and the finding listed. */
export type ProblemCode =
  | 'missing-parent'
  | 'self-parent'
  | 'cycle'
  | 'duplicate-id'
  | 'missing-id'
  | 'missing-start'
  | 'missing-end'
  | 'end-before-start'
  | 'several-roots'
  | 'several-traces'
  | 'unreadable-record';

/** One finding about a trace. */
export interface TraceProblem {
  code: ProblemCode;
  /** A sentence for a person. */
  message: string;
  /** The span that it is about, where it is about one. */
  spanId?: string;
}

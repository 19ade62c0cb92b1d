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

/** What a finding is about. */
export interface ProblemValues {
  count?: number;
  /** Id of another span: the parent, or what came more than once. */
  id?: string;
  name?: string;
  /** Milliseconds. */
  time?: number;
}

/** One finding about a trace. */
export interface TraceProblem {
  code: ProblemCode;
  /** A sentence for a person, in English. */
  message: string;
  /** What the sentence holds beside the span, for those who say it in another language. */
  values?: ProblemValues;
  /** The span that it is about, where it is about one. */
  spanId?: string;
}

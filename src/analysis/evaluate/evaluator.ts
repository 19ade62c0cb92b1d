import type { Score, Span } from '../../model/index.js';
import type { EvaluationCase } from './evaluation-case.js';

/** What an evaluator says of a span: a score without its source, which the evaluator has. */
export interface Verdict extends Omit<Score, 'name' | 'source'> {
  /** The name of the score where it is not the evaluator's. */
  name?: string;
}

/** What an evaluator may give: one verdict, several, or none where it has nothing to say. */
export type Verdicts = Verdict | readonly Verdict[] | undefined;

/** Judges spans, one at a time. */
export interface Evaluator {
  /** The name of its scores. */
  readonly name: string;
  /** The source of its scores: `code`, or `llm` where a model judges. */
  readonly source: string;
  /** Whether it is meant for a span. */
  isFor(span: Span): boolean;
  /** Gives nothing where what it needs is not there, such as an expected answer. What it throws is reported. */
  judge(subject: EvaluationCase): Verdicts | Promise<Verdicts>;
}

/** What every evaluator of the kit can be told. */
export interface EvaluatorOptions {
  /** The name of its scores. */
  name?: string;
  /** Which spans it judges. Where not said otherwise: calls of a model for what looks at an answer. */
  isFor?: (span: Span) => boolean;
}

export const isModelCall = ({ kind }: Span): boolean => kind === 'llm';
export const isRoot = ({ depth }: Span): boolean => depth === 0;
export const isAny = (): boolean => true;

/** A verdict with two outcomes, as 1 and 0, so that the mean of many is the share that passed. */
export const passed = (isPassed: boolean, explanation?: string): Verdict => ({
  value: isPassed ? 1 : 0,
  label: isPassed ? 'pass' : 'fail',
  ...(explanation !== undefined && { explanation }),
});

/** A number of a verdict, short enough to be read. */
export const shortNumber = (value: number): string => String(Math.round(value * 1000) / 1000);

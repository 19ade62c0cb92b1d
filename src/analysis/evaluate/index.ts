/** How good answers were: scores on spans, and groups of them compared. */
export { compareGroups, type CompareOptions, type GroupComparison, type GroupedScore } from './compare-groups.js';
export { evaluate, type EvaluateOptions, type Evaluation, type EvaluationFailure, type SpanScore } from './evaluate.js';
export type { EvaluationCase } from './evaluation-case.js';
export type { Evaluator, EvaluatorOptions, Verdict, Verdicts } from './evaluator.js';
export * from './evaluators.js';
export { languageOf } from './language-of.js';
export { groupedScores, promptSet, type PromptOfSet } from './prompt-set.js';
export { withScores } from './with-scores.js';

import { isModelCall, passed, type Evaluator, type EvaluatorOptions } from './evaluator.js';

export interface MatchesPatternOptions extends EvaluatorOptions {
  /** The page's own expression. One that goes back and forth over a long text takes as long as it takes. */
  pattern: RegExp;
  /** Whether the answer must not match. */
  not?: boolean;
}

/** Whether the answer matches a regular expression somewhere. */
export const matchesPattern = ({
  name = 'pattern',
  isFor = isModelCall,
  pattern,
  not = false,
}: MatchesPatternOptions): Evaluator => {
  // The flags `g` and `y` remember a place: the next answer would be looked at from there.
  const expression = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  return {
    name,
    source: 'code',
    isFor,
    judge: ({ answer }) => {
      if (answer === undefined) return undefined;
      const isMatch = expression.test(answer);
      return passed(isMatch !== not, `${isMatch ? 'Matches' : 'Does not match'} ${String(expression)}`);
    },
  };
};

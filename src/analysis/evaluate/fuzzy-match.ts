import { isAny, shortNumber, type Evaluator, type EvaluatorOptions } from './evaluator.js';
import { wordsOf } from './words.js';

export interface FuzzyMatchOptions extends EvaluatorOptions {
  /** From which likeness on it passes, 0 to 1. 0.8 where not said otherwise. */
  threshold?: number;
}

/** How alike the answer and the expected text are, 0 to 1, without regard to case, punctuation and spaces. */
export const fuzzyMatch = ({
  name = 'fuzzy match',
  isFor = isAny,
  threshold = 0.8,
}: FuzzyMatchOptions = {}): Evaluator => ({
  name,
  source: 'code',
  isFor,
  judge: ({ answer, expectedTexts }) => {
    if (answer === undefined || !expectedTexts) return undefined;
    const value = expectedTexts.reduce((most, text) => Math.max(most, likeness(answer, text)), 0);
    return {
      value,
      label: value >= threshold ? 'pass' : 'fail',
      explanation: `${shortNumber(value)} alike; ${shortNumber(threshold)} is enough`,
    };
  },
});

/**
 * The share of runs of three characters that two texts have in common (Dice, "Measures of the amount of ecologic association
 * between species"): a typing error costs three runs, an order of words costs little, and the time grows with the length.
 */
function likeness(one: string, other: string): number {
  const [a, b] = [wordsOf(one).join(' '), wordsOf(other).join(' ')];
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  const runs = runsOf(a);
  let common = 0;
  const others = runsOf(b);
  for (const [run, count] of others) common += Math.min(count, runs.get(run) ?? 0);
  return (2 * common) / (a.length + b.length + 4);
}

/** Runs of three, two more than characters: the ends stand in runs of their own. */
function runsOf(text: string): Map<string, number> {
  const padded = `  ${text}  `;
  const runs = new Map<string, number>();
  for (let at = 0; at + 3 <= padded.length; at++) {
    const run = padded.slice(at, at + 3);
    runs.set(run, (runs.get(run) ?? 0) + 1);
  }
  return runs;
}

import { isAny, shortNumber, type Evaluator, type EvaluatorOptions } from './evaluator.js';
import { wordRuns, wordsOf } from './words.js';

/** Runs of one to so many words are compared. */
const LONGEST_RUN = 4;

/**
 * BLEU of one answer against the expected text or texts (Papineni and others, "BLEU: a Method for Automatic Evaluation of
 * Machine Translation"): the share of its runs of up to four words that are there, less where it is shorter. One is added to
 * the counts of runs of two and more, as for single sentences (Lin and Och, "ORANGE"). The mean over many answers is not the
 * BLEU of the whole set, which is counted over all of them.
 */
export const bleu = ({ name = 'BLEU', isFor = isAny }: EvaluatorOptions = {}): Evaluator => ({
  name,
  source: 'code',
  isFor,
  judge: ({ answer, expectedTexts }) => {
    if (answer === undefined || !expectedTexts) return undefined;
    const said = wordsOf(answer);
    const wanted = expectedTexts.map(wordsOf);
    if (said.length === 0) return { value: 0, explanation: 'The answer has no words' };
    const precisions = Array.from({ length: LONGEST_RUN }, (_, index) => precision(said, wanted, index + 1));
    const mean = Math.exp(precisions.reduce((sum, share) => sum + Math.log(share), 0) / LONGEST_RUN);
    const nearest = wanted.map(({ length }) => length).sort(nearestTo(said.length))[0]!;
    const brevity = said.length >= nearest ? 1 : Math.exp(1 - nearest / said.length);
    return {
      value: brevity * mean,
      explanation:
        `Shares of runs of 1 to ${LONGEST_RUN} words: ${precisions.map(shortNumber).join(', ')}` +
        (brevity < 1 ? `; times ${shortNumber(brevity)} for being short` : ''),
    };
  },
});

/** The share of runs of `size` words that a text has; none more often than there. */
function precision(said: readonly string[], wanted: readonly (readonly string[])[], size: number): number {
  const references = wanted.map((words) => wordRuns(words, size));
  let common = 0;
  for (const [run, count] of wordRuns(said, size)) {
    common += Math.min(
      count,
      references.reduce((most, runs) => Math.max(most, runs.get(run) ?? 0), 0),
    );
  }
  const all = Math.max(0, said.length - size + 1);
  return size === 1 ? common / all : (common + 1) / (all + 1);
}

const nearestTo =
  (length: number) =>
  (one: number, other: number): number =>
    Math.abs(one - length) - Math.abs(other - length) || one - other;

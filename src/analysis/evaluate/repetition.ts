import { isModelCall, shortNumber, type Evaluator, type EvaluatorOptions } from './evaluator.js';
import { wordRuns, wordsOf } from './words.js';

export interface RepetitionOptions extends EvaluatorOptions {
  /** Up to which share it passes, 0 to 1. 0.3 where not said otherwise. */
  max?: number;
}

/** Words of a run. Shorter ones come again in any text. */
const RUN = 4;
/** Fewer words say nothing. */
const FEWEST_WORDS = 20;

/** The share of the answer's runs of four words that were there before: near 1 for a model that is caught in a loop. */
export const repetition = ({
  name = 'repetition',
  isFor = isModelCall,
  max = 0.3,
}: RepetitionOptions = {}): Evaluator => ({
  name,
  source: 'code',
  isFor,
  judge: ({ answer }) => {
    const words = answer === undefined ? [] : wordsOf(answer);
    if (words.length < FEWEST_WORDS) return undefined;
    const runs = wordRuns(words, RUN);
    const value = 1 - runs.size / (words.length - RUN + 1);
    const [most, times] = [...runs].reduce((one, other) => (other[1] > one[1] ? other : one));
    return {
      value,
      label: value <= max ? 'pass' : 'fail',
      explanation:
        `${shortNumber(value)} of the runs of ${RUN} words come again; ${shortNumber(max)} is allowed` +
        (times > 1 ? `\n${times} times: ${most}` : ''),
    };
  },
});

import { isModelCall, passed, type Evaluator, type EvaluatorOptions } from './evaluator.js';
import { wordsOf } from './words.js';

export interface AnswerLengthOptions extends EvaluatorOptions {
  min?: number;
  max?: number;
  /** `characters` where not said otherwise: of Unicode, not of UTF-16. */
  unit?: 'characters' | 'words';
}

/** Whether the answer is not too short and not too long. */
export const answerLength = ({
  name = 'length',
  isFor = isModelCall,
  min = 0,
  max = Infinity,
  unit = 'characters',
}: AnswerLengthOptions): Evaluator => ({
  name,
  source: 'code',
  isFor,
  judge: ({ answer }) => {
    if (answer === undefined) return undefined;
    const length = unit === 'words' ? wordsOf(answer).length : characters(answer);
    const wanted = max === Infinity ? `at least ${min}` : min === 0 ? `at most ${max}` : `${min} to ${max}`;
    return passed(length >= min && length <= max, `${length} ${unit}; ${wanted} wanted`);
  },
});

/** Two units of UTF-16 make one character beyond U+FFFF. */
const characters = (text: string): number => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);

import { isModelCall, passed, type Evaluator, type EvaluatorOptions } from './evaluator.js';
import { languageOf } from './language-of.js';

export interface AnswerLanguageOptions extends EvaluatorOptions {
  /** The language that is wanted, as a BCP 47 tag such as `de`. That of the question where not said otherwise. */
  language?: string;
}

/**
 * Whether the answer is in the language that is wanted. Told by script and common words, without a model: a short text has no
 * verdict, and neither has a language that is not known.
 */
export const answerLanguage = ({
  name = 'language',
  isFor = isModelCall,
  language,
}: AnswerLanguageOptions = {}): Evaluator => ({
  name,
  source: 'code',
  isFor,
  judge: ({ question, answer }) => {
    const wanted = language === undefined ? question && languageOf(question) : language.split('-', 1)[0]!.toLowerCase();
    const said = answer && languageOf(answer);
    if (!wanted || !said) return undefined;
    return passed(said === wanted, `In ${said}; ${wanted} ${language === undefined ? 'asked' : 'wanted'}`);
  },
});

import { sameValue } from '../../model/index.js';
import type { EvaluationCase } from './evaluation-case.js';
import { isAny, passed, type Evaluator, type EvaluatorOptions, type Verdicts } from './evaluator.js';

export interface ExactMatchOptions extends EvaluatorOptions {
  /** Whether capitals and small letters are the same. */
  ignoreCase?: boolean;
}

/**
 * Whether the answer is the expected one: the same text but for spaces around it, one of several texts, or, where another
 * value is expected, the same JSON.
 */
export const exactMatch = ({
  name = 'exact match',
  isFor = isAny,
  ignoreCase = false,
}: ExactMatchOptions = {}): Evaluator => {
  const plain = (text: string): string => {
    const trimmed = text.normalize('NFC').trim();
    return ignoreCase ? trimmed.toLowerCase() : trimmed;
  };
  return {
    name,
    source: 'code',
    isFor,
    judge: (subject) => {
      const { answer, expected, expectedTexts } = subject;
      if (!expectedTexts) return sameJson(subject);
      if (expected === undefined || answer === undefined) return undefined;
      const said = plain(answer);
      return passed(expectedTexts.some((text) => plain(text) === said));
    },
  };
};

function sameJson({ answer, expected, span: { output } }: EvaluationCase): Verdicts {
  if (expected === undefined || (answer === undefined && output === undefined)) return undefined;
  return passed(sameValue(output, expected) || (answer !== undefined && isJsonOf(answer, expected)));
}

function isJsonOf(text: string, value: unknown): boolean {
  try {
    return sameValue(JSON.parse(text), value);
  } catch {
    return false;
  }
}

import type { Message, RecordedSpan, Score, Trace } from '../model/index.js';
import { evaluate, type EvaluateOptions, type Evaluator } from '../analysis/evaluate/index.js';
import { answered, recordedTrace } from './recorded-trace.js';

/** For tests: a span that is judged. */
export const SPAN_ID = 'a'.repeat(16);

/** The scores that an evaluator gives to the spans of a trace; a failure is thrown. */
export async function scoresOf(evaluator: Evaluator, trace: Trace, options: EvaluateOptions = {}): Promise<Score[]> {
  const { scores, failures } = await evaluate(trace, [evaluator], options);
  for (const { error } of failures) throw error as Error;
  return scores.map(({ score }) => score);
}

interface Asked {
  question?: string;
  expected?: unknown;
  more?: Partial<RecordedSpan>;
}

/** The one score of an answer; `undefined` where there is no verdict. */
export async function judged(
  evaluator: Evaluator,
  answer: string,
  { question, expected, more }: Asked = {},
): Promise<Score | undefined> {
  const options = expected === undefined ? {} : { expected: () => expected };
  const scores = await scoresOf(evaluator, recordedTrace(answered(SPAN_ID, answer, question, more)), options);
  if (scores.length > 1) throw new Error(`There are ${scores.length} scores.`);
  return scores[0];
}

export const valueOf = async (...args: Parameters<typeof judged>): Promise<Score['value']> =>
  (await judged(...args))?.value;

/** What a call of a model wrote. */
export const written = (...parts: Message['parts']): Partial<RecordedSpan> => ({
  messages: [{ role: 'assistant', origin: 'output', parts }],
});

import { stepsOf } from '../../model/steps.js';
import type { Lint } from './finding.js';

/** What OpenAI, Anthropic, Gemini, Bedrock, Mistral and Cohere say of an answer that reached the limit of tokens. */
const LIMIT_REACHED: ReadonlySet<string> = new Set([
  'length',
  'max_tokens',
  'max_output_tokens',
  'max_completion_tokens',
  'max_length',
  'model_length',
  'model_context_window_exceeded',
]);

/** Answers that were cut off because they reached the limit of tokens. */
export const truncatedOutputs: Lint = {
  name: 'truncated-outputs',
  reads: 'detail',
  *find(look) {
    const { table } = look.trace;
    const cut: number[] = [];
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let position = from; position < to; position++) {
        if (!look.rollUps.isCall[position] || table.kinds[look.trace.rowAt(position)] !== 'llm') continue;
        yield;
        const messages = look.detailOf(position)?.messages ?? [];
        if (messages.some(({ origin, finishReason }) => origin === 'output' && isLimit(finishReason)))
          cut.push(position);
      }
    }
    if (cut.length === 0) return;
    yield {
      rule: truncatedOutputs.name,
      severity: 'warning',
      values: { count: cut.length },
      spans: look.spansAt(cut),
    };
  },
};

/** `FinishReason.MAX_TOKENS`, `max-tokens`. */
const isLimit = (reason: string | undefined): boolean =>
  reason !== undefined && LIMIT_REACHED.has(reason.toLowerCase().replace(/^.*\./, '').replaceAll('-', '_'));

import type { Span } from '../../model/index.js';
import { placesIn } from '../../internals/logprobs/find.js';

/** Names in an answer that tell of the times inside its call; what reads them is loaded when it is needed. */
const TELLING: readonly string[] = ['prompt_ms', 'eval_duration', 'completion_time', 'time_to_first_token_s'];

/** Whether it is worth while to look for the stages of a span: quick. */
export function mayHaveStages(span: Span): boolean {
  if (span.timeToFirstToken !== undefined || span.internals?.stages || span.internals?.output?.t_ms?.length)
    return true;
  if (span.kind !== 'llm') return false;
  for (const name of span.attributes.keys()) if (name.startsWith('gen_ai.latency.')) return true;
  if (span.events.some(({ name }) => name.endsWith('content.completion.chunk'))) return true;
  for (const place of placesIn(span.output)) {
    if (TELLING.some((name) => typeof (place as Readonly<Record<string, unknown>>)[name] === 'number')) return true;
  }
  return false;
}

import { count, kind, tags, text, type Convention, type FactsRule, type OutlineRule } from './convention.js';

/**
 * Laminar (lmnr-ai/lmnr, app-server/src/db/spans.rs and src/traces/span_attributes.rs; lmnr-ai/lmnr-ts). Model calls also
 * have OpenLLMetry's or OpenTelemetry's attributes.
 */
export const laminar: Convention = {
  name: 'Laminar',
  outline: new Map<string, OutlineRule | FactsRule>([
    [
      'lmnr.span.type',
      // `DEFAULT` is what a span is when nothing is known of it.
      kind(1, {
        llm: 'llm',
        cached: 'llm',
        tool: 'tool',
        executor: 'chain',
        pipeline: 'chain',
        evaluation: 'chain',
        evaluator: 'evaluator',
        human_evaluator: 'evaluator',
      }),
    ],
    ['lmnr.association.properties.session_id', text('sessionId', 3)],
    ['lmnr.association.properties.user_id', text('userId', 3)],
    ['lmnr.association.properties.tags', tags(3)],
    ['gen_ai.usage.input_cost', count('inputCost', 3)],
    ['gen_ai.usage.output_cost', count('outputCost', 3)],
  ]),
};

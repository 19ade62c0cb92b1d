import type { PromptTemplate, Score, SpanMeaning, SpanRecord } from '../model/index.js';
import { jsonOrText } from '../payloads/json-text.js';
import { firstOf, hasPrefix, payloadOf, stated, textOf, type Attributes } from './attribute-values.js';
import { asNumber } from './convention.js';

export function orqMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'orq.')) return {};
  const score = scoreOf(attributes);
  return stated<SpanMeaning>({
    input: payloadOf(attributes, 'orq.input', 'orq.input.value'),
    output: payloadOf(attributes, 'orq.output', 'orq.output.value'),
    prompt: promptOf(attributes),
    scores: score && [score],
  });
}

function promptOf(attributes: Attributes): PromptTemplate | undefined {
  const name = textOf(attributes, 'orq.prompt_id', 'orq.deployment_key', 'orq.deployment_id');
  const variables = jsonOrText(firstOf(attributes, 'orq.variables'));
  return name === undefined && variables === undefined ? undefined : stated<PromptTemplate>({ name, variables });
}

/** What an evaluator or a guardrail found. */
function scoreOf(attributes: Attributes): Score | undefined {
  for (const family of ['orq.evaluator', 'orq.guardrail']) {
    const value = firstOf(attributes, `${family}.score`, `${family}.value`, `${family}.result`, `${family}.passed`);
    if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'boolean') continue;
    return stated<Score>({
      name: textOf(attributes, `${family}.name`, `${family}.key`, `${family}.id`) ?? family.slice('orq.'.length),
      value: typeof value === 'string' ? (asNumber(value) ?? value) : value,
      explanation: textOf(attributes, `${family}.explanation`, `${family}.reason`),
    });
  }
  return undefined;
}

import type { Usage } from '../model/index.js';
import { isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import {
  asCount,
  kind,
  metadata,
  model,
  tags,
  text,
  type Convention,
  type FactsRule,
  type OutlineFacts,
  type OutlineRule,
} from './convention.js';

/**
 * The counts of a `usage_details` object. Langfuse splits a side into parts that do not overlap (`input`,
 * `input_cached_tokens`, `cache_read_input_tokens`…), so a side is the sum of the keys that name it. The keys are open:
 * integrations pass on the provider's own (`thoughts_token_count`). What is cached is input, whatever its key says.
 */
export function langfuseUsage(details: unknown): OutlineFacts {
  const usage: OutlineFacts = {};
  if (!isRecord(details)) return usage;
  const add = (fact: Exclude<keyof Usage, 'total'>, tokens: number): void => {
    usage[fact] = (usage[fact] ?? 0) + tokens;
  };
  for (const [key, value] of Object.entries(details)) {
    const tokens = asCount(value);
    if (tokens === undefined) continue;
    if (key === 'total' || key === 'total_tokens') usage.total = tokens;
    else if (/input|prompt|cache/.test(key)) {
      add('input', tokens);
      if (key.includes('audio')) add('audioInput', tokens);
    } else if (/output|completion|candidates|thoughts|reasoning/.test(key)) {
      add('output', tokens);
      if (key.includes('audio')) add('audioOutput', tokens);
    }
    if (/cache.*(creation|write)/.test(key)) add('cacheWrite', tokens);
    else if (key.includes('cache')) add('cacheRead', tokens);
    if (/reasoning|thoughts/.test(key)) add('reasoning', tokens);
  }
  // Its wrapper of OpenAI's SDK sends parts that are inside `input` and `output`: the stated total tells.
  const input = asCount(details['input']);
  const output = asCount(details['output']);
  const isOverlapping = usage.total !== undefined && (usage.input ?? 0) + (usage.output ?? 0) > usage.total;
  if (isOverlapping && input !== undefined && output !== undefined && input + output === usage.total) {
    usage.input = input;
    usage.output = output;
  }
  return usage;
}

const usageDetails: FactsRule = { rank: 2, facts: (value) => langfuseUsage(jsonOrText(value)) };

/** US dollars of a `cost_details` object, which states them by usage key: `total` where it is there, else the sum. */
export function langfuseCost(details: unknown): number | undefined {
  if (!isRecord(details)) return undefined;
  const costs = Object.values(details).flatMap((cost) => asCount(cost) ?? []);
  return asCount(details['total']) ?? (costs.length ? costs.reduce((sum, cost) => sum + cost, 0) : undefined);
}

const costDetails: OutlineRule = { fact: 'cost', rank: 1, read: (value) => langfuseCost(jsonOrText(value)) };

/** Kinds by type of observation. `span` and `event` are what one is when nothing is known of it. */
export const LANGFUSE_KINDS = {
  generation: 'llm',
  agent: 'agent',
  tool: 'tool',
  chain: 'chain',
  retriever: 'retriever',
  embedding: 'embedding',
  evaluator: 'evaluator',
  guardrail: 'guardrail',
} as const;

/** The SDK writes the moment as JSON text, in quotation marks. */
const completionStart: OutlineRule = {
  fact: 'firstTokenAt',
  rank: 1,
  read: (value) => {
    const moment = jsonOrText(value);
    const millis = typeof moment === 'string' ? Date.parse(moment.replace(/^"|"$/g, '')) : NaN;
    return Number.isNaN(millis) ? undefined : millis;
  },
};

/**
 * Langfuse over OpenTelemetry (langfuse/langfuse, packages/shared/src/server/otel/attributes.ts). As its JavaScript SDK
 * sends it: metadata has an attribute for each entry; input and output are text, or JSON text, whatever the kind; a request
 * to a model is the object that the client was given, tools and all; parameters that were not set are empty texts.
 */
export const langfuse: Convention = {
  name: 'Langfuse',
  outline: new Map<string, OutlineRule | FactsRule>([
    ['langfuse.observation.type', kind(1, LANGFUSE_KINDS)],
    ['langfuse.observation.model.name', model(2)],
    ['langfuse.observation.usage_details', usageDetails],
    ['langfuse.observation.cost_details', costDetails],
    ['langfuse.session.id', text('sessionId', 1)],
    ['session.id', text('sessionId', 2)],
    ['langfuse.user.id', text('userId', 1)],
    ['user.id', text('userId', 2)],
    ['langfuse.trace.tags', tags(1)],
    ['langfuse.trace.metadata', metadata(1)],
    ['langfuse.trace.name', text('traceName')],
    ['langfuse.observation.completion_start_time', completionStart],
  ]),
  metadataPrefix: 'langfuse.trace.metadata.',
};

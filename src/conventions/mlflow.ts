import { isRecord } from '../payloads/json-record.js';
import { stated } from './attribute-values.js';
import {
  asCount,
  kind,
  model,
  text,
  type Convention,
  type FactsRule,
  type OutlineFacts,
  type OutlineRule,
} from './convention.js';

/**
 * A value as MLflow writes it: the JSON text of anything, of texts too (`"\"LLM\""`). What is no such text is left as it
 * is, so a value may be decoded already.
 */
export function mlflowValue(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (!/^\s*["{[]/.test(value)) return value === 'null' ? null : value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The same rule, for a value that is JSON text. */
const decoded = (rule: OutlineRule): OutlineRule => ({ ...rule, read: (value) => rule.read(mlflowValue(value)) });

/**
 * Tokens as MLflow's integrations pass them on. OpenAI's and Gemini's input includes what is cached, Anthropic's does
 * not, and which it is is not said. More in the cache than in the input is only possible where it does not: then the
 * cached tokens are added.
 */
const tokenUsage: FactsRule = {
  rank: 2,
  facts(value) {
    const usage = mlflowValue(value);
    if (!isRecord(usage)) return {};
    const cacheRead = asCount(usage['cache_read_input_tokens']);
    const cacheWrite = asCount(usage['cache_creation_input_tokens']);
    const output = asCount(usage['output_tokens']);
    const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
    let input = asCount(usage['input_tokens']);
    let total = asCount(usage['total_tokens']);
    if (input !== undefined && cached > input) {
      if (total === input + (output ?? 0)) total += cached;
      input += cached;
    }
    return stated<OutlineFacts>({ input, output, total, cacheRead, cacheWrite });
  },
};

const cost: FactsRule = {
  rank: 1,
  facts(value) {
    const costs = mlflowValue(value);
    if (!isRecord(costs)) return {};
    return stated<OutlineFacts>({
      cost: asCount(costs['total_cost']),
      inputCost: asCount(costs['input_cost']),
      outputCost: asCount(costs['output_cost']),
    });
  },
};

/**
 * MLflow, in its own traces and over OTLP, where attribute values are JSON texts (mlflow/mlflow, mlflow/tracing/
 * constant.py and mlflow/entities/span.py). Types of spans may be anybody's words; those that are not known tell nothing.
 */
export const mlflowAttributes: Convention = {
  name: 'MLflow',
  outline: new Map<string, OutlineRule | FactsRule>([
    [
      'mlflow.spanType',
      decoded(
        kind(1, {
          llm: 'llm',
          chat_model: 'llm',
          chain: 'chain',
          workflow: 'chain',
          agent: 'agent',
          tool: 'tool',
          retriever: 'retriever',
          embedding: 'embedding',
          reranker: 'reranker',
          guardrail: 'guardrail',
          evaluator: 'evaluator',
        }),
      ),
    ],
    ['mlflow.spanFunctionName', decoded(text('label', 4))],
    ['mlflow.llm.model', decoded(model(3))],
    ['mlflow.llm.provider', decoded(text('provider', 3))],
    ['mlflow.chat.tokenUsage', tokenUsage],
    ['mlflow.llm.cost', cost],
    ['mlflow.trace.session', decoded(text('sessionId', 3))],
    ['mlflow.trace.user', decoded(text('userId', 3))],
  ]),
};

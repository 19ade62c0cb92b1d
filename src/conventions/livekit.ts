import { isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { stated } from './attribute-values.js';
import {
  asCount,
  duration,
  marks,
  text,
  type Convention,
  type FactsRule,
  type OutlineFacts,
  type OutlineRule,
} from './convention.js';

/** Metrics of a call: `ttft` in seconds, -1 where it was cancelled; `prompt_cached_tokens` are inside `prompt_tokens`. */
const metrics: FactsRule = {
  rank: 5,
  facts: (value) => {
    const held = jsonOrText(value);
    if (!isRecord(held)) return {};
    const seconds = asCount(held['ttft']);
    const about = isRecord(held['metadata']) ? held['metadata'] : {};
    const word = (name: unknown): string | undefined => (typeof name === 'string' && name !== '' ? name : undefined);
    return stated<OutlineFacts>({
      input: asCount(held['prompt_tokens'] ?? held['input_tokens']),
      output: asCount(held['completion_tokens'] ?? held['output_tokens']),
      total: asCount(held['total_tokens']),
      cacheRead: asCount(held['prompt_cached_tokens']),
      timeToFirstToken: seconds === undefined ? undefined : seconds * 1000,
      model: word(about['model_name']),
      provider: word(about['model_provider']),
    });
  },
};

/**
 * LiveKit Agents (livekit/agents, livekit-agents/livekit/agents/telemetry/trace_types.py). Newer versions write what people
 * said under `lk.pii.…`, older ones the same without `pii.`; both are read.
 */
export const liveKit: Convention = {
  name: 'LiveKit Agents',
  outline: new Map<string, OutlineRule | FactsRule>([
    ['lk.function_tool.name', marks('tool', 5)],
    ['lk.chat_ctx', marks('llm', 5)],
    ['lk.pii.chat_ctx', marks('llm', 5)],
    ['lk.llm_metrics', metrics],
    ['lk.realtime_model_metrics', metrics],
    ['lk.response.ttft', duration(1000, 4)],
    ['lk.room_name', text('sessionId', 6)],
    ['lk.pii.room_name', text('sessionId', 6)],
    ['lk.participant_identity', text('userId', 6)],
  ]),
  kindOfName: (name) =>
    name === 'agent_session' || name === 'agent_turn' || name === 'assistant_turn'
      ? 'agent'
      : name === 'llm_node' || name === 'llm_request'
        ? 'llm'
        : name === 'function_tool'
          ? 'tool'
          : undefined,
};

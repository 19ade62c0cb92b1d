import { isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { stated } from './attribute-values.js';
import { asCount, text, type Convention, type FactsRule, type OutlineFacts, type OutlineRule } from './convention.js';

/**
 * The counts in a response of Gemini's. Its `candidates_token_count` leaves out what was thought, which is added; cached
 * tokens are inside `prompt_token_count`.
 */
const usageOfResponse: FactsRule = {
  rank: 6,
  facts: (value) => {
    const response = jsonOrText(value);
    const usage = isRecord(response) ? (response['usage_metadata'] ?? response['usageMetadata']) : undefined;
    if (!isRecord(usage)) return {};
    const number = (snake: string, camel: string): number | undefined => asCount(usage[snake] ?? usage[camel]);
    const answered = number('candidates_token_count', 'candidatesTokenCount');
    const thought = number('thoughts_token_count', 'thoughtsTokenCount');
    return stated<OutlineFacts>({
      input: number('prompt_token_count', 'promptTokenCount'),
      output: answered === undefined && thought === undefined ? undefined : (answered ?? 0) + (thought ?? 0),
      total: number('total_token_count', 'totalTokenCount'),
      cacheRead: number('cached_content_token_count', 'cachedContentTokenCount'),
      reasoning: thought,
    });
  },
};

/**
 * Google's Agent Development Kit (google/adk-python, src/google/adk/telemetry/tracing.py), which writes its own attributes
 * beside OpenTelemetry's. Requests and responses are JSON text of Gemini's shapes; `{}` where content is not recorded.
 */
export const googleAdk: Convention = {
  name: 'Google ADK',
  outline: new Map<string, OutlineRule | FactsRule>([
    ['gcp.vertex.agent.session_id', text('sessionId', 4)],
    ['gcp.vertex.agent.llm_response', usageOfResponse],
  ]),
  kindOfName: (name) =>
    name.startsWith('agent_run [')
      ? 'agent'
      : name === 'call_llm'
        ? 'llm'
        : /^execute_tool\b/.test(name)
          ? 'tool'
          : undefined,
};

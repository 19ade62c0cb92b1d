import type { SpanMeaning, SpanRecord } from '../model/index.js';
import { messagesOf } from '../payloads/index.js';
import { isRecord } from '../payloads/json-record.js';
import { toolDefinitions } from '../payloads/tools.js';
import { hasPrefix, payloadOf, stated, unlessEmpty } from './attribute-values.js';

export function googleAdkMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'gcp.vertex.agent.')) return {};
  const request = payloadOf(attributes, 'gcp.vertex.agent.llm_request');
  const response = payloadOf(attributes, 'gcp.vertex.agent.llm_response');
  const config = isRecord(request) && isRecord(request['config']) ? request['config'] : {};
  return stated<SpanMeaning>({
    input: unlessBare(request) ?? unlessBare(payloadOf(attributes, 'gcp.vertex.agent.tool_call_args')),
    output: unlessBare(response) ?? unlessBare(payloadOf(attributes, 'gcp.vertex.agent.tool_response')),
    // ADK's response has the turn itself where Gemini's has candidates.
    messages: isRecord(response) ? messagesOf(response['content'], 'output') : undefined,
    tools: unlessEmpty(toolDefinitions(config['tools'])),
  });
}

const unlessBare = <T>(value: T | undefined): T | undefined =>
  isRecord(value) && Object.keys(value).length === 0 ? undefined : value;

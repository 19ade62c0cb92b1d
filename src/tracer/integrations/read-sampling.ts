import { callParameters } from '../../payloads/call-parameters.js';
import { messagesOf } from '../../payloads/index.js';
import { firstText, recordsIn, type JsonRecord } from '../../payloads/json-record.js';
import { toolDefinitions } from '../../payloads/tools.js';
import type { TracerSpan } from '../tracer-span.js';

/** Fields of a request that are no parameters of the model. */
const OTHER_FIELDS: ReadonlySet<string> = new Set(['_meta', 'systemPrompt']);

/** Tells a span what a server asked a model, and what the model said (MCP, `sampling/createMessage`). */
export function recordSampling(span: TracerSpan, asked: JsonRecord, answered: JsonRecord): void {
  const { systemPrompt, messages, tools } = asked;
  const system = typeof systemPrompt === 'string' ? [{ role: 'system', content: systemPrompt }] : [];
  const input = messagesOf({ messages: [...system, ...recordsIn(messages).map(turn)] }, 'input') ?? [];
  const finishReason = firstText(answered, 'stopReason');
  const output = (messagesOf({ messages: [turn(answered)] }, 'output') ?? []).map((message) => ({
    ...message,
    ...(finishReason !== undefined && { finishReason }),
  }));
  const model = firstText(answered, 'model');
  const parameters = callParameters(
    Object.fromEntries(Object.entries(asked).filter(([name]) => !OTHER_FIELDS.has(name))),
  );
  const definitions = toolDefinitions(tools);
  span.update({
    messages: [...input, ...output],
    ...(model !== undefined && { model }),
    ...(parameters && { parameters }),
    ...(definitions.length > 0 && { tools: definitions }),
  });
  span.setAttributes({
    ...(model !== undefined && { 'gen_ai.response.model': model }),
    ...(finishReason !== undefined && { 'gen_ai.response.finish_reasons': [finishReason] }),
    // The protocol has no word for it.
    'llm_trace.usage_missing': true,
  });
}

/** MCP has one content block where others have a list. */
const turn = ({ role, content }: JsonRecord): JsonRecord => ({
  role,
  content: Array.isArray(content) ? content : [content],
});

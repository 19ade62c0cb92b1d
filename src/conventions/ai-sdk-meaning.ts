import type { Message, MessagePart, SpanMeaning, SpanRecord, TraceDocument } from '../model/index.js';
import { makeMessage, toolCalls } from '../payloads/chat-message.js';
import { contentParts } from '../payloads/content-part.js';
import { documentOf } from '../payloads/documents.js';
import { conversation } from '../payloads/index.js';
import { isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import {
  firstOf,
  hasPrefix,
  ownTool,
  parametersOf,
  payloadOf,
  stated,
  textOf,
  unlessEmpty,
  type Attributes,
} from './attribute-values.js';
import { asNumber } from './convention.js';

const PARAMETERS: ReadonlyMap<string, string> = new Map([['ai.prompt.toolChoice', 'toolChoice']]);

export function aiSdkSpansMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'ai.')) return {};
  // What the model was asked as it was sent, else as the application wrote it.
  const asked = conversation(attributes.get('ai.prompt.messages') ?? promptOf(attributes.get('ai.prompt')), 'input');
  const ranking = jsonItems(attributes.get('ai.ranking'));
  const embedded = jsonItems(firstOf(attributes, 'ai.values', 'ai.value')).map(documentOf);
  const tools = unlessEmpty(toolDefinitions(attributes.get('ai.prompt.tools')));
  return stated<SpanMeaning>({
    input: payloadOf(attributes, 'ai.toolCall.args', 'ai.toolCall.input'),
    output: payloadOf(attributes, 'ai.toolCall.result', 'ai.toolCall.output', 'ai.response.object', 'ai.result.object'),
    messages: unlessEmpty([...asked, ...answered(attributes)]),
    tools: tools ?? ownTool(attributes.get('ai.toolCall.name'), undefined),
    documents: unlessEmpty(ranking.length ? ranking.map(ranked) : embedded),
    inputDocuments: unlessEmpty(jsonItems(attributes.get('ai.documents')).map(documentOf)),
    parameters: parametersOf(attributes, PARAMETERS, 'ai.settings.'),
  });
}

/** The prompt attribute, or the text in it where that is all it holds. */
function promptOf(value: unknown): unknown {
  const prompt = jsonOrText(value);
  return isRecord(prompt) && Object.keys(prompt).length === 1 ? (prompt['prompt'] ?? prompt) : prompt;
}

/** The answer, which the span states in parts; version 3 called them `ai.result.*`. */
function answered(attributes: Attributes): Message[] {
  const reasoning = textOf(attributes, 'ai.response.reasoning');
  const said = textOf(attributes, 'ai.response.text', 'ai.result.text', 'ai.response.object', 'ai.result.object');
  const parts: MessagePart[] = [
    ...(reasoning === undefined ? [] : [{ type: 'reasoning' as const, text: reasoning }]),
    ...(said === undefined ? [] : [{ type: 'text' as const, text: said }]),
    ...toolCalls({ tool_calls: jsonOrText(firstOf(attributes, 'ai.response.toolCalls', 'ai.result.toolCalls')) }),
    ...contentParts(jsonOrText(attributes.get('ai.response.files'))),
  ];
  const finishReason = textOf(attributes, 'ai.response.finishReason', 'ai.finishReason');
  return parts.length ? [makeMessage('assistant', 'output', parts, { finishReason })] : [];
}

/** The values of a list whose items are JSON texts, or of one such text. */
function jsonItems(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  const list = jsonOrText(value);
  return (Array.isArray(list) ? list : [list]).map((item: unknown) => {
    if (typeof item !== 'string') return item;
    try {
      return JSON.parse(item) as unknown;
    } catch {
      return item;
    }
  });
}

/** One place in a ranking: `{originalIndex, score, document}`. */
function ranked(value: unknown): TraceDocument {
  if (!isRecord(value)) return documentOf(value);
  const place = asNumber(value['originalIndex'] ?? value['index']);
  const document = documentOf(value);
  if (document.id === undefined && place !== undefined) document.id = String(place);
  return document;
}

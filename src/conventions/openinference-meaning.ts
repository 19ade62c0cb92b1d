import type {
  Message,
  MessagePart,
  Payload,
  PromptTemplate,
  Score,
  SpanMeaning,
  SpanRecord,
  TraceDocument,
} from '../model/index.js';
import { makeMessage, roleOf, textMessage } from '../payloads/chat-message.js';
import { isRecord, textOrJson } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { mediaPart } from '../payloads/media.js';
import { toolDefinition } from '../payloads/tools.js';
import { hasPrefix, ownTool, stated, textOf, unlessEmpty, type Attributes } from './attribute-values.js';
import { asNumber } from './convention.js';
import { type Branch, unflatten } from './flattened.js';

const PREFIXES = [
  'llm.',
  'input.',
  'output.',
  'tool.',
  'retrieval.',
  'reranker.',
  'embedding.',
  'prompt.',
  'annotations.',
  'evaluations.',
];

export function openInferenceMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, ...PREFIXES)) return {};
  const llm = unflatten(attributes, 'llm');
  const reranker = unflatten(attributes, 'reranker');
  const messages = [
    ...llm.list('input_messages').map((item) => message(item, 'input')),
    ...llm.list('prompts').map((item) => plainMessage(item.get('prompt.text'), 'input')),
    ...llm.list('output_messages').map((item) => message(item, 'output')),
    ...llm.list('choices').map((item) => plainMessage(item.get('completion.text'), 'output')),
  ];
  const finishReason = llm.text('finish_reason');
  if (finishReason !== undefined)
    for (const turn of messages) if (turn.origin === 'output') turn.finishReason = finishReason;
  const tools = llm.list('tools').flatMap((item) => toolDefinition(jsonOrText(item.get('tool.json_schema'))) ?? []);
  const parameters = jsonOrText(attributes.get('llm.invocation_parameters'));
  const documents = [
    ...unflatten(attributes, 'retrieval').list('documents').map(documentOf),
    ...reranker.list('output_documents').map(documentOf),
    ...unflatten(attributes, 'embedding').list('embeddings').flatMap(embeddedText),
  ];
  return stated<SpanMeaning>({
    input: payload(attributes, 'input') ?? reranker.text('query'),
    output: payload(attributes, 'output'),
    messages: unlessEmpty(messages),
    tools: unlessEmpty(tools) ?? toolOfSpan(attributes),
    documents: unlessEmpty(documents),
    inputDocuments: unlessEmpty(reranker.list('input_documents').map(documentOf)),
    parameters: isRecord(parameters) ? new Map(Object.entries(parameters)) : undefined,
    prompt: promptTemplate(llm.at('prompt_template'), attributes),
    scores: unlessEmpty([
      ...scoresUnder(attributes, 'annotations', 'annotation'),
      ...scoresUnder(attributes, 'evaluations', 'evaluation'),
    ]),
  });
}

/** JSON text is parsed where the MIME type says that it is JSON, and otherwise left alone: a text may look like JSON. */
function payload(attributes: Attributes, side: 'input' | 'output'): Payload | undefined {
  const value = attributes.get(`${side}.value`);
  if (value === undefined || value === null) return undefined;
  return (attributes.get(`${side}.mime_type`) === 'application/json' ? jsonOrText(value) : value) as Payload;
}

const plainMessage = (value: unknown, origin: Message['origin']): Message =>
  textMessage(roleOf(undefined, origin), origin, textOrJson(value ?? ''));

function message(item: Branch, origin: Message['origin']): Message {
  const body = item.at('message') ?? item;
  const role = roleOf(body.get('role'), origin);
  const callId = body.text('tool_call_id');
  const name = body.text('name');
  const contents: MessagePart[] = body.list('contents').map(contentPart);
  const parts =
    callId !== undefined || role === 'tool' ? [toolResult(body.get('content'), contents, callId, name)] : contents;
  const content = body.get('content');
  if (parts.length === 0 && content !== undefined && content !== null && content !== '') {
    parts.push({ type: 'text', text: textOrJson(content) });
  }
  for (const call of body.list('tool_calls')) parts.push(toolCall(call.at('tool_call') ?? call));
  const functionName = body.text('function_call_name');
  if (functionName !== undefined) {
    const args = jsonOrText(body.get('function_call_arguments_json'));
    parts.push({ type: 'tool-call', name: functionName, arguments: args });
  }
  return makeMessage(role, origin, parts, { name });
}

/** The whole content of a tool's message is the result of the call. */
function toolResult(
  content: unknown,
  contents: readonly MessagePart[],
  id: string | undefined,
  name: string | undefined,
): MessagePart {
  const result = content ?? contents.map((part) => ('text' in part ? part.text : '')).join('\n');
  return {
    type: 'tool-result',
    result: jsonOrText(result),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
  };
}

function toolCall(call: Branch): MessagePart {
  const id = call.text('id');
  return {
    type: 'tool-call',
    name: call.text('function.name') ?? '',
    arguments: jsonOrText(call.get('function.arguments')),
    ...(id !== undefined && { id }),
  };
}

function contentPart(item: Branch): MessagePart {
  const body = item.at('message_content') ?? item;
  const type = body.text('type');
  const image = body.text('image.image.url');
  const audio = body.text('audio.audio.url') ?? body.text('audio.url');
  if (image !== undefined) return mediaPart('image', image);
  if (audio !== undefined) return mediaPart('audio', audio, body.text('audio.audio.mime_type'));
  const content = body.text('text') ?? '';
  if (type === 'tool_use') return toolCall(body.at('tool_call') ?? body);
  if (type !== 'reasoning') return { type: 'text', text: content };
  if (content === '' && body.get('encrypted_content') !== undefined) return { type, text: '', hidden: 'encrypted' };
  if (content === '' && body.get('data') !== undefined) return { type, text: '', hidden: 'redacted' };
  return { type, text: content };
}

const toolOfSpan = (attributes: Attributes) =>
  ownTool(
    attributes.get('tool.name'),
    attributes.get('tool.description'),
    jsonOrText(attributes.get('tool.json_schema') ?? attributes.get('tool.parameters')),
  );

function documentOf(item: Branch): TraceDocument {
  const body = item.at('document') ?? item;
  const id = body.get('id');
  const content = body.get('content');
  return stated<TraceDocument>({
    id: id === undefined ? undefined : textOrJson(id),
    content: content === undefined ? undefined : textOrJson(content),
    score: asNumber(body.get('score')),
    metadata: jsonOrText(body.get('metadata')),
  });
}

/** A text that was embedded, without its vector. */
function embeddedText(item: Branch): TraceDocument[] {
  const content = item.get('embedding.text');
  return content === undefined ? [] : [{ content: textOrJson(content) }];
}

function promptTemplate(branch: Branch | undefined, attributes: Attributes): PromptTemplate | undefined {
  const template = branch?.get('template');
  const version = branch?.get('version');
  const prompt = stated<PromptTemplate>({
    name: textOf(attributes, 'prompt.id'),
    version: version === undefined ? undefined : textOrJson(version),
    template: template === undefined ? undefined : textOrJson(template),
    variables: jsonOrText(branch?.get('variables')),
  });
  return Object.keys(prompt).length ? prompt : undefined;
}

function scoresUnder(attributes: Attributes, list: string, wrapper: string): Score[] {
  return unflatten(attributes, list)
    .list()
    .map((item) => {
      const body = item.at(wrapper) ?? item;
      return {
        name: body.text('name') ?? wrapper,
        ...stated<Omit<Score, 'name'>>({
          value: asNumber(body.get('score')),
          label: body.text('label'),
          explanation: body.text('explanation'),
          source: body.text('annotator_kind')?.toLowerCase(),
        }),
      };
    });
}

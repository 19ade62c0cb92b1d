import { type Citation, type Message, type MessagePart, type SpanMeaning, type SpanRecord } from '../model/index.js';
import { conversation } from '../payloads/index.js';
import { isRecord, recordsIn, type JsonRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { stated, unlessEmpty } from './attribute-values.js';
import { isNumber, isText, MARK, markOf } from './llm-trace-kit.js';

const REQUEST = 'gen_ai.request.';

const MEANINGS: readonly (keyof SpanMeaning)[] = [
  'input',
  'output',
  'messages',
  'tools',
  'documents',
  'inputDocuments',
  'prompt',
  'exceptions',
  'scores',
];

/**
 * What an exported span means; `undefined` for any other span. Nothing is guessed: a text stays a text though it looks like
 * JSON, an input that looks like messages is no conversation, and attributes that the span had itself mean nothing more.
 */
export function exportedMeaning({ attributes, events }: SpanRecord): SpanMeaning | undefined {
  const exact = markOf(attributes.get(MARK));
  if (!exact) return undefined;
  const own = new Set(Array.isArray(exact['own']) ? (exact['own'] as unknown[]) : []);
  const said = new Map([...attributes].filter(([key]) => !own.has(key)));
  const text = (key: string): string | undefined => {
    const value = said.get(key);
    return isText(value) ? value : undefined;
  };
  const list = (key: string): readonly JsonRecord[] => recordsIn(jsonOrText(said.get(key)));
  const side = (name: 'input' | 'output', tool: string): unknown =>
    exact['kind'] === 'tool'
      ? jsonOrText(said.get(tool))
      : text(`${name}.mime_type`) === 'application/json'
        ? jsonValue(said.get(`${name}.value`))
        : said.get(`${name}.value`);
  const ownEvents = exact['ownEvents'];
  const eventsCalled = (name: string) =>
    Array.isArray(ownEvents) && ownEvents.includes(name) ? [] : events.filter((event) => event.name === name);
  const prompt = stated<NonNullable<SpanMeaning['prompt']>>({
    name: text('gen_ai.prompt.name'),
    template: text('llm.prompt_template.template'),
    version: text('llm.prompt_template.version'),
    variables: jsonValue(said.get('llm.prompt_template.variables')),
  });
  const parameters = isRecord(exact['parameters'])
    ? Object.entries(exact['parameters'])
    : [...said].flatMap(([key, value]) =>
        key.startsWith(REQUEST) && key !== `${REQUEST}model` ? [[key.slice(REQUEST.length), value] as const] : [],
      );
  const meaning: Record<keyof SpanMeaning, unknown> = {
    input: text('gen_ai.retrieval.query.text') ?? side('input', 'gen_ai.tool.call.arguments'),
    output: side('output', 'gen_ai.tool.call.result'),
    messages: unlessEmpty([
      ...messages(said.get('gen_ai.system_instructions'), 'instructions'),
      ...messages(said.get('gen_ai.input.messages'), 'input'),
      ...messages(said.get('gen_ai.output.messages'), 'output'),
    ]),
    tools: unlessEmpty(
      list('gen_ai.tool.definitions').map(({ name, description, parameters: schema }) =>
        stated({ name, description, parameters: schema }),
      ),
    ),
    documents: unlessEmpty(list('gen_ai.retrieval.documents')),
    inputDocuments: undefined,
    parameters: parameters.length ? new Map(parameters) : undefined,
    prompt: Object.keys(prompt).length ? prompt : undefined,
    exceptions: unlessEmpty(
      eventsCalled('exception').map((event) => ({
        ...picked(event.attributes, 'exception.', ['type', 'message', 'stacktrace']),
        ...(event.time !== undefined && { time: event.time }),
      })),
    ),
    scores: unlessEmpty(
      eventsCalled('gen_ai.evaluation.result').map((event) => ({
        ...picked(event.attributes, 'gen_ai.evaluation.', ['name', 'explanation']),
        ...picked(event.attributes, 'gen_ai.evaluation.score.', ['value', 'label']),
      })),
    ),
  };
  for (const part of MEANINGS) if (part in exact) meaning[part] = exact[part];
  return stated<SpanMeaning>(meaning as SpanMeaning);
}

const picked = (attributes: ReadonlyMap<string, unknown>, prefix: string, names: readonly string[]): object =>
  Object.fromEntries(
    names.flatMap((name) => (attributes.has(prefix + name) ? [[name, attributes.get(prefix + name)]] : [])),
  );

/** What JSON text of anything holds, which backends may have parsed already; `undefined` for a text that is none. */
function jsonValue(value: unknown): unknown {
  try {
    return isText(value) ? JSON.parse(value) : value;
  } catch {
    return undefined;
  }
}

function messages(value: unknown, side: Message['origin'] | 'instructions'): Message[] {
  const held = jsonValue(value);
  const origin = side === 'output' ? 'output' : 'input';
  // A backend may have cut it.
  if (!Array.isArray(held)) return conversation(value, origin);
  if (side === 'instructions') return [{ role: 'system', origin, parts: recordsIn(held).map(part) }];
  return recordsIn(held).map(({ role, name, parts, finish_reason: reason }) => ({
    role: isText(role) ? role : '',
    origin,
    parts: recordsIn(parts).map(part),
    ...(isText(name) && { name }),
    ...(isText(reason) && reason !== '' && { finishReason: reason }),
  }));
}

const TEXTS_OF_CITATION = ['url', 'title', 'text', 'documentId'] as const;
const NUMBERS_OF_CITATION = ['documentIndex', 'start', 'end'] as const;

const citation = (written: JsonRecord): Citation =>
  Object.fromEntries([
    ...TEXTS_OF_CITATION.flatMap((name) => (isText(written[name]) ? [[name, written[name]]] : [])),
    ...NUMBERS_OF_CITATION.flatMap((name) => (isNumber(written[name]) ? [[name, written[name]]] : [])),
  ]) as Citation;

/** A part as `otelPart` (src/export/otlp-messages.ts) writes it. */
function part(written: JsonRecord): MessagePart {
  const { type, content, id, name, uri } = written;
  const text = isText(content) ? content : '';
  switch (type) {
    case 'text': {
      const { citations } = written;
      return { type, text, ...(Array.isArray(citations) && { citations: recordsIn(citations).map(citation) }) };
    }
    case 'refusal':
      return { type, text };
    case 'reasoning':
      return stated<MessagePart & { type: 'reasoning' }>({ type, text, hidden: written['hidden'] as 'redacted' });
    case 'tool_call':
      return stated<MessagePart>({ type: 'tool-call', id, name, arguments: written['arguments'] } as MessagePart);
    case 'tool_call_response': {
      const { response: result, is_error: isError } = written;
      return stated<MessagePart>({ type: 'tool-result', id, name, result, isError } as MessagePart);
    }
    case 'blob':
    case 'uri':
    case 'file': {
      const { modality, mime_type: mimeType, file_id: fileId } = written;
      const data = type === 'blob' ? content : undefined;
      return stated<MessagePart>({ type: 'media', modality, mimeType, data, uri, name: name ?? fileId } as MessagePart);
    }
    case 'other':
      return { type: 'other', value: written['value'] };
    default:
      return { type: 'other', value: written };
  }
}

/** Traces, messages and values that hold hostile texts wherever data may stand. */
import type { Message, MessagePart } from '../../model/index.js';
import type { Vector } from './vectors.js';

/** Where a text stands: each place marks it in its own way, so that one can see that it was shown. */
export const PLACES = ['name', 'key', 'value', 'event', 'message', 'json'] as const;
export type Place = (typeof PLACES)[number];

export const mark = (place: Place, at: number): string => `${place}q${at}q`;
/** Any mark, or the beginning of one. */
export const MARK = new RegExp(`(?:${PLACES.join('|')})q\\d`);

const TIME = 1_790_000_000_000_000_000n;

const value = (content: unknown): object => ({ stringValue: content });
const stageCalled = (text: string, at: number): object => ({
  stage: text,
  start: at,
  end: at + 1,
  req: text,
  on: text,
});

const attributes = (entries: readonly (readonly [string, unknown])[]): object[] =>
  entries.map(([key, content]) => ({ key, value: value(content) }));

/** A trace whose first span holds every text in every place, and a span for every text's name. */
export function hostileTrace(vectors: readonly Vector[]): string {
  const marked = (place: Place): string[] => vectors.map(({ text }, at) => `${text}\n\n${mark(place, at)}`);
  const names = marked('name');
  const values = marked('value');
  const texts = marked('message');
  const times = (at: number): object => ({
    startTimeUnixNano: `${TIME + BigInt(at) * 1000n}`,
    endTimeUnixNano: `${TIME + BigInt(at + 1) * 1000n}`,
  });
  const messages = texts.map((content) => ({
    role: 'user',
    parts: [
      { type: 'text', content },
      { type: 'reasoning', content },
      { type: 'tool_call', id: content, name: content, arguments: { [content]: content } },
      { type: 'tool_call_response', id: content, result: content },
      { type: 'uri', modality: 'image', mime_type: 'image/png', uri: content },
    ],
  }));
  const [first = ''] = values;
  const whole = marked('json').map((content) => ({ [content]: [content] }));
  const entries: [string, unknown][] = [
    ['gen_ai.operation.name', 'chat'],
    ['gen_ai.request.model', first],
    ['gen_ai.input.messages', JSON.stringify(messages)],
    [
      'gen_ai.tool.definitions',
      JSON.stringify(values.map((name) => ({ name, description: name, parameters: { name } }))),
    ],
    ['input.value', JSON.stringify(whole)],
    ['llm.prompt_template.template', first],
    ['llm.prompt_template.variables', JSON.stringify({ [first]: first })],
    ...marked('key').map((key, at): [string, unknown] => [key, values[at]]),
  ];
  const root = {
    traceId: 'hostile',
    spanId: 'root',
    name: first,
    ...times(0),
    status: { code: 2, message: first },
    attributes: attributes(entries),
    events: marked('event').flatMap((text, at) => [
      { name: text, ...times(at), attributes: attributes([[text, text]]) },
      {
        name: 'exception',
        attributes: attributes([
          ['exception.type', text],
          ['exception.message', text],
          ['exception.stacktrace', `Error: ${text}\n    at ${text} (${text}:1:1)`],
        ]),
      },
    ]),
    links: values.map((text) => ({ traceId: text, spanId: text, attributes: attributes([[text, text]]) })),
  };
  const documents = {
    traceId: 'hostile',
    spanId: 'documents',
    parentSpanId: 'root',
    name: 'documents',
    ...times(1),
    attributes: attributes([
      ['openinference.span.kind', 'RETRIEVER'],
      ...values.flatMap((text, at): [string, unknown][] => [
        [`retrieval.documents.${at}.document.id`, text],
        [`retrieval.documents.${at}.document.content`, text],
        [`retrieval.documents.${at}.document.metadata`, JSON.stringify({ [text]: text })],
      ]),
      ['llm_trace.internals', JSON.stringify({ v: 1, stages: { clock: 'ms', events: values.map(stageCalled) } })],
    ]),
  };
  const named = names.map((name, at) => ({
    traceId: 'hostile',
    spanId: `name-${at}`,
    parentSpanId: 'root',
    name,
    ...times(at),
  }));
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: attributes([['service.name', first], ...values.map((text) => [text, text] as const)]) },
        scopeSpans: [{ scope: { name: first, version: first }, spans: [root, documents, ...named] }],
      },
    ],
  });
}

/** A conversation with a text in every field of its parts. */
export const hostileConversation = (vectors: readonly Vector[]): Message[] =>
  vectors.map(({ text }) => ({
    origin: 'input',
    role: text,
    name: text,
    finishReason: text,
    parts: [
      { type: 'text', text, citations: [{ url: text, title: text, text, documentId: text }] },
      { type: 'reasoning', text },
      { type: 'tool-call', id: text, name: text, arguments: text },
      { type: 'tool-result', id: text, name: text, result: { [text]: text } },
      { type: 'media', modality: text, mimeType: text, uri: text, name: text },
      { type: 'media', modality: 'image', mimeType: 'image/svg+xml', data: text },
      { type: 'refusal', text },
      { type: 'other', value: { [text]: [text] } },
    ] as MessagePart[],
  }));

import type { MessagePart } from '../../model/index.js';
import type { Known } from './field.js';
import type { SpanContent } from './span-texts.js';

const hasPart =
  (isWanted: (part: MessagePart) => boolean) =>
  ({ meaning }: SpanContent): boolean =>
    meaning.messages?.some(({ parts }) => parts.some(isWanted)) ?? false;

const hasMedia = (modality: string): ((content: SpanContent) => boolean) =>
  hasPart((part) => part.type === 'media' && part.modality === modality);

/** What a span can have. Those with `outline` alone need nothing of it to be read. */
export const HAS_WORDS: ReadonlyMap<string, Known> = new Map<string, Known>([
  [
    'error',
    {
      summary: 'it failed',
      outline: (trace) => (position) => trace.table.statuses[trace.rowAt(position)] === 'error',
    },
  ],
  [
    'children',
    {
      summary: 'other spans inside it',
      outline:
        ({ tree }) =>
        (position) =>
          tree.childCount[position]! > 0,
    },
  ],
  [
    'cost',
    {
      summary: 'a cost of its own',
      outline: (trace) => (position) => trace.table.costAt(trace.rowAt(position)) !== undefined,
    },
  ],
  [
    'tokens',
    {
      summary: 'tokens of its own',
      outline: (trace) => (position) => trace.table.tokensAt(trace.rowAt(position)) !== undefined,
    },
  ],
  [
    'reasoning',
    {
      summary: 'reasoning, as tokens or in a message',
      outline: (trace) => (position) => {
        const tokens = trace.table.tokensAt(trace.rowAt(position), 'reasoning');
        return tokens !== undefined && tokens > 0 ? true : undefined;
      },
      detail: hasPart(({ type }) => type === 'reasoning'),
    },
  ],
  ['input', { summary: 'a value that went in', detail: ({ meaning }) => meaning.input !== undefined }],
  ['output', { summary: 'a value that came out', detail: ({ meaning }) => meaning.output !== undefined }],
  ['messages', { summary: 'a conversation', detail: ({ meaning }) => (meaning.messages?.length ?? 0) > 0 }],
  ['tools', { summary: 'tools that the model was offered', detail: ({ meaning }) => (meaning.tools?.length ?? 0) > 0 }],
  ['tool-calls', { summary: 'tool calls in its messages', detail: hasPart(({ type }) => type === 'tool-call') }],
  [
    'documents',
    {
      summary: 'documents that were retrieved or ranked',
      detail: ({ meaning }) => (meaning.documents?.length ?? 0) + (meaning.inputDocuments?.length ?? 0) > 0,
    },
  ],
  ['score', { summary: 'a score', detail: ({ meaning }) => (meaning.scores?.length ?? 0) > 0 }],
  ['images', { summary: 'images in its messages', detail: hasMedia('image') }],
  ['audio', { summary: 'recordings in its messages', detail: hasMedia('audio') }],
  ['video', { summary: 'films in its messages', detail: hasMedia('video') }],
  ['files', { summary: 'files in its messages', detail: hasMedia('file') }],
  [
    'citations',
    {
      summary: 'citations in its messages',
      detail: hasPart((part) => part.type === 'text' && (part.citations?.length ?? 0) > 0),
    },
  ],
  ['refusal', { summary: 'an answer that was refused', detail: hasPart(({ type }) => type === 'refusal') }],
  ['exception', { summary: 'an exception', detail: ({ meaning }) => (meaning.exceptions?.length ?? 0) > 0 }],
  ['parameters', { summary: 'parameters of its call', detail: ({ meaning }) => (meaning.parameters?.size ?? 0) > 0 }],
  ['prompt', { summary: 'a prompt template', detail: ({ meaning }) => meaning.prompt !== undefined }],
  ['events', { summary: 'events', detail: ({ record }) => record.events.length > 0 }],
  ['links', { summary: 'links to other spans', detail: ({ record }) => record.links.length > 0 }],
]);

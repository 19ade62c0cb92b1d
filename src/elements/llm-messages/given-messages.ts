import { text } from '../../internal/text.js';
import type { Message, MessagePart } from '../../model/index.js';

/** Fields that are texts where they are there, by the type of part; those marked must be. */
const TEXTS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['text', ['text!']],
  ['reasoning', ['text!', 'hidden']],
  ['tool-call', ['id', 'name!']],
  ['tool-result', ['id', 'name']],
  ['media', ['modality!', 'mimeType', 'data', 'uri', 'name']],
  ['refusal', ['text!']],
  ['other', []],
]);
const CITATION = ['url', 'title', 'text', 'documentId'];

/**
 * Messages that a page gives, as they may come out of a database or from another page: what is no message part is shown as
 * the value that it is. A message that is what it should be is given back itself.
 */
export function givenMessages(messages: unknown): readonly Message[] {
  const all: readonly unknown[] = Array.isArray(messages) ? messages : [];
  return all.map((message) => (isMessage(message) ? message : mended(message)));
}

function isMessage(message: unknown): message is Message {
  return (
    isObject(message) &&
    hasTexts(message, ['role!', 'name', 'finishReason']) &&
    Array.isArray(message['parts']) &&
    message['parts'].every(isPart)
  );
}

function mended(message: unknown): Message {
  const { origin, role, name, finishReason, parts } = isObject(message) ? message : { parts: [message] };
  return {
    origin: origin === 'output' ? 'output' : 'input',
    role: text(role ?? ''),
    ...(typeof name === 'string' && { name }),
    ...(typeof finishReason === 'string' && { finishReason }),
    parts: (Array.isArray(parts) ? parts : [message]).map((value: unknown): MessagePart =>
      isPart(value) ? value : { type: 'other', value },
    ),
  };
}

function isPart(part: unknown): part is MessagePart {
  const texts = isObject(part) ? TEXTS.get(part['type']) : undefined;
  return texts !== undefined && hasTexts(part as Fields, texts) && areCitations((part as Fields)['citations']);
}

const areCitations = (citations: unknown): boolean =>
  citations === undefined ||
  (Array.isArray(citations) && citations.every((citation) => isObject(citation) && hasTexts(citation, CITATION)));

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const hasTexts = (value: Fields, names: readonly string[]): boolean =>
  names.every((name) => {
    const isNeeded = name.endsWith('!');
    const field = value[isNeeded ? name.slice(0, -1) : name];
    return typeof field === 'string' || (field === undefined && !isNeeded);
  });

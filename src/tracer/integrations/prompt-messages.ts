import type { Message, MessagePart } from '../../model/index.js';
import { isRecord, recordsIn } from '../../payloads/json-record.js';

/** The turns of a `LanguageModelPrompt`: a text, or messages of texts, images and recordings. */
export function promptMessages(prompt: unknown): Message[] {
  if (typeof prompt === 'string') return [turn('user', [{ type: 'text', text: prompt }])];
  return recordsIn(prompt).map(({ role, content }) => turn(typeof role === 'string' ? role : 'user', partsOf(content)));
}

const turn = (role: string, parts: MessagePart[]): Message => ({ role, origin: 'input', parts });

function partsOf(content: unknown): MessagePart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.map(partOf) : [{ type: 'other', value: content }];
}

function partOf(content: unknown): MessagePart {
  const { type, value } = isRecord(content) ? content : {};
  if (type === 'text' && typeof value === 'string') return { type: 'text', text: value };
  // What it is made of stays where it is: bitmaps and recordings cannot be read at once.
  if (type === 'image' || type === 'audio') return { type: 'media', modality: type };
  if (type === 'tool-call' && isRecord(value) && typeof value['name'] === 'string') {
    const { callId, name, arguments: given } = value;
    return { type: 'tool-call', name, arguments: given, ...(typeof callId === 'string' && { id: callId }) };
  }
  return { type: 'other', value: content };
}

/** What a session answered: a text, or parts where its tools are called by the page. */
export const answerMessage = (answer: unknown): Message => ({
  role: 'assistant',
  origin: 'output',
  parts: partsOf(answer),
});

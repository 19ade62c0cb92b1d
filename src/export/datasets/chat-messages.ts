import type { MediaPart, Message, MessagePart } from '../../model/index.js';

/** A part of the content of a message, in the shape of OpenAI's chat completions. */
export type ChatPart =
  | { type: 'text'; text: string }
  | { type: 'image_url'; image_url: { url: string } }
  | { type: 'input_audio'; input_audio: { data: string; format: string } };

/** A message in the shape of OpenAI's chat completions. */
export interface ChatMessage {
  role: string;
  content: string | ChatPart[] | null;
  name?: string;
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
  refusal?: string;
}

/** Messages in the shape of OpenAI's chat completions. Each result of a tool becomes a message; reasoning is left out. */
export const chatMessages = (messages: readonly Message[]): ChatMessage[] => messages.flatMap(chatMessage);

function chatMessage({ role, name, parts }: Message): ChatMessage[] {
  const results = parts.flatMap((part): ChatMessage[] =>
    part.type === 'tool-result'
      ? [{ role: 'tool', content: textOf(part.result), ...(part.id !== undefined && { tool_call_id: part.id }) }]
      : [],
  );
  const calls = parts.flatMap((part) =>
    part.type === 'tool-call'
      ? [
          {
            id: part.id ?? '',
            type: 'function' as const,
            function: { name: part.name, arguments: textOf(part.arguments) },
          },
        ]
      : [],
  );
  const refusals = parts.flatMap((part) => (part.type === 'refusal' ? [part.text] : []));
  const content = parts.flatMap(contentPart);
  if (content.length + calls.length + refusals.length === 0) return results;
  const message: ChatMessage = {
    role,
    content: contentOf(content),
    ...(name !== undefined && { name }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(refusals.length > 0 && { refusal: refusals.join('\n') }),
  };
  return [message, ...results];
}

function contentOf(parts: readonly ChatPart[]): ChatMessage['content'] {
  if (parts.length === 0) return null;
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n') : [...parts];
}

function contentPart(part: MessagePart): ChatPart[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text }];
    case 'media':
      return [mediaPart(part)];
    case 'other':
      return [{ type: 'text', text: textOf(part.value) }];
    default:
      return [];
  }
}

function mediaPart({ modality, mimeType, data, uri, name }: MediaPart): ChatPart {
  const url = uri ?? (data === undefined ? undefined : `data:${mimeType ?? 'application/octet-stream'};base64,${data}`);
  if (modality === 'image' && url !== undefined) return { type: 'image_url', image_url: { url } };
  const format = mimeType?.split('/')[1];
  if (modality === 'audio' && data !== undefined && format)
    return { type: 'input_audio', input_audio: { data, format } };
  // The shape has no word for it: its place is kept.
  return { type: 'text', text: `[${[modality, mimeType, name ?? uri].filter(Boolean).join(' ')}]` };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

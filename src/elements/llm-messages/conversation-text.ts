import type { Messages } from '../../i18n/index.js';
import { jsonText } from '../../internal/json-text.js';
import type { MediaPart, Message, MessagePart } from '../../model/index.js';
import { formatBytes } from '../../i18n/index.js';
import { base64Bytes } from '../../internal/json/json-value.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';

/** Characters of one value that go to the clipboard. */
const MOST_COPIED = 50_000_000;

/** A conversation as somebody would write it down: who, then what. */
export const conversationText = (
  conversation: readonly Message[],
  messages: Messages,
  settings: ViewSettings,
): string =>
  conversation
    .map((message) => {
      const { role, name } = message;
      const speaker = name === undefined ? role : `${role} (${name})`;
      return `${text(speaker)}:\n${messageText(message, messages, settings)}`;
    })
    .join('\n\n');

/** What one message says. */
export const messageText = ({ parts }: Message, messages: Messages, settings: ViewSettings): string =>
  parts.map((part) => partText(part, messages, settings)).join('\n');

function partText(part: MessagePart, messages: Messages, settings: ViewSettings): string {
  const valueText = (value: unknown): string =>
    typeof value === 'string' ? value : jsonText(value ?? null, MOST_COPIED, settings.masking).text;
  switch (part.type) {
    case 'text':
      return part.text;
    case 'reasoning':
      return `[${reasoningTitle(part.hidden, messages)}]${part.text ? `\n${part.text}` : ''}`;
    case 'tool-call':
      return `→ ${text(part.name)}${part.arguments === undefined ? '' : ` ${valueText(part.arguments)}`}`;
    case 'tool-result':
      return `← ${part.name === undefined ? '' : `${text(part.name)} `}${valueText(part.result)}`;
    case 'media':
      return `[${mediaText(part, messages)}]`;
    case 'refusal':
      return `[${messages.refusal}]\n${part.text}`;
    case 'other':
      return valueText(part.value);
  }
}

export const reasoningTitle = (hidden: 'redacted' | 'encrypted' | undefined, messages: Messages): string =>
  hidden === 'redacted'
    ? messages.reasoningRedacted
    : hidden === 'encrypted'
      ? messages.reasoningEncrypted
      : messages.reasoningTitle;

/** What a picture, a recording or a file is, without its content. */
function mediaText({ data, mimeType, modality, name, uri }: MediaPart, messages: Messages): string {
  if (data === undefined && uri !== undefined)
    return messages.mediaRemote(text(mimeType ?? modality), uri.slice(0, 300));
  const size = data === undefined ? '' : formatBytes(base64Bytes(data), messages.locale);
  return messages.media(modality, text(mimeType ?? name ?? ''), size);
}

import type { MediaPart, Message, MessagePart } from '../../model/index.js';
import { modalityOf } from '../../payloads/media.js';

const REFERENCE = /@@@langfuseMedia:([^@]{1,300})@@@/;

/**
 * Langfuse takes media out of what it stores and leaves `@@@langfuseMedia:type=image/jpeg|id=…|source=bytes@@@` in their
 * place, as an address or within a text (langfuse.com/docs/observability/features/multi-modality). Each becomes a part
 * that names the medium, without an address: only Langfuse's server has it.
 */
export const withMediaReferences = (messages: readonly Message[]): readonly Message[] =>
  messages.map((message) =>
    message.parts.some(hasReference) ? { ...message, parts: message.parts.flatMap(resolved) } : message,
  );

const textIn = (part: MessagePart): string | undefined =>
  part.type === 'text' ? part.text : part.type === 'media' ? (part.uri ?? part.data) : undefined;

const hasReference = (part: MessagePart): boolean => REFERENCE.test(textIn(part) ?? '');

function resolved(part: MessagePart): MessagePart[] {
  const text = textIn(part) ?? '';
  if (!hasReference(part)) return [part];
  // With a group in the pattern, every second piece is what the group found.
  const pieces = text.split(new RegExp(REFERENCE, 'g'));
  return pieces.flatMap((piece, index): MessagePart[] => {
    if (index % 2) return [medium(piece)];
    return part.type === 'text' && piece.trim() !== '' ? [{ type: 'text', text: piece }] : [];
  });
}

function medium(reference: string): MediaPart {
  const fields = new Map(
    reference.split('|').map((field): [string, string] => {
      const at = field.indexOf('=');
      return [field.slice(0, at), field.slice(at + 1)];
    }),
  );
  const mimeType = fields.get('type');
  const id = fields.get('id');
  return {
    type: 'media',
    modality: modalityOf(mimeType),
    ...(mimeType !== undefined && { mimeType }),
    ...(id !== undefined && { name: id }),
  };
}

import { isChatMessage, turns, turnsIn } from './chat-message.js';
import { isRecord } from './json-record.js';
import type { PayloadShape } from './payload.js';

/** A turn whose parts have types. Gemini's turns have parts too, but without types. */
const hasTypedParts = (turn: unknown): boolean =>
  isChatMessage(turn) &&
  Array.isArray(turn['parts']) &&
  (turn['parts'].length === 0 || turn['parts'].some((part) => isRecord(part) && typeof part['type'] === 'string'));

/**
 * Messages of the OpenTelemetry GenAI conventions: `{role, parts: [{type, …}], name?, finish_reason?}`
 * (open-telemetry/semantic-conventions-genai, docs/gen-ai/gen-ai-input-messages.json and …-output-messages.json).
 * Turns between them that have `content` in place of `parts` are read as well.
 */
export const otelParts: PayloadShape = {
  name: 'OpenTelemetry parts',
  messages(value, origin) {
    const list = turnsIn(value);
    return list?.some(hasTypedParts) ? turns(list, origin) : undefined;
  },
};

import { hasPart, instructions, isChatMessage, textMessage, turns, turnsIn } from './chat-message.js';
import { isRecord, type JsonRecord } from './json-record.js';
import type { PayloadShape } from './payload.js';

const TELLING_TYPES: ReadonlySet<unknown> = new Set(['tool-call', 'tool-result', 'redacted-reasoning']);

/** The only keys of the `ai.prompt` attribute. */
const PROMPT_KEYS: ReadonlySet<string> = new Set(['system', 'instructions', 'prompt', 'messages']);

/** Turns, or a text with instructions. A text alone under `prompt` may be anything: what a tool is to draw, say. */
const isPrompt = (value: unknown): value is JsonRecord =>
  isRecord(value) &&
  Object.keys(value).every((key) => PROMPT_KEYS.has(key)) &&
  (Array.isArray(value['prompt']) || value['system'] !== undefined || value['instructions'] !== undefined);

/**
 * Messages of the Vercel AI SDK: `{role, content: text | parts}` with `tool-call` and `tool-result` parts, and the
 * `{system, prompt, messages}` of its `ai.prompt` attribute (vercel/ai, packages/provider-utils/src/types/, and
 * packages/otel/src/legacy-open-telemetry.ts).
 */
export const aiSdk: PayloadShape = {
  name: 'AI SDK',
  messages(value, origin) {
    if (isPrompt(value)) {
      const prompt = value['prompt'];
      const list = [prompt, value['messages']].filter(Array.isArray).flat();
      const asked = typeof prompt === 'string' && prompt !== '' ? [textMessage('user', origin, prompt)] : [];
      const system = instructions(value['system'] ?? value['instructions'], origin);
      const isConversation = system.length > 0 || list.some(isChatMessage);
      return isConversation ? [...system, ...asked, ...turns(list, origin)] : undefined;
    }
    const list = turnsIn(value);
    return list && hasPart(list, TELLING_TYPES) ? turns(list, origin) : undefined;
  },
};

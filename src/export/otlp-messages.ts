import type { Message, MessagePart } from '../model/index.js';

/** Types of part that are written for a part of ours. What else is called so must not be taken for one when it is read. */
const OWN_TYPES: ReadonlySet<unknown> = new Set(
  'text reasoning tool_call tool_call_response blob uri file refusal other'.split(' '),
);

/**
 * A part in the schema of OpenTelemetry's GenAI messages (open-telemetry/semantic-conventions-genai,
 * docs/gen-ai/gen-ai-input-messages.json). The schema is open: what it has no word for stands beside what it has.
 */
export function otelPart(part: MessagePart): object {
  switch (part.type) {
    case 'text':
      return { type: 'text', content: part.text, citations: part.citations };
    case 'refusal':
      return { type: 'refusal', content: part.text };
    case 'reasoning':
      return { type: 'reasoning', content: part.text, hidden: part.hidden };
    case 'tool-call':
      return { type: 'tool_call', id: part.id, name: part.name, arguments: part.arguments };
    case 'tool-result': {
      const { id, name, result, isError } = part;
      return { type: 'tool_call_response', id, name, response: result, is_error: isError };
    }
    case 'media': {
      const { modality, mimeType, data, uri, name } = part;
      const common = { modality, mime_type: mimeType };
      if (data !== undefined) return { type: 'blob', ...common, content: data, uri, name };
      if (uri !== undefined) return { type: 'uri', ...common, uri, name };
      return { type: 'file', ...common, file_id: name };
    }
    default:
      return isTyped(part.value) ? part.value : { type: 'other', value: part.value };
  }
}

/** Whether a value is a part as it stands, of a type that is none of ours. */
const isTyped = (value: unknown): value is { type: string } => {
  const type: unknown = typeof value === 'object' && value !== null && (value as { type?: unknown }).type;
  return typeof type === 'string' && !Array.isArray(value) && !OWN_TYPES.has(type);
};

const otelMessage = ({ role, name, parts, origin, finishReason }: Message): object => ({
  role,
  name,
  parts: parts.map(otelPart),
  // The schema wants one for every answer.
  finish_reason: finishReason ?? (origin === 'output' ? '' : undefined),
});

/** A conversation as the three attributes of the conventions. */
export interface OtelConversation {
  /** JSON texts; `undefined` where there is nothing to say. */
  instructions: string | undefined;
  input: string | undefined;
  output: string | undefined;
  finishReasons: string[] | undefined;
  /** Whether the three say all of it: nothing that came in stands behind what went out, and no reason is empty. */
  isWhole: boolean;
}

export function otelConversation(messages: readonly Message[]): OtelConversation {
  const [first] = messages;
  const isInstruction =
    first?.role === 'system' &&
    first.origin === 'input' &&
    first.parts.length > 0 &&
    first.name === undefined &&
    first.finishReason === undefined;
  const turns = isInstruction ? messages.slice(1) : messages;
  const asked = turns.filter(({ origin }) => origin === 'input');
  const answers = turns.filter(({ origin }) => origin === 'output');
  const reasons = answers.flatMap(({ finishReason }) => finishReason ?? []);
  const listed = (list: readonly object[]): string | undefined => (list.length ? JSON.stringify(list) : undefined);
  return {
    instructions: isInstruction ? listed(first.parts.map(otelPart)) : undefined,
    input: listed(asked.map(otelMessage)),
    output: listed(answers.map(otelMessage)),
    finishReasons: reasons.length ? reasons : undefined,
    isWhole: turns.every(
      ({ origin, finishReason }, place) =>
        origin === (place < asked.length ? 'input' : 'output') && finishReason !== '',
    ),
  };
}

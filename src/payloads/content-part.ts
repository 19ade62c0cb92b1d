import type { MessagePart, ReasoningPart, ToolCallPart, ToolResultPart } from '../model/index.js';
import { citationsIn, citedText, citeWhole, isSource } from './citations.js';
import { firstText, firstValue, isRecord, recordsIn, type JsonRecord } from './json-record.js';
import { jsonOrText } from './json-text.js';
import { mediaOf } from './media.js';

type PartReader = (part: JsonRecord) => MessagePart | undefined;

const CALL_ID_KEYS = ['toolCallId', 'tool_call_id', 'tool_use_id', 'call_id', 'id'] as const;

/** A tool call under any of the usual keys; `undefined` where it names no tool. */
export function toolCallOf(call: JsonRecord): ToolCallPart | undefined {
  const body = isRecord(call['function']) ? call['function'] : call;
  const name = firstText(body, 'name', 'toolName');
  if (name === undefined) return undefined;
  const id = firstText(call, ...CALL_ID_KEYS);
  return {
    type: 'tool-call',
    name,
    arguments: jsonOrText(firstValue(body, 'arguments', 'input', 'args', 'server_tool_call')),
    ...(id !== undefined && { id }),
  };
}

/** A tool's answer under any of the usual keys. */
export function toolResultOf(part: JsonRecord): ToolResultPart {
  const id = firstText(part, ...CALL_ID_KEYS);
  const name = firstText(part, 'name', 'toolName');
  const value = firstValue(part, 'response', 'result', 'output', 'content', 'server_tool_call_response');
  // AI SDK 5 and later say what kind of value it is: {type: 'json', value: …}.
  const typed = isRecord(value) && typeof value['type'] === 'string' && 'value' in value ? value : undefined;
  const isError =
    (firstValue(part, 'is_error', 'isError') ?? firstText(typed ?? {}, 'type')?.startsWith('error')) === true;
  return {
    type: 'tool-result',
    result: toolResultValue(typed ? typed['value'] : value),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(isError && { isError }),
  };
}

/** What a tool gave back. Where it is a list of nothing but text blocks, their text. */
export function toolResultValue(content: unknown): unknown {
  if (!Array.isArray(content) || content.length === 0) return jsonOrText(content);
  const texts = content.map((block) => (isRecord(block) ? plainText(block) : undefined));
  return texts.every((text) => text !== undefined) ? jsonOrText(texts.join('\n')) : content;
}

const TEXT_TYPES: ReadonlySet<unknown> = new Set(['text', 'input_text', 'output_text']);

function plainText(part: JsonRecord): string | undefined {
  const content = part['text'] ?? part['content'];
  return TEXT_TYPES.has(part['type']) && typeof content === 'string' ? content : undefined;
}

const text: PartReader = (part) => {
  const value = part['text'] ?? part['content'];
  return typeof value === 'string' ? citedText(value, part) : undefined;
};

const refusal: PartReader = (part) => {
  const reason = firstText(part, 'refusal', 'text', 'content');
  return reason === undefined ? undefined : { type: 'refusal', text: reason };
};

const reasoning: PartReader = (part) => {
  const said = firstText(part, 'text', 'thinking', 'reasoning', 'content');
  // OpenAI responses: a list of summaries, and on open models a list of what was thought.
  const listed = [...recordsIn(part['summary']), ...recordsIn(part['content'])].map(
    (item) => firstText(item, 'text') ?? '',
  );
  const found: ReasoningPart = { type: 'reasoning', text: said ?? listed.join('\n\n') };
  if (found.text !== '') return found;
  if (part['type'] === 'redacted_thinking' || part['type'] === 'redacted-reasoning') found.hidden = 'redacted';
  else if (firstText(part, 'encrypted_content') !== undefined) found.hidden = 'encrypted';
  return found;
};

/** A text document of Anthropic's is text, whatever it is called. */
const document: PartReader = (part) => {
  const source = part['source'];
  if (isRecord(source) && source['type'] === 'text' && typeof source['data'] === 'string') {
    return { type: 'text', text: source['data'] };
  }
  return mediaOf(part, 'file');
};

const image: PartReader = (part) => mediaOf(part, 'image');
const audio: PartReader = (part) => mediaOf(part, 'audio');
const video: PartReader = (part) => mediaOf(part, 'video');
const file: PartReader = (part) => mediaOf(part);

/**
 * What a message's content is a list of, by its `type`. Providers name the parts differently, but hardly a name means
 * two things, and gateways mix them freely (Anthropic's blocks in LangChain messages, OpenAI's `image_url` in requests
 * to Anthropic). So all of them are known to every shape.
 */
const READERS: ReadonlyMap<string, PartReader> = new Map<string, PartReader>([
  ['text', text],
  ['input_text', text],
  ['output_text', text],
  ['refusal', refusal],
  ['reasoning', reasoning],
  ['thinking', reasoning],
  ['redacted_thinking', reasoning],
  ['redacted-reasoning', reasoning],
  ['tool_call', toolCallOf],
  ['tool-call', toolCallOf],
  ['tool_use', toolCallOf],
  ['server_tool_call', toolCallOf],
  ['server_tool_use', toolCallOf],
  ['mcp_tool_use', toolCallOf],
  ['function_call', toolCallOf],
  ['custom_tool_call', toolCallOf],
  ['tool_call_response', toolResultOf],
  ['server_tool_call_response', toolResultOf],
  ['tool-result', toolResultOf],
  ['tool_result', toolResultOf],
  ['function_call_output', toolResultOf],
  ['custom_tool_call_output', toolResultOf],
  ['image', image],
  ['image_url', image],
  ['input_image', image],
  ['audio', audio],
  ['input_audio', audio],
  ['video', video],
  ['video_url', video],
  ['document', document],
  ['file', file],
  ['input_file', file],
  ['blob', file],
  ['uri', file],
]);

/** One part of a message's content. What is not known is kept as it came. */
export function contentPart(part: unknown): MessagePart {
  if (typeof part === 'string') return { type: 'text', text: part };
  if (isRecord(part)) {
    const type = part['type'];
    const read = typeof type === 'string' ? (READERS.get(type) ?? resultOfServerTool(type)) : text;
    const known = read?.(part);
    if (known) return known;
  }
  return { type: 'other', value: part };
}

/** Anthropic names the results of its own tools after the tool: `web_search_tool_result`. */
const resultOfServerTool = (type: string): PartReader | undefined =>
  type.endsWith('_tool_result') ? toolResultOf : undefined;

/**
 * The parts of a content that is text, a list of parts, one part, or nothing. Sources that stand among them are what the
 * text cites.
 */
export function contentParts(content: unknown, read: (part: unknown) => MessagePart = contentPart): MessagePart[] {
  if (content === undefined || content === null || content === '') return [];
  const items = Array.isArray(content) ? content : [content];
  const sources = items.filter(isSource);
  const parts = items.filter((item) => item !== null && !isSource(item)).map(read);
  if (!citeWhole(parts, citationsIn(sources))) for (const value of sources) parts.push({ type: 'other', value });
  return parts;
}

/** A content that may be JSON text of a list of parts: that list, else the content as it is. */
export function partsInText(content: unknown): unknown {
  const held = jsonOrText(content);
  const isParts = Array.isArray(held) && held.every((part) => isRecord(part) && typeof part['type'] === 'string');
  return isParts && held.length > 0 ? held : content;
}

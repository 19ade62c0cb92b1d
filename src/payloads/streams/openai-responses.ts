import { textOrJson } from '../json-record.js';
import { asArray, asText, isObject, type JsonObject } from '../json-value.js';
import { joined, kept, type Draft } from './joined.js';
import type { StreamShape } from './stream-shape.js';

const FINAL: ReadonlySet<unknown> = new Set(['response.completed', 'response.incomplete', 'response.failed']);

const isEvent = (value: JsonObject): boolean => asText(value['type']).startsWith('response.');

/**
 * Events of OpenAI's Responses API (openai/openai-openapi, ResponseStreamEvent). The last one holds the whole response;
 * where the stream was cut off before it, or holds no output (gateways that store nothing), the pieces are put together.
 */
export const openAiResponsesStream: StreamShape = {
  name: 'OpenAI responses',
  isChunk: isEvent,
  isTelling: (value) =>
    isEvent(value) &&
    (isObject(value['response']) || value['sequence_number'] !== undefined || value['output_index'] !== undefined),
  streamId: ({ response }) => (isObject(response) ? asText(response['id']) || undefined : undefined),
  isEnd: (chunk) => FINAL.has(chunk['type']),

  assemble(chunks) {
    let head: JsonObject = { object: 'response' };
    let failure: JsonObject | undefined;
    const items = new Map<unknown, Item>();
    for (const chunk of chunks) {
      const { type, response, output_index: index, item } = chunk;
      if (isObject(response)) head = response;
      if (type === 'error') failure = isObject(chunk['error']) ? chunk['error'] : chunk;
      if (index === undefined) continue;
      const held = kept(items, index, () => new Item());
      if (isObject(item)) held.fields = item;
      else held.add(chunk);
    }
    const hasOutput = asArray(head['output']).length > 0;
    return {
      ...head,
      ...(!hasOutput && { output: [...items.values()].map((held) => held.whole()) }),
      ...(failure && { error: failure }),
    };
  },
};

/** Where the text of a delta belongs, by the type of its event. */
const FIELDS: ReadonlyMap<unknown, string> = new Map([
  ['response.function_call_arguments.delta', 'arguments'],
  ['response.mcp_call_arguments.delta', 'arguments'],
  ['response.custom_tool_call_input.delta', 'input'],
  ['response.code_interpreter_call_code.delta', 'code'],
]);

interface Place {
  list: string;
  type: string;
  field: string;
  index: string;
}

const OUTPUT_TEXT: Place = { list: 'content', type: 'output_text', field: 'text', index: 'content_index' };

const PARTS: ReadonlyMap<unknown, Place> = new Map([
  ['response.output_text.delta', OUTPUT_TEXT],
  ['response.refusal.delta', { list: 'content', type: 'refusal', field: 'refusal', index: 'content_index' }],
  ['response.reasoning_text.delta', { list: 'content', type: 'reasoning_text', field: 'text', index: 'content_index' }],
  [
    'response.reasoning_summary_text.delta',
    { list: 'summary', type: 'summary_text', field: 'text', index: 'summary_index' },
  ],
]);

/** An item of the output while its pieces come in. */
class Item {
  /** What the event that added or finished it says of it. */
  fields: JsonObject = {};
  readonly #texts = new Map<string, string>();
  readonly #parts = new Map<string, { list: string; part: Draft }>();

  add({ type, delta, ...chunk }: JsonObject): void {
    if (type === 'response.output_text.annotation.added') this.#annotate(chunk);
    if (typeof delta !== 'string') return;
    const field = FIELDS.get(type);
    if (field !== undefined) this.#texts.set(field, joined(this.#texts.get(field), delta));
    const place = PARTS.get(type);
    if (!place) return;
    const part = this.#part(place, chunk);
    part[place.field] = joined(part[place.field], delta);
    for (const token of asArray(chunk['logprobs'])) ((part['logprobs'] ??= []) as unknown[]).push(token);
  }

  #part({ list, type, index }: Place, chunk: JsonObject): Draft {
    return kept(this.#parts, `${list} ${textOrJson(chunk[index])}`, () => ({ list, part: { type } })).part;
  }

  #annotate(chunk: JsonObject): void {
    const part = this.#part(OUTPUT_TEXT, chunk);
    const annotations = (part['annotations'] ??= []) as unknown[];
    annotations.push(chunk['annotation']);
  }

  /** The item as it was finished; what grew meanwhile fills only what it leaves empty. */
  whole(): JsonObject {
    const { fields } = this;
    const isEmpty = (value: unknown): boolean =>
      value === undefined || value === '' || (Array.isArray(value) && !value.length);
    const grown: Draft = {};
    for (const [field, text] of this.#texts) if (isEmpty(fields[field])) grown[field] = text;
    for (const { list, part } of this.#parts.values()) {
      if (!isEmpty(fields[list])) continue;
      const parts = grown[list];
      if (Array.isArray(parts)) parts.push(part);
      else grown[list] = [part];
    }
    const type = this.#parts.size && fields['type'] === undefined ? { type: 'message', role: 'assistant' } : {};
    return { ...type, ...fields, ...grown };
  }
}

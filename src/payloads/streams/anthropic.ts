import { jsonOrText } from '../json-text.js';
import { asArray, asText, isObject, type JsonObject } from '../json-value.js';
import { joined, Pieces, type Draft } from './joined.js';
import type { StreamShape } from './stream-shape.js';

const TYPES: ReadonlySet<unknown> = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
]);

/**
 * Events of Anthropic's Messages API (docs.anthropic.com, streaming messages). Proxies repeat `message_start`, or join two
 * streams: an id that is new after some content begins another message.
 */
export const anthropicStream: StreamShape = {
  name: 'Anthropic',
  isChunk: (value) => TYPES.has(value['type']),
  isTelling: (value) =>
    TYPES.has(value['type']) &&
    (['message', 'delta', 'index', 'usage'].some((key) => value[key] !== undefined) ||
      value['type'] === 'message_stop'),
  streamId: ({ message }) => (isObject(message) ? asText(message['id']) || undefined : undefined),
  isHead: (chunk) => chunk['type'] === 'message_start',
  isEnd: (chunk) => chunk['type'] === 'message_stop',

  assemble(chunks) {
    const message = new Pieces({ type: 'message', role: 'assistant', stop_reason: null });
    let usage: Pieces | undefined;
    const blocks: Block[] = [];
    const open = new Map<unknown, Block>();
    const blockAt = (index: unknown): Block => {
      let block = open.get(index);
      if (!block) {
        block = new Block();
        blocks.push(block);
        open.set(index, block);
      }
      return block;
    };
    for (const chunk of chunks) {
      const { type, index, delta } = chunk;
      if (type === 'message_start' && isObject(chunk['message'])) {
        for (const item of asArray(chunk['message']['content'])) if (isObject(item)) blocks.push(new Block(item));
        message.overlay(chunk['message']);
        const { usage: begun } = chunk['message'];
        if (isObject(begun)) usage ??= new Pieces(begun);
      } else if (type === 'content_block_start' && isObject(chunk['content_block'])) {
        if (!open.get(index)?.isEmpty) open.delete(index);
        blockAt(index).fields = chunk['content_block'];
      } else if (type === 'content_block_delta' && isObject(delta)) blockAt(index).add(delta);
      else if (type === 'content_block_stop') open.delete(index);
      else if (type === 'message_delta') {
        message.overlay(delta);
        // Cumulative: the last word counts for whatever it states.
        if (isObject(chunk['usage'])) (usage ??= new Pieces()).overlay(chunk['usage']);
      }
    }
    return { ...message.whole, content: blocks.map((block) => block.whole()), ...(usage && { usage: usage.whole }) };
  },
};

/** A content block while its deltas come in. */
class Block {
  fields: JsonObject;
  readonly #grown: Draft = {};
  readonly #citations: unknown[] = [];
  readonly #others: JsonObject[] = [];
  #json = '';
  #isEmpty = true;

  constructor(fields: JsonObject = {}) {
    this.fields = fields;
  }

  /** Whether no delta has come. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  add(delta: JsonObject): void {
    this.#isEmpty = false;
    const { type } = delta;
    if (type === 'text_delta') this.#grow('text', delta['text']);
    else if (type === 'thinking_delta') this.#grow('thinking', delta['thinking']);
    else if (type === 'signature_delta') this.#grow('signature', delta['signature']);
    else if (type === 'input_json_delta') this.#json = joined(this.#json, delta['partial_json']);
    else if (type === 'citations_delta') this.#citations.push(delta['citation']);
    else this.#others.push(delta);
  }

  #grow(field: 'text' | 'thinking' | 'signature', more: unknown): void {
    this.#grown[field] = joined(this.#grown[field] ?? this.fields[field], more);
  }

  whole(): JsonObject {
    const grown = this.#grown;
    // A stream that is read from its middle has deltas of a block that it never saw begin.
    const type = grown['thinking'] !== undefined ? 'thinking' : grown['text'] !== undefined ? 'text' : 'tool_use';
    return {
      type,
      ...this.fields,
      ...grown,
      // A call that was cut off has arguments that are no JSON yet: they stay text.
      ...(this.#json !== '' && { input: jsonOrText(this.#json) }),
      ...(this.#citations.length > 0 && { citations: this.#citations }),
      ...(this.#others.length > 0 && { deltas: this.#others }),
    };
  }
}

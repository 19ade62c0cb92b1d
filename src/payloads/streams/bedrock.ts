import { jsonOrText } from '../json-text.js';
import { isObject, type JsonObject } from '../json-value.js';
import { joined, Pieces, type Draft } from './joined.js';
import type { StreamShape } from './stream-shape.js';

const EVENTS = ['messageStart', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop'] as const;

/** Usage and times: of an event of its own, that looks like nothing else beside the others. */
const isMetadata = ({ metadata }: JsonObject): boolean =>
  isObject(metadata) && (isObject(metadata['usage']) || isObject(metadata['metrics']));

const isEvent = (value: JsonObject): boolean => EVENTS.some((name) => isObject(value[name]));

/** Events of Bedrock's ConverseStream, each an object with one key (docs.aws.amazon.com/bedrock, ConverseStreamOutput). */
export const bedrockStream: StreamShape = {
  name: 'Bedrock',
  isChunk: (value) => isEvent(value) || isMetadata(value),
  isTelling: isEvent,
  isEnd: isMetadata,

  assemble(chunks) {
    let role: unknown = 'assistant';
    const said = new Pieces();
    const blocks = new Map<unknown, Block>();
    for (const chunk of chunks) {
      const { messageStart, messageStop, contentBlockStart, contentBlockDelta } = chunk;
      if (isObject(messageStart)) role = messageStart['role'] ?? role;
      said.overlay(messageStop);
      said.overlay(chunk['metadata']);
      const piece = contentBlockStart ?? contentBlockDelta;
      if (!isObject(piece)) continue;
      const index = piece['contentBlockIndex'];
      let block = blocks.get(index);
      if (!block) blocks.set(index, (block = new Block()));
      block.add(piece['start'] ?? piece['delta']);
    }
    const content = [...blocks.values()].map((block) => block.whole());
    return { ...said.whole, output: { message: { role, content } } };
  },
};

class Block {
  readonly #block: Draft = {};
  #call: Pieces | undefined;
  #input = '';
  #thought: Draft | undefined;
  readonly #citations: unknown[] = [];

  add(piece: unknown): void {
    if (!isObject(piece)) return;
    const { text, toolUse, reasoningContent, citation, ...others } = piece;
    if (typeof text === 'string') this.#block['text'] = joined(this.#block['text'], text);
    if (isObject(citation)) this.#citations.push(citation);
    if (isObject(toolUse)) {
      const { input, ...fields } = toolUse;
      (this.#call ??= new Pieces()).overlay(fields);
      this.#input = joined(this.#input, input);
    }
    if (isObject(reasoningContent)) {
      this.#thought ??= {};
      for (const name of ['text', 'signature', 'redactedContent', 'data']) {
        if (reasoningContent[name] !== undefined)
          this.#thought[name] = joined(this.#thought[name], reasoningContent[name]);
      }
    }
    if (Object.keys(others).length) this.#block['other'] = others;
  }

  whole(): JsonObject {
    if (this.#call)
      return { toolUse: { ...this.#call.whole, input: this.#input === '' ? {} : jsonOrText(this.#input) } };
    if (this.#citations.length) {
      const { text, ...others } = this.#block;
      return { ...others, citationsContent: { content: [{ text }], citations: this.#citations } };
    }
    if (!this.#thought) return this.#block;
    const isHidden = this.#thought['text'] === undefined;
    return { reasoningContent: isHidden ? this.#thought : { reasoningText: this.#thought } };
  }
}

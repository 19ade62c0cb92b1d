import { asArray, asText, isObject, type JsonObject } from '../json-value.js';
import { kept, Pieces, type Draft } from './joined.js';
import type { StreamShape } from './stream-shape.js';

const isDelta = (choice: unknown): boolean => isObject(choice) && isObject(choice['delta']);

/**
 * Chunks of OpenAI's chat completions and of the older completions (openai/openai-openapi,
 * CreateChatCompletionStreamResponse), as many others send them too. The usage comes in a last chunk without choices.
 */
export const openAiChatStream: StreamShape = {
  name: 'OpenAI chat',
  isChunk: (value) =>
    value['object'] === 'chat.completion.chunk' ||
    value['object'] === 'text_completion' ||
    Array.isArray(value['choices']),
  isTelling: (value) => value['object'] === 'chat.completion.chunk' || asArray(value['choices']).some(isDelta),
  // Azure's first chunk, with what the filters say of the prompt, has an empty id.
  streamId: (chunk) => asText(chunk['id']) || undefined,

  assemble(chunks) {
    const choices = new Map<unknown, Choice>();
    const body = new Pieces();
    let isChat = false;
    for (const { choices: list, ...chunk } of chunks) {
      // What is empty (Azure's first chunk) says nothing.
      body.overlay(Object.fromEntries(Object.entries(chunk).filter(([, value]) => value !== '')));
      for (const choice of asArray(list).filter(isObject)) {
        isChat ||= isDelta(choice);
        kept(choices, choice['index'] ?? 0, () => new Choice(choice['index'] ?? 0)).add(choice);
      }
    }
    isChat ||= body.get('object') === 'chat.completion.chunk';
    return {
      ...body.whole,
      object: isChat ? 'chat.completion' : 'text_completion',
      choices: [...choices.values()].map((choice) => choice.whole(isChat)),
    };
  },
};

/** Texts that grow; every other field of a delta keeps its first value. */
const GROWING: readonly string[] = ['content', 'refusal', 'reasoning', 'reasoning_content'];

class Choice {
  readonly #choice: Draft;
  readonly #message = new Pieces();
  #text = '';
  /** Columns of tokens: those of chat (`content`, `refusal`) and those of the older completions. */
  readonly #logprobs = new Pieces();
  /** vLLM's, of the prompt: in the first chunk. */
  readonly #prompt = new Pieces();
  readonly #calls = new Calls();
  #legacyCall: Pieces | undefined;
  #audio: Pieces | undefined;

  constructor(index: unknown) {
    this.#choice = { index, finish_reason: null };
  }

  add(choice: JsonObject): void {
    if (typeof choice['finish_reason'] === 'string') this.#choice['finish_reason'] = choice['finish_reason'];
    const { logprobs, prompt_logprobs, prompt_token_ids } = choice;
    if (isObject(logprobs)) this.#logprobs.grow(logprobs, []);
    this.#prompt.overlay({ prompt_logprobs, prompt_token_ids });
    if (typeof choice['text'] === 'string') this.#text += choice['text'];
    const delta = choice['delta'] ?? choice['message'];
    if (!isObject(delta)) return;
    const { tool_calls: calls, function_call: call, audio, ...fields } = delta;
    for (const item of asArray(calls)) if (isObject(item)) this.#calls.add(item);
    if (isObject(call)) (this.#legacyCall ??= new Pieces()).grow(call, ['arguments']);
    if (isObject(audio)) (this.#audio ??= new Pieces()).grow(audio, ['data', 'transcript']);
    this.#message.grow(fields, GROWING);
  }

  whole(isChat: boolean): JsonObject {
    const columns = this.#logprobs.whole;
    const logprobs = {
      ...definedIn(this.#prompt.whole),
      ...(Object.keys(columns).length > 0 && { logprobs: columns }),
    };
    if (!isChat) return { ...this.#choice, ...logprobs, text: this.#text };
    const calls = this.#calls.whole();
    const message = {
      role: 'assistant',
      content: null,
      ...this.#message.whole,
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(this.#legacyCall && { function_call: this.#legacyCall.whole }),
      ...(this.#audio && { audio: this.#audio.whole }),
    };
    return { ...this.#choice, ...logprobs, message };
  }
}

const definedIn = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

/** The tool calls of one choice: told apart by their index, or by their id where a server gives all the same index. */
class Calls {
  readonly #calls: { fields: Pieces; body: Pieces }[] = [];
  readonly #byIndex = new Map<unknown, number>();

  add(delta: JsonObject): void {
    const { index, id, function: body, ...fields } = delta;
    const known = this.#byIndex.get(index);
    const isOther =
      known !== undefined && typeof id === 'string' && id !== '' && this.#calls[known]!.fields.get('id') !== id;
    let at = known;
    if (at === undefined || (isOther && this.#calls[at]!.fields.get('id') !== undefined)) {
      at = this.#calls.push({ fields: new Pieces(), body: new Pieces() }) - 1;
      this.#byIndex.set(index, at);
    }
    const call = this.#calls[at]!;
    call.fields.grow(typeof id === 'string' && id !== '' ? { id, ...fields } : fields, ['input']);
    if (isObject(body)) call.body.grow(body, ['arguments']);
  }

  whole(): JsonObject[] {
    return this.#calls.map(({ fields, body }) => {
      const called = body.whole;
      return { ...fields.whole, ...(Object.keys(called).length > 0 && { function: called }) };
    });
  }
}

import { asArray, isObject, type JsonObject } from '../json-value.js';
import { joined, Pieces, without } from './joined.js';
import type { StreamShape } from './stream-shape.js';

const isChunk = (value: JsonObject): boolean =>
  typeof value['done'] === 'boolean' &&
  typeof value['created_at'] === 'string' &&
  (isObject(value['message']) || typeof value['response'] === 'string');

/** Lines of Ollama's `/api/chat` and `/api/generate`; the last has `done: true` and the counts (ollama/ollama, docs/api.md). */
export const ollamaStream: StreamShape = {
  name: 'Ollama',
  isChunk,
  isTelling: (value) => isChunk(value) && value['done'] === false,
  isEnd: (chunk) => chunk['done'] === true,

  assemble(chunks) {
    const body = new Pieces();
    let message: Pieces | undefined;
    let response: string | undefined;
    let thinking = '';
    const calls: unknown[] = [];
    const logprobs: unknown[] = [];
    for (const chunk of chunks) {
      body.overlay(chunk);
      const { message: said, response: text } = chunk;
      if (typeof text === 'string') response = joined(response, text);
      if (typeof chunk['thinking'] === 'string') thinking += chunk['thinking'];
      for (const token of asArray(chunk['logprobs'])) logprobs.push(token);
      if (!isObject(said)) continue;
      for (const call of asArray(said['tool_calls'])) calls.push(call);
      (message ??= new Pieces()).grow(without(said, 'tool_calls'), ['content', 'thinking']);
    }
    return {
      ...body.whole,
      ...(message && { message: { ...message.whole, ...(calls.length > 0 && { tool_calls: calls }) } }),
      ...(response !== undefined && { response }),
      ...(thinking !== '' && { thinking }),
      ...(logprobs.length > 0 && { logprobs }),
    };
  },
};

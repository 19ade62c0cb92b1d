import { asArray, type JsonObject } from '../json-value.js';
import { Pieces } from './joined.js';
import type { StreamShape } from './stream-shape.js';

const isChunk = (value: JsonObject): boolean =>
  typeof value['content'] === 'string' && typeof value['stop'] === 'boolean';

/**
 * Events of llama.cpp's own `/completion`; the last has `stop: true` and the timings (ggml-org/llama.cpp, tools/server). Each states the
 * probabilities of its own tokens.
 */
export const llamaCppStream: StreamShape = {
  name: 'llama.cpp',
  isChunk,
  isTelling: (value) => isChunk(value) && value['stop'] === false,
  isEnd: (chunk) => chunk['stop'] === true,

  assemble(chunks) {
    const body = new Pieces();
    const texts: string[] = [];
    const tokens: unknown[] = [];
    const probabilities: unknown[] = [];
    for (const chunk of chunks) {
      body.overlay(chunk);
      if (typeof chunk['content'] === 'string') texts.push(chunk['content']);
      for (const token of asArray(chunk['tokens'])) tokens.push(token);
      for (const token of asArray(chunk['completion_probabilities'])) probabilities.push(token);
    }
    return {
      ...body.whole,
      content: texts.join(''),
      ...(tokens.length > 0 && { tokens }),
      ...(probabilities.length > 0 && { completion_probabilities: probabilities }),
    };
  },
};

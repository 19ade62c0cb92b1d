import type { Format } from '../format.js';
import { exchangeOf } from './exchange.js';
import { exchangeReader } from './exchange-meaning.js';
import { outlineExchange } from './exchange-outline.js';
import { firstObject, type JsonObject } from '../../payloads/json-value.js';
import { isStream } from '../../payloads/streams/streams.js';
import { emptyOutline } from '../outline.js';
import { inSteps, rowsOf } from '../row.js';

/**
 * Bodies as they go to and come from a model's API, as one-span traces: a request, a response, an error, a pair
 * `{request, response}`, or a list of any of them. The response of a pair may be streamed: its pieces, or a transcript.
 * OpenAI (chat, responses, completions, embeddings) and what is compatible with it, Anthropic, Gemini, Bedrock, Ollama.
 *
 * Told by the shape of the body (see `bodyShape`). The sources of each API are named where its payload is read. Bodies
 * say at most when they began; only Ollama's say when they ended. A body without an id is `call-1` and so on.
 */
export const providerBody: Format = {
  name: 'provider',
  title: 'request and response bodies of OpenAI, Anthropic, Gemini, Bedrock and Ollama',

  detect(value) {
    // Chunks of a stream look like bodies one by one; together they are the other format's.
    return !(Array.isArray(value) && isStream(value)) && exchangeOf(firstObject(value)) !== undefined;
  },

  *read(value, table) {
    const outline = emptyOutline();
    const rows = rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table);
    let count = 0;
    yield* inSteps(rows, (row: JsonObject) => {
      count++;
      const exchange = exchangeOf(row);
      if (!exchange) {
        const message = `Item ${count} is no body of a known API and was left out.`;
        table.problems.push({ code: 'unreadable-record', message });
        return;
      }
      outlineExchange(exchange, outline, table.origin);
      if (outline.id === '') outline.traceId = outline.id = `call-${count}`;
      table.add(outline, row, reader);
    });
  },
};

const reader = exchangeReader(providerBody.name);

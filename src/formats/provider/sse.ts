import { exchangeReader } from './exchange-meaning.js';
import { outlineExchange } from './exchange-outline.js';
import type { Format } from '../format.js';
import { isObject } from '../../payloads/json-value.js';
import { emptyOutline } from '../outline.js';
import { bodyShape } from './provider-shape.js';
import { inSteps } from '../row.js';
import { isStream, mayBeStream, streamsIn } from '../../payloads/streams/streams.js';
import { SseTranscript } from './sse-transcript.js';

/**
 * Streamed responses as one-span traces: a transcript of server-sent events, or their data as JSON Lines or a list, of
 * OpenAI (chat, completions, responses), Anthropic, Gemini, Bedrock (Converse) and Ollama. Several streams may follow
 * each other. What a span keeps is the pair that `provider` reads: the body that the pieces make, and the pieces.
 *
 * Told by the first pieces. The rules of each API are named in `sse/`.
 */
export const sse: Format = {
  name: 'sse',
  title: 'streamed responses of OpenAI, Anthropic, Gemini, Bedrock and Ollama (SSE or one JSON a line)',

  detect(value) {
    if (value instanceof SseTranscript) return mayBeStream(value.values);
    if (Array.isArray(value)) return isStream(value);
    // A chunk alone that looks like a response is read as one.
    return isObject(value) && bodyShape(value) === undefined && isStream([value]);
  },

  *read(value, table) {
    const outline = emptyOutline();
    const pieces =
      value instanceof SseTranscript ? value.values : Array.isArray(value) ? (value as unknown[]) : [value];
    let count = 0;
    yield* inSteps(streamsIn(pieces), ({ body, chunks }) => {
      count++;
      outlineExchange({ request: undefined, response: body, chunks }, outline, table.origin);
      if (outline.id === '') outline.traceId = outline.id = `call-${count}`;
      table.add(outline, { response: body, stream: chunks }, reader);
    });
  },
};

const reader = exchangeReader(sse.name, (raw) =>
  isObject(raw) && isObject(raw['response'])
    ? { request: undefined, response: raw['response'], chunks: [] }
    : undefined,
);

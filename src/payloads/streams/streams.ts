import { isObject, type JsonObject } from '../json-value.js';
import { anthropicStream } from './anthropic.js';
import { bedrockStream } from './bedrock.js';
import { geminiStream } from './gemini.js';
import { llamaCppStream } from './llama-cpp.js';
import { ollamaStream } from './ollama.js';
import { openAiChatStream } from './openai-chat.js';
import { openAiResponsesStream } from './openai-responses.js';
import type { StreamShape } from './stream-shape.js';

/** Every API whose streams are read. */
const shapes: readonly StreamShape[] = [
  openAiChatStream,
  openAiResponsesStream,
  anthropicStream,
  geminiStream,
  bedrockStream,
  ollamaStream,
  llamaCppStream,
];

/** How far into a stream its first telling piece may be: behind pings and comments. */
const LOOK_AHEAD = 20;

/** A response that came in pieces. */
export interface Stream {
  /** What the API would have sent without streaming. */
  readonly body: JsonObject;
  /** The pieces, as they came; those that are no piece of it (pings, errors) stand among them. */
  readonly chunks: readonly unknown[];
}

/** Whether values begin as a stream does, and as no list of whole responses could. */
export function isStream(values: readonly unknown[]): boolean {
  const first = values.slice(0, LOOK_AHEAD).filter(isObject);
  return first.some((value, at) => shapes.some((shape) => shape.isTelling(value, first[at + 1])));
}

/** Whether any of the first values may be a piece: enough where they are known to come from a stream. */
export const mayBeStream = (values: readonly unknown[]): boolean =>
  values.slice(0, LOOK_AHEAD).some((value) => isObject(value) && shapes.some((shape) => shape.isChunk(value)));

interface Open {
  shape: StreamShape;
  id: unknown;
  chunks: unknown[];
  hasBegun: boolean;
  hasEnded: boolean;
}

/** The streams in a list of pieces: one after the other, told apart by their ids, or by the piece that ends each. */
export function* streamsIn(values: Iterable<unknown>): Generator<Stream> {
  let open: Open | undefined;
  // Before the first piece.
  let early: unknown[] = [];
  for (const value of values) {
    const shape = isObject(value) ? shapes.find((candidate) => candidate.isChunk(value)) : undefined;
    if (!shape || !isObject(value)) {
      (open?.chunks ?? early).push(value);
      continue;
    }
    const id = shape.streamId?.(value);
    const isHead = shape.isHead?.(value) ?? false;
    if (open && isOther(open, shape, id, isHead)) {
      yield streamOf(open);
      open = undefined;
    }
    open ??= { shape, id, chunks: early, hasBegun: false, hasEnded: false };
    early = [];
    open.id ??= id;
    open.hasBegun ||= !isHead;
    open.hasEnded ||= shape.isEnd?.(value) ?? false;
    open.chunks.push(value);
  }
  if (open) yield streamOf(open);
}

function isOther(open: Open, shape: StreamShape, id: unknown, isHead: boolean): boolean {
  if (open.shape !== shape) return true;
  if (open.hasEnded) return isHead || shape.isHead === undefined;
  return open.hasBegun && id !== undefined && open.id !== undefined && id !== open.id;
}

/** What went wrong within a stream is said by a piece that only says that. */
function streamOf({ shape, chunks }: Open): Stream {
  const pieces = chunks.filter(isObject);
  const body = shape.assemble(pieces);
  const failed = pieces.find((piece) => isObject(piece['error']) && !shape.isChunk(piece));
  return { body: failed && !isObject(body['error']) ? { ...body, error: failed['error'] } : body, chunks };
}

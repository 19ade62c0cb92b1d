import type { JsonObject } from '../json-value.js';

/** One API's way of sending a response in pieces. */
export interface StreamShape {
  readonly name: string;
  /** Whether a value may be a piece of such a stream. */
  isChunk(value: JsonObject): boolean;
  /** Whether a value, and what follows it, can be nothing but pieces: no whole response looks like it. */
  isTelling(value: JsonObject, next: JsonObject | undefined): boolean;
  /** What the pieces of one stream have in common; `undefined` where a piece does not state it. */
  streamId?(chunk: JsonObject): unknown;
  /** Whether a piece only announces what follows. */
  isHead?(chunk: JsonObject): boolean;
  /** Whether a piece is the last that matters. */
  isEnd?(chunk: JsonObject): boolean;
  /** The response body that the pieces make: what the API would have sent without streaming. */
  assemble(chunks: readonly JsonObject[]): JsonObject;
}

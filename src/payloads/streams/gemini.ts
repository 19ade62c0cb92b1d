import { asArray, asText, either, isObject, type JsonObject } from '../json-value.js';
import { ArgumentPieces } from './gemini-arguments.js';
import { joined, kept, Pieces, without, type Draft } from './joined.js';
import type { StreamShape } from './stream-shape.js';

const finishOf = (value: JsonObject): unknown => {
  const first = asArray(value['candidates']).find(isObject);
  return first && either(first, 'finishReason', 'finish_reason');
};

const idOf = (chunk: JsonObject): string | undefined => asText(either(chunk, 'responseId', 'response_id')) || undefined;

const isResponse = (value: JsonObject): boolean =>
  (Array.isArray(value['candidates']) && value['candidates'].some(isObject)) ||
  (isObject(either(value, 'usageMetadata', 'usage_metadata')) && idOf(value) !== undefined);

/**
 * Chunks of Gemini's `streamGenerateContent`, each shaped as a whole response (ai.google.dev/api/generate-content):
 * server-sent events, or one JSON array. The parts follow each other; the last usage counts.
 */
export const geminiStream: StreamShape = {
  name: 'Gemini',
  isChunk: isResponse,
  isTelling: (value, next) =>
    isResponse(value) &&
    next !== undefined &&
    isResponse(next) &&
    (idOf(value) === undefined ? finishOf(value) === undefined : idOf(value) === idOf(next)),
  streamId: idOf,

  assemble(chunks) {
    const body = new Pieces();
    const usage = new Pieces();
    const candidates = new Map<unknown, Candidate>();
    for (const { candidates: list, ...chunk } of chunks) {
      usage.overlay(either(chunk, 'usageMetadata', 'usage_metadata'));
      body.overlay(without(chunk, 'usageMetadata', 'usage_metadata'));
      for (const candidate of asArray(list).filter(isObject)) {
        kept(candidates, candidate['index'] ?? 0, () => new Candidate()).add(candidate);
      }
    }
    return {
      ...body.whole,
      usageMetadata: usage.whole,
      candidates: [...candidates.values()].map((candidate) => candidate.whole()),
    };
  },
};

class Candidate {
  readonly #fields = new Pieces();
  readonly #content = new Pieces({ role: 'model' });
  /** Comes whole, with the last chunk. */
  readonly #grounding = new Pieces();
  /** Of the tokens of each chunk. */
  readonly #logprobs = new Pieces();
  /** Comes with the chunk that quotes. */
  readonly #cited = new Pieces();
  readonly #parts: (JsonObject | ArgumentPieces)[] = [];
  #text: { draft: Draft; thought: unknown } | undefined;
  #call: ArgumentPieces | undefined;

  add({
    content,
    groundingMetadata,
    grounding_metadata,
    citationMetadata,
    citation_metadata,
    logprobsResult,
    logprobs_result,
    ...fields
  }: JsonObject): void {
    this.#fields.overlay(fields);
    this.#grounding.overlay(groundingMetadata ?? grounding_metadata);
    const logprobs = logprobsResult ?? logprobs_result;
    if (isObject(logprobs)) this.#logprobs.grow(logprobs, []);
    const cited = citationMetadata ?? citation_metadata;
    if (isObject(cited)) this.#cited.grow(cited, []);
    if (!isObject(content)) return;
    const { parts, ...rest } = content;
    this.#content.overlay(rest);
    for (const part of asArray(parts)) if (isObject(part)) this.#addPart(part);
  }

  #addPart(part: JsonObject): void {
    const { text, ...rest } = part;
    const call = either(part, 'functionCall', 'function_call');
    const open = this.#text;
    if (isObject(call)) this.#addCall(part, call);
    else if (typeof text !== 'string') this.#push(part);
    else if (open && open.thought === part['thought']) {
      const { draft } = open;
      draft['text'] = joined(draft['text'], text);
      // A signature comes with an empty text behind what it signs.
      for (const name of ['thoughtSignature', 'thought_signature'])
        if (rest[name] !== undefined) draft[name] = rest[name];
    } else {
      const draft: Draft = { ...part };
      this.#push(draft);
      this.#text = { draft, thought: part['thought'] };
    }
  }

  #push(part: JsonObject | ArgumentPieces): void {
    this.#text = undefined;
    this.#call = undefined;
    this.#parts.push(part);
  }

  /** A call whose arguments are streamed begins with its name, and ends with the piece that no other will follow. */
  #addCall(part: JsonObject, call: JsonObject): void {
    const continues = either(call, 'willContinue', 'will_continue') === true;
    if (call['name'] === undefined && this.#call) this.#call.add(call);
    else if (continues || either(call, 'partialArgs', 'partial_args') !== undefined) {
      const pieces = new ArgumentPieces(part, call);
      this.#push(pieces);
      this.#call = pieces;
    } else this.#push(part);
    if (!continues) this.#call = undefined;
  }

  whole(): JsonObject {
    const parts = this.#parts.map((part) => (part instanceof ArgumentPieces ? part.whole() : part));
    const stated = Object.entries({
      groundingMetadata: this.#grounding.whole,
      citationMetadata: this.#cited.whole,
      logprobsResult: this.#logprobs.whole,
    });
    return {
      ...this.#fields.whole,
      content: { ...this.#content.whole, parts },
      ...Object.fromEntries(stated.filter(([, held]) => Object.keys(held).length > 0)),
    };
  }
}

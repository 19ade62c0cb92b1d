import type { Citation, MessagePart, TextPart } from '../model/index.js';
import { citationOf, cite, isText } from './citations.js';
import { firstValue, isRecord, recordsIn, type JsonRecord } from './json-record.js';
import { asArray } from './json-value.js';

/** A text and what it cites. */
type Cited = readonly [TextPart, Citation];

const recordIn = (record: JsonRecord, ...keys: readonly string[]): JsonRecord => {
  const value = firstValue(record, ...keys);
  return isRecord(value) ? value : {};
};

const countOf = (value: unknown): number => (typeof value === 'number' ? value : NaN);

/**
 * Adds what an answer of Gemini's rests on to its texts: `groundingMetadata`, whose supports say which chunks a segment of
 * a part rests on, and `citationMetadata`, the pages that are quoted at length (ai.google.dev/api/generate-content,
 * GroundingMetadata and CitationMetadata). Both count bytes of UTF-8, and leave out a 0.
 */
export function citeGrounding(parts: readonly MessagePart[], candidate: JsonRecord): void {
  const texts = parts.filter(isText);
  const last = texts.at(-1);
  if (!last) return;
  const places = new Places();
  const cited = new Map<TextPart, Citation[]>();
  const add = ([part, citation]: Cited): void => {
    const known = cited.get(part);
    if (known) known.push(citation);
    else cited.set(part, [citation]);
  };
  for (const item of grounds(recordIn(candidate, 'groundingMetadata', 'grounding_metadata'), parts, last, places)) {
    add(item);
  }
  const quoted = recordIn(candidate, 'citationMetadata', 'citation_metadata');
  for (const source of recordsIn(firstValue(quoted, 'citations', 'citationSources', 'citation_sources'))) {
    const { uri, title } = source;
    const citation = citationOf({ uri, title });
    // The place is one in the whole answer.
    if (citation) add([last, { ...citation, ...(texts.length === 1 && places.of(last, source)) }]);
  }
  for (const [part, citations] of cited) cite(part, citations);
}

function* grounds(
  grounding: JsonRecord,
  parts: readonly MessagePart[],
  last: TextPart,
  places: Places,
): Generator<Cited> {
  const chunks = asArray(firstValue(grounding, 'groundingChunks', 'grounding_chunks')).map(chunkOf);
  const used = new Set<Citation>();
  for (const support of recordsIn(firstValue(grounding, 'groundingSupports', 'grounding_supports'))) {
    const segment = recordIn(support, 'segment');
    const stated = parts[countOf(firstValue(segment, 'partIndex', 'part_index') ?? 0)];
    const part = isText(stated) ? stated : last;
    const place = places.of(part, segment);
    // The parts of a stream are joined, so the place may be one in another part than that which is named.
    const { text } = segment;
    const isThere = typeof text !== 'string' || part.text.slice(place.start, place.end) === text;
    for (const at of asArray(firstValue(support, 'groundingChunkIndices', 'grounding_chunk_indices'))) {
      const chunk = chunks[countOf(at)];
      if (!chunk) continue;
      used.add(chunk);
      yield [part, isThere ? { ...chunk, ...place } : chunk];
    }
  }
  for (const chunk of chunks) if (chunk && !used.has(chunk)) yield [last, chunk];
}

/** The source that a chunk is: a page, a document that was retrieved, or a place on a map. */
function chunkOf(chunk: unknown): Citation | undefined {
  if (!isRecord(chunk)) return undefined;
  const { uri, title, text, ...source } = recordIn(chunk, 'web', 'retrievedContext', 'retrieved_context', 'maps');
  return citationOf({ uri, title, text, documentId: firstValue(source, 'documentName', 'document_name', 'placeId') });
}

/** Places in texts, from bytes of UTF-8 to UTF-16 units. */
class Places {
  readonly #units = new Map<TextPart, Uint32Array>();

  of(part: TextPart, stated: JsonRecord): Pick<Citation, 'start' | 'end'> {
    let units = this.#units.get(part);
    if (!units) this.#units.set(part, (units = unitsOfBytes(part.text)));
    const start = units[countOf(firstValue(stated, 'startIndex', 'start_index') ?? 0)];
    const end = units[countOf(firstValue(stated, 'endIndex', 'end_index'))];
    return start === undefined || end === undefined ? {} : { start, end };
  }
}

/** For each byte of a text in UTF-8, and for its end, the UTF-16 unit that the character begins at. */
function unitsOfBytes(text: string): Uint32Array {
  const units = new Uint32Array(text.length * 3 + 1);
  let length = 0;
  let unit = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    units.fill(unit, length, length + size);
    length += size;
    unit += character.length;
  }
  units[length] = unit;
  return units.subarray(0, length + 1);
}

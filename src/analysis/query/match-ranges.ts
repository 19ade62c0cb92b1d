import type { Span } from '../../model/index.js';
import type { AttributeQuery, FieldQuery, Query } from './query.js';
import { queryField, QUERY_FIELDS } from './registry.js';
import { meaningTexts, recordTexts, type TextPlace } from './span-texts.js';
import { patternTest } from './text-pattern.js';
import { WordSearch, type TextRange } from './word-search.js';

/** A text of a span that a query is about. */
export interface MatchedText {
  /** The part of the span, or the name of the field. */
  readonly place: TextPlace | (string & {});
  /** The name of the attribute, parameter or event, the number of the message or the document from 0; else empty. */
  readonly key: string | number;
  readonly text: string;
  /** What to mark in it, in its order. Empty where a word stands behind escapes of JSON text. */
  readonly ranges: readonly TextRange[];
}

/** What a query wants to be there. What stands behind a minus is not. */
interface Wanted {
  readonly words: readonly WordSearch[];
  readonly fields: readonly FieldQuery[];
  readonly attributes: readonly AttributeQuery[];
}

const known = new WeakMap<Query, Wanted>();

function wantedBy(query: Query): Wanted {
  const before = known.get(query);
  if (before) return before;
  const words: WordSearch[] = [];
  const fields: FieldQuery[] = [];
  const attributes: AttributeQuery[] = [];
  const look = (part: Query, isWanted: boolean): void => {
    if (part.type === 'not') look(part.part, !isWanted);
    else if (part.type === 'and' || part.type === 'or') for (const inner of part.parts) look(inner, isWanted);
    else if (!isWanted) return;
    else if (part.type === 'text') words.push(new WordSearch(part.text));
    else if (part.type === 'field') fields.push(part);
    else if (part.type === 'attribute') attributes.push(part);
  };
  look(query, true);
  const wanted = { words, fields, attributes };
  known.set(query, wanted);
  return wanted;
}

/** What to mark in a text that is shown: the words and phrases of a query, in their order, without overlaps. */
export const matchRanges = (text: string, query: Query): readonly TextRange[] => rangesOf(text, wantedBy(query).words);

function rangesOf(text: string, words: readonly WordSearch[]): readonly TextRange[] {
  const found = words.flatMap((word) => [...word.rangesIn(text)]);
  if (words.length < 2) return found;
  const ranges: TextRange[] = [];
  for (const range of found.sort((one, other) => one.start - other.start)) {
    const last = ranges.at(-1);
    if (!last || range.start >= last.end) ranges.push(range);
    else if (range.end > last.end) ranges[ranges.length - 1] = { start: last.start, end: range.end };
  }
  return ranges;
}

/**
 * What of a span a query is about: its name and the like first, then what it means, then its attributes and events.
 *
 * @param most texts that are given at the most
 */
export function matchedTexts(span: Span, query: Query, most = 100): readonly MatchedText[] {
  const { words, fields, attributes } = wantedBy(query);
  const { trace, index } = span;
  const matched: MatchedText[] = [];
  const put = (text: string, place: MatchedText['place'], key: string | number): void => {
    if (matched.length >= most || !words.some((word) => word.isIn(text))) return;
    matched.push({ place, key, text, ranges: rangesOf(text, words) });
  };
  const putWhole = (text: string, place: string, key: string): void => {
    if (matched.length < most) matched.push({ place, key, text, ranges: [{ start: 0, end: text.length }] });
  };
  for (const { field: name, test } of fields) {
    const field = queryField(name);
    const text = field?.type === 'text' ? field.textsOf(trace)(index) : undefined;
    if (text && test.type === 'pattern' && patternTest(test.pieces)(text)) putWhole(text, name, '');
  }
  for (const { key, test } of attributes) {
    const value = span.attributes.get(key) ?? span.resource.get(key);
    if (test.type === 'pattern' && typeof value === 'string' && patternTest(test.pieces)(value)) {
      putWhole(value, 'attributes', key);
    }
  }
  if (words.length === 0) return matched;
  for (const field of QUERY_FIELDS) {
    const text = field.type === 'text' && field.isInWords ? field.textsOf(trace)(index) : undefined;
    if (text) put(text, field.name, '');
  }
  meaningTexts(span, put);
  recordTexts(span, put);
  return matched;
}

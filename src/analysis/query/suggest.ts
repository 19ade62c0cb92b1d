import type { Trace } from '../../model/index.js';
import { attributeSample } from './attribute-sample.js';
import type { QueryField } from './field.js';
import { ATTRIBUTE, fieldAt, unquoted, type FieldAt } from './field-at.js';
import { printQuery } from './print-query.js';
import { QUERY_FIELDS } from './registry.js';
import { textColumn } from './text-column.js';
import { literalPattern } from './text-pattern.js';

/** Something that could stand at the caret. */
export interface Suggestion {
  /** What takes the place of the range. A field ends with its sign, so that a value can follow. */
  readonly text: string;
  readonly kind: 'field' | 'value' | 'attribute';
  /** The name of the field that it is or is a value of; absent for attributes. */
  readonly field?: string;
  /** What the field or the value is, in English, where the registry says it. */
  readonly summary?: string;
  /** How many spans have it: of an attribute among those that were looked at, of which there are some hundred. */
  readonly count?: number;
}

export interface Suggestions {
  /** What is replaced: the term at the caret, in UTF-16 units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** The most likely first. */
  readonly items: readonly Suggestion[];
}

export interface SuggestOptions {
  /** How many are given at the most. */
  most?: number;
}

/** Letters of a word before values of any field are looked up for it. */
const SHORTEST_WORD = 2;
/** Values of one field that are suggested for a word. */
const MOST_FOR_WORD = 5;

/**
 * What could be written at a place of a query, which may be unfinished or wrong. Values are those that occur in the traces.
 *
 * @param caret a place in the text, in UTF-16 units
 */
export function suggest(
  text: string,
  caret: number,
  traces: Trace | readonly Trace[] = [],
  { most = 50 }: SuggestOptions = {},
): Suggestions {
  const all = Array.isArray(traces) ? (traces as readonly Trace[]) : [traces as Trace];
  const { start, end, field } = termAt(text, caret);
  const written = text.slice(start, Math.max(start, caret));
  const items = field
    ? valuesFor(field, unquoted(text.slice(field.valueAt, Math.max(field.valueAt, caret)).replace(/["*]/g, '')), all)
    : forWord(written, all);
  return { start, end, items: items.slice(0, most) };
}

interface Term {
  readonly start: number;
  readonly end: number;
  /** The field that the caret is behind the sign of. */
  readonly field: FieldAt | undefined;
}

const SPACE_OR_GROUP = /(?:[\s()]|-(?![\s)]))*/y;
const QUOTED = /"(?:[^"\\]|\\["\\]?)*"?/y;
const VALUE = /(?:"(?:[^"\\]|\\["\\]?)*"?|[^\s()"]+)*/y;

/** The term that a caret is in or behind, in any text. */
function termAt(text: string, caret: number): Term {
  let at = 0;
  for (;;) {
    const start = endOf(SPACE_OR_GROUP, text, at);
    // Between two terms, or before the first.
    if (start > caret || start >= text.length) return { start: caret, end: caret, field: undefined };
    const field = fieldAt(text, start);
    const end = field
      ? endOf(VALUE, text, field.valueAt)
      : text[start] === '"'
        ? endOf(QUOTED, text, start)
        : endOf(VALUE, text, start);
    if (end >= caret) return { start, end, field: field && caret >= field.valueAt ? field : undefined };
    at = Math.max(end, start + 1);
  }
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Values by how often they occur, those that begin as it is written first. */
function ranked(counts: ReadonlyMap<string, number>, written: string): [value: string, count: number][] {
  const inside = literalPattern(written);
  const begins = literalPattern(written, 'y');
  const startsSo = (value: string): boolean => {
    begins.lastIndex = 0;
    return begins.test(value);
  };
  return [...counts]
    .filter(([value]) => inside.test(value))
    .map(([value, count]) => ({ value, count, isFirst: startsSo(value) }))
    .sort((one, other) => Number(other.isFirst) - Number(one.isFirst) || other.count - one.count)
    .map(({ value, count }) => [value, count]);
}

const added = (counts: Map<string, number>, value: string, count: number): Map<string, number> =>
  counts.set(value, (counts.get(value) ?? 0) + count);

/** The values that a field has in the traces, and how many spans have each. */
function countsOf(field: QueryField, traces: readonly Trace[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const trace of traces) {
    if (field.type === 'text' && !field.isUnique) {
      const column = textColumn(trace, field.name, field.textsOf);
      column.texts.forEach((text, place) => added(counts, text, column.counts[place]!));
    } else if (field.type === 'trace') {
      for (const value of field.valuesOf(trace)) added(counts, value, trace.spans.length);
    }
  }
  return counts;
}

const pattern = (value: string) => ({ type: 'pattern', pieces: [value] }) as const;

function valuesFor({ field, key, name }: FieldAt, written: string, traces: readonly Trace[]): Suggestion[] {
  if (key !== undefined) return valuesOfAttribute(key, written, traces);
  if (!field || field.type === 'number') return [];
  if (field.type === 'word') {
    const words = ranked(new Map([...field.words.keys()].map((word) => [word, 0])), written);
    return words.map(([word]) => ({
      text: printQuery({ type: 'field', field: field.name, test: { type: 'word', word } }),
      kind: 'value',
      field: name.toLowerCase(),
      summary: field.words.get(word)!.summary,
    }));
  }
  return ranked(countsOf(field, traces), written).map(([value, count]) => ({
    text: printQuery({ type: 'field', field: field.name, test: pattern(value) }),
    kind: 'value',
    field: field.name,
    count,
  }));
}

function valuesOfAttribute(key: string, written: string, traces: readonly Trace[]): Suggestion[] {
  const counts = new Map<string, number>();
  for (const trace of traces) {
    for (const [value, count] of attributeSample(trace).get(key)?.values ?? []) added(counts, value, count);
  }
  return ranked(counts, written).map(([value, count]) => ({
    text: printQuery({ type: 'attribute', key, test: pattern(value) }),
    kind: 'value',
    count,
  }));
}

/** Fields, attributes and values for what may become any of them. */
function forWord(written: string, traces: readonly Trace[]): Suggestion[] {
  const items: Suggestion[] = [];
  const fields = new Map(QUERY_FIELDS.map((field) => [field.name, field]));
  for (const [name] of ranked(new Map([...fields.keys()].map((field) => [field, 0])), written)) {
    const { type, summary } = fields.get(name)!;
    items.push({ text: `${name}${type === 'number' ? '>' : ':'}`, kind: 'field', field: name, summary });
  }
  if (written.length < SHORTEST_WORD) return items;
  for (const field of QUERY_FIELDS) {
    if (field.type === 'number') continue;
    const found = { field, key: undefined, name: field.name } as FieldAt;
    for (const value of valuesFor(found, written, traces).slice(0, MOST_FOR_WORD)) items.push(value);
  }
  const counts = new Map<string, number>();
  for (const trace of traces) for (const [key, { count }] of attributeSample(trace)) added(counts, key, count);
  for (const [key, count] of ranked(counts, written.replace(ATTRIBUTE, '').replace(/^"/, ''))) {
    const text = printQuery({ type: 'attribute', key, test: { type: 'pattern', pieces: ['', ''] } }).replace(/\*$/, '');
    items.push({ text, kind: 'attribute', count });
  }
  // The id of a span, as it is copied from elsewhere.
  if (traces.some((trace) => trace.span(written))) {
    const text = printQuery({ type: 'field', field: 'id', test: pattern(written) });
    items.unshift({ text, kind: 'value', field: 'id', count: 1 });
  }
  return items;
}

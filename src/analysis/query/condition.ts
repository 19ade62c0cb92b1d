import type { Trace } from '../../model/index.js';
import type { Known, TextField } from './field.js';
import { plainText } from './plain-text.js';
import type { AttributeQuery, FieldQuery, NumberRange, Query, TextPattern, TextQuery } from './query.js';
import { QUERY_FIELDS, queryField } from './registry.js';
import type { SpanContent } from './span-texts.js';
import { textColumn, type TextColumn } from './text-column.js';
import { patternTest } from './text-pattern.js';
import { WordSearch } from './word-search.js';

/** What is known of a span: it does not match, it does, or that depends on what is in it. */
export const NO = 0;
export const YES = 1;
export const OPEN = 2;

/** A query, or a part of one, as it is asked of the spans of one trace. */
export interface Condition {
  /** `NO`, `YES` or `OPEN` by position in the tree: what the outlines decide. */
  readonly states: Uint8Array;
  /** Decides what is open at a position. */
  decide(position: number, content: SpanContent): boolean;
}

/** Asks the outlines of all spans at once. */
export function conditionOf(query: Query, trace: Trace): Condition {
  switch (query.type) {
    case 'all':
      return outlineOnly(new Uint8Array(trace.spans.length).fill(YES));
    case 'text':
      return textCondition(query, trace);
    case 'field':
      return fieldCondition(query, trace);
    case 'attribute':
      return attributeCondition(query, trace);
    case 'not':
      return notCondition(conditionOf(query.part, trace));
    case 'and':
    case 'or':
      return joinedCondition(
        query.type,
        query.parts.map((part) => conditionOf(part, trace)),
      );
  }
}

/** Nothing is open. */
const outlineOnly = (states: Uint8Array): Condition => ({ states, decide: () => false });

function notCondition(part: Condition): Condition {
  const states = part.states.map((state) => (state === OPEN ? OPEN : 1 - state));
  return { states, decide: (position, content) => !part.decide(position, content) };
}

function joinedCondition(type: 'and' | 'or', parts: readonly Condition[]): Condition {
  const [settled, neutral] = type === 'and' ? [NO, YES] : [YES, NO];
  const states = new Uint8Array(parts[0]!.states.length).fill(neutral);
  for (const { states: other } of parts) {
    for (let position = 0; position < states.length; position++) {
      const state = other[position]!;
      if (state === settled) states[position] = settled;
      else if (state === OPEN && states[position] === neutral) states[position] = OPEN;
    }
  }
  // What the outlines decide everywhere is in the states, and not looked at again.
  const open = parts.filter((part) => part.states.includes(OPEN));
  const isSettled = settled === YES;
  return {
    states,
    decide(position, content) {
      for (const part of open) {
        const state = part.states[position]!;
        if ((state === OPEN ? part.decide(position, content) : state === YES) === isSettled) return isSettled;
      }
      return !isSettled;
    },
  };
}

/** A state for each text of a column, spread over the spans that have it. */
function spread({ codes, texts }: TextColumn, isMatch: (text: string) => boolean, states: Uint8Array): void {
  const matches = new Uint8Array(texts.length + 1);
  texts.forEach((text, place) => {
    if (isMatch(text)) matches[place + 1] = 1;
  });
  if (!matches.includes(1)) return;
  for (let position = 0; position < codes.length; position++) if (matches[codes[position]!]) states[position] = YES;
}

function textCondition({ text }: TextQuery, trace: Trace): Condition {
  const search = new WordSearch(text);
  const states = new Uint8Array(trace.spans.length).fill(OPEN);
  for (const field of QUERY_FIELDS) {
    if (field.type !== 'text' || !field.isInWords) continue;
    spread(textColumn(trace, field.name, field.textsOf), (other) => search.isIn(other), states);
  }
  return { states, decide: (_, content) => content.texts.some((other) => search.isIn(other)) };
}

function fieldCondition({ field: name, test }: FieldQuery, trace: Trace): Condition {
  const field = queryField(name);
  if (field?.type === 'text' && test.type === 'pattern') return outlineOnly(likeStates(field, test, trace));
  if (field?.type === 'number' && test.type === 'range') {
    const numberAt = field.numbersOf(trace);
    const isIn = rangeTest(test);
    return outlineOnly(statesOf(trace, (position) => isIn(numberAt(position))));
  }
  if (field?.type === 'trace' && test.type === 'pattern') {
    const isLike = patternTest(test.pieces);
    const isTrue = field.valuesOf(trace).some((value) => value !== '' && isLike(value));
    return outlineOnly(new Uint8Array(trace.spans.length).fill(isTrue ? YES : NO));
  }
  const known = field?.type === 'word' && test.type === 'word' ? field.words.get(test.word) : undefined;
  return known ? knownCondition(known, trace) : outlineOnly(new Uint8Array(trace.spans.length));
}

function statesOf(trace: Trace, isTrue: (position: number) => boolean | undefined): Uint8Array {
  const states = new Uint8Array(trace.spans.length);
  for (let position = 0; position < states.length; position++) {
    const known = isTrue(position);
    states[position] = known === undefined ? OPEN : known ? YES : NO;
  }
  return states;
}

function likeStates(field: TextField, { pieces }: TextPattern, trace: Trace): Uint8Array {
  const isLike = patternTest(pieces);
  if (field.isUnique) {
    const textAt = field.textsOf(trace);
    return statesOf(trace, (position) => isLike(textAt(position) ?? ''));
  }
  const states = new Uint8Array(trace.spans.length);
  spread(textColumn(trace, field.name, field.textsOf), isLike, states);
  return states;
}

function knownCondition({ outline, detail }: Known, trace: Trace): Condition {
  const states = statesOf(trace, outline?.(trace) ?? (() => undefined));
  return detail ? { states, decide: (_, content) => detail(content) } : outlineOnly(states);
}

function attributeCondition({ key, test }: AttributeQuery, trace: Trace): Condition {
  const isMatch = test.type === 'range' ? numberIn(rangeTest(test)) : textIn(patternTest(test.pieces), test.pieces);
  return {
    states: new Uint8Array(trace.spans.length).fill(OPEN),
    decide(_, { record: { attributes, resource } }) {
      const value = attributes.has(key) ? attributes.get(key) : resource.get(key);
      return value !== undefined && isMatch(value);
    },
  };
}

/** Whether a number, or a text that is one, is in a range. */
const numberIn =
  (isIn: (value: number) => boolean) =>
  (value: unknown): boolean =>
    (typeof value === 'number' && isIn(value)) ||
    (typeof value === 'string' && value.trim() !== '' && isIn(Number(value)));

/** Whether the text of a value matches, or that of an item of a list; `*` alone matches any value. */
const textIn = (isMatch: (text: string) => boolean, pieces: readonly string[]): ((value: unknown) => boolean) => {
  const isAnything = pieces.length > 1 && pieces.every((piece) => piece === '');
  const isText = (value: unknown): boolean => {
    const text = plainText(value);
    return text !== undefined && isMatch(text);
  };
  return (value) => isAnything || (Array.isArray(value) ? value.some(isText) : isText(value));
};

/** Whether a number is in a range; one that is not stated (`NaN`) is in none. */
export function rangeTest({ from, to }: NumberRange): (value: number) => boolean {
  const least = from?.value ?? -Infinity;
  const most = to?.value ?? Infinity;
  const isOpenBelow = from?.isIncluded === false;
  const isOpenAbove = to?.isIncluded === false;
  return (value) => (isOpenBelow ? value > least : value >= least) && (isOpenAbove ? value < most : value <= most);
}

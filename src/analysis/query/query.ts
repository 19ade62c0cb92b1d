/** One end of a range of numbers. */
export interface Bound {
  readonly value: number;
  /** Whether the value itself is in the range. */
  readonly isIncluded: boolean;
}

/** Numbers between two bounds, in the unit of their field: milliseconds, US dollars, or a count. */
export interface NumberRange {
  readonly type: 'range';
  readonly from?: Bound;
  readonly to?: Bound;
}

/**
 * A whole text: the pieces of it that are known, one behind the other, with anything or nothing between two of them.
 * `gpt*` is `['gpt', '']`; a text without a wildcard is one piece. No piece but the first and the last is empty.
 */
export interface TextPattern {
  readonly type: 'pattern';
  readonly pieces: readonly string[];
}

/** One of the words that a field knows, in small letters. */
export interface KnownWord {
  readonly type: 'word';
  readonly word: string;
}

export type FieldTest = NumberRange | TextPattern | KnownWord;

/** A word or a phrase that a span contains, whatever the case. */
export interface TextQuery {
  readonly type: 'text';
  readonly text: string;
}

/** Something that a field of the registry says of a span. */
export interface FieldQuery {
  readonly type: 'field';
  /** The name in the registry. */
  readonly field: string;
  readonly test: FieldTest;
}

/** An attribute of a span, or else of the service that it ran in. */
export interface AttributeQuery {
  readonly type: 'attribute';
  /** The key as the trace writes it. */
  readonly key: string;
  readonly test: NumberRange | TextPattern;
}

export interface NotQuery {
  readonly type: 'not';
  readonly part: Query;
}

/** All of its parts, or any of them: two or more, none of them of the same type. */
export interface JoinedQuery {
  readonly type: 'and' | 'or';
  readonly parts: readonly Query[];
}

/** Every span: an empty query. Only as a whole, never a part. */
export interface AllQuery {
  readonly type: 'all';
}

/** What spans are asked for: the tree that `parseQuery` makes of a text and `printQuery` writes as one. */
export type Query = AllQuery | TextQuery | FieldQuery | AttributeQuery | NotQuery | JoinedQuery;

/** Characters of a query. */
export const MOST_CHARACTERS = 4000;
/** Words, phrases and fields of a query. */
export const MOST_TERMS = 200;
/** Parentheses and minuses that stand around a term. */
export const MOST_DEPTH = 40;

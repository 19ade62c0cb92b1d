/** The query language: which spans of a trace are looked for. Its grammar is in `docs/query.md`. */
export type { QueryField } from './field.js';
export { matchedTexts, matchRanges, type MatchedText } from './match-ranges.js';
export { narrows } from './narrows.js';
export { parseQuery } from './parse-query.js';
export { printQuery } from './print-query.js';
export type {
  AllQuery,
  AttributeQuery,
  Bound,
  FieldQuery,
  FieldTest,
  JoinedQuery,
  KnownWord,
  NotQuery,
  NumberRange,
  Query,
  TextPattern,
  TextQuery,
} from './query.js';
export { QueryError, type QueryErrorCode } from './query-error.js';
export { QUERY_FIELDS } from './registry.js';
export { ancestorsOf, finishSearch, searchSpans, SpanSearch, type FinishOptions } from './search-spans.js';
export type { TextPlace } from './span-texts.js';
export { suggest, type Suggestion, type Suggestions, type SuggestOptions } from './suggest.js';
export type { TextRange } from './word-search.js';

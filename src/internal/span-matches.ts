import type { Span, Trace } from '../model/index.js';

/** A stretch of a text, in UTF-16 units; `end` is exclusive. */
export interface MarkedRange {
  readonly start: number;
  readonly end: number;
}

/** Marks the words of a query in what an element shows, until it is ended. */
export interface Marking {
  /** Opens what hides the first of them, and brings it into sight, now or as soon as it is there. */
  reveal(): void;
  end(): void;
}

/** What a query says of texts. The same object as long as the query is the same. */
export interface MatchedWords {
  /** What to mark in a text that is shown. */
  rangesIn(text: string): readonly MarkedRange[];
  /** The parts of a span that hold a match: `messages`, `attributes`…, or the name of a field. */
  placesIn(span: Span): ReadonlySet<string>;
  markIn(root: ShadowRoot): Marking;
}

/** The spans of a trace that a search has found so far. Another object whenever there are more. */
export interface SpanMatches {
  readonly trace: Trace;
  /** By position in the tree: 1 for a match. */
  readonly matches: Uint8Array;
  /** By position: 1 for what a match is inside of. */
  readonly ancestors: Uint8Array;
  /** Whether the spans that are neither are hidden, and not only dimmed. */
  readonly isHiding: boolean;
  readonly words: MatchedWords;
}

/** An element that shows only a part of what it has. */
export interface MatchRevealing {
  /** Shows more, if a match is in what is left out; returns whether it is. */
  showMatch(words: MatchedWords): boolean;
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  ancestorsOf,
  matchedTexts,
  matchRanges,
  searchSpans,
  type Query,
  type SpanSearch,
} from '../../analysis/query/index.js';
import { MatchMarks } from '../../internal/match-marks.js';
import type { MatchedWords, SpanMatches } from '../../internal/span-matches.js';
import { runInSlices } from '../../internal/time-slices.js';
import type { Span, Trace } from '../../model/index.js';

/** Milliseconds between two looks at what was found while spans are read. */
const PAUSE = 150;
/** Texts of one span that are looked at to tell which parts of it hold a match. */
const MOST_TEXTS = 2000;

/**
 * A search through a trace: what outlines decide at once, the rest in short stretches while the host is on the page. A newer
 * one ends it.
 */
export class SearchWork implements ReactiveController {
  #search: SpanSearch | undefined;
  #words: MatchedWords | undefined;
  #abort: AbortController | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #found: () => void;

  /** @param found called when more was found while spans are read, and at the end of that */
  constructor(host: ReactiveControllerHost, found: () => void) {
    this.#host = host;
    this.#found = found;
    host.addController(this);
  }

  get search(): SpanSearch | undefined {
    return this.#search;
  }

  /** Nothing is found at first but what is known at once. Where the query only narrows the one before, that is gone on from. */
  start(trace: Trace, query: Query): void {
    const isSame = this.#search?.query === query;
    this.#search = searchSpans(trace, query, this.#search);
    if (!isSame || !this.#words) this.#words = wordsOf(query);
    this.#read();
  }

  end(): void {
    this.#abort?.abort();
    this.#search = this.#words = undefined;
  }

  /** What was found so far. */
  matches(isHiding: boolean): SpanMatches | undefined {
    const search = this.#search;
    if (!search || !this.#words) return undefined;
    const { trace, matches } = search;
    return { trace, matches, ancestors: ancestorsOf(trace, matches), isHiding, words: this.#words };
  }

  hostConnected(): void {
    if (this.#search && !this.#search.isDone) this.#read();
  }

  hostDisconnected(): void {
    this.#abort?.abort();
  }

  #read(): void {
    this.#abort?.abort();
    const search = this.#search!;
    if (search.isDone) return;
    const { signal } = (this.#abort = new AbortController());
    let toldAt = performance.now();
    // The page shows what is known at once before anything is read.
    const begin = (): void => {
      if (signal.aborted) return;
      void runInSlices(search.inSteps(), {
        signal,
        take: () => {},
        rested: () => {
          if (performance.now() - toldAt < PAUSE) return;
          this.#found();
          toldAt = performance.now();
        },
      }).then((isOver) => {
        if (isOver) this.#found();
      });
    };
    void this.#host.updateComplete.then(() => requestAnimationFrame(() => setTimeout(begin)));
  }
}

function wordsOf(query: Query): MatchedWords {
  const words: MatchedWords = {
    rangesIn: (text) => matchRanges(text, query),
    placesIn: (span: Span) => new Set(matchedTexts(span, query, MOST_TEXTS).map(({ place }) => place)),
    markIn: (root) => new MatchMarks(root, words),
  };
  return words;
}

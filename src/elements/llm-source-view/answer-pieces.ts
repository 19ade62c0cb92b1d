import type { AnswerSources, SourceDocument } from '../../analysis/sources/index.js';

/** A stretch of an answer over which the same spans lie. */
export interface AnswerPiece {
  readonly start: number;
  readonly end: number;
  /** Positions of the spans; empty where there are none. */
  readonly spans: readonly number[];
}

/** Spans that are marked: more are a wall of colour, and nodes. */
export const MOST_SPANS = 1000;
/** Spans that lie over each other at one place. */
const MOST_DEPTH = 50;

/** Takes an answer apart where spans begin and end. Spans may overlap, and stand inside each other. */
export function answerPieces({ answer, spans }: Pick<AnswerSources, 'answer' | 'spans'>): AnswerPiece[] {
  const shown = spans.slice(0, MOST_SPANS);
  const cuts = new Set([0, answer.length]);
  for (const { start, end } of shown) cuts.add(start).add(end);
  const places = [...cuts].sort((one, other) => one - other);
  const order = shown.map((_, at) => at).sort((one, other) => shown[one]!.start - shown[other]!.start);
  const pieces: AnswerPiece[] = [];
  let open: number[] = [];
  let next = 0;
  for (let at = 0; at + 1 < places.length; at++) {
    const [start, end] = [places[at]!, places[at + 1]!];
    open = open.filter((span) => shown[span]!.end > start);
    while (next < order.length && shown[order[next]!]!.start <= start) {
      if (open.length < MOST_DEPTH) open.push(order[next]!);
      next++;
    }
    pieces.push({ start, end, spans: [...open] });
  }
  return pieces;
}

export type Relevance = NonNullable<SourceDocument['relevance']> | 'unknown';

export const RELEVANCES: readonly Relevance[] = ['high', 'medium', 'low', 'unknown'];

/** The best relevance among the documents of spans. */
export function relevanceOf({ spans, documents }: AnswerSources, places: readonly number[]): Relevance {
  let best = RELEVANCES.length - 1;
  for (const place of places) {
    for (const document of spans[place]!.documents) {
      best = Math.min(best, RELEVANCES.indexOf(documents[document]!.relevance ?? 'unknown'));
    }
  }
  return RELEVANCES[best]!;
}

/** Documents that any of these spans leads to, in their order. */
export function documentsOf({ spans }: AnswerSources, places: readonly number[]): number[] {
  const documents = new Set(places.flatMap((place) => spans[place]!.documents));
  return [...documents].sort((one, other) => one - other);
}

/** Spans that lead to a document. */
export const spansOf = ({ spans }: AnswerSources, document: number): number[] =>
  spans.flatMap(({ documents }, place) => (documents.includes(document) ? [place] : []));

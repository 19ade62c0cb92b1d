import type { Trace } from '../../model/index.js';
import { isModelCall, type Evaluator, type EvaluatorOptions } from './evaluator.js';
import { isStopWord } from './stop-words.js';
import { wordsOf } from './words.js';

export interface GroundednessOptions extends EvaluatorOptions {
  /** The share of the words of a sentence that must be in the documents, 0 to 1. 0.6 where not said otherwise. */
  threshold?: number;
}

/** Sentences without a ground that are told, and how much of each. */
const MOST_TOLD = 3;
const MOST_CHARACTERS = 120;

/**
 * The share of the sentences of an answer whose words stand in the documents that the trace had retrieved by then. A sentence
 * is grounded where enough of its words are there, common ones left out, and all of its numbers. This looks at words only: it
 * takes what is said in other words for made up, and a wrong sentence of the right words for true. Without retrieved documents
 * there is no verdict.
 */
export const groundedness = ({
  name = 'groundedness',
  isFor = isModelCall,
  threshold = 0.6,
}: GroundednessOptions = {}): Evaluator => ({
  name,
  source: 'code',
  isFor,
  judge: ({ answer, span }) => {
    if (answer === undefined) return undefined;
    const until = span.end ?? Infinity;
    const retrieved = wordsRetrieved(span.trace);
    const isThere = (word: string): boolean => (retrieved.words.get(word) ?? Infinity) <= until;
    if (!(retrieved.first <= until)) return undefined;
    let sentences = 0;
    const floating: string[] = [];
    for (const { segment } of sentencesOf(answer)) {
      const words = wordsOf(segment).filter((word) => !isStopWord(word));
      if (words.length === 0) continue;
      sentences++;
      const found = words.filter(isThere);
      const hasNumbers = words.every((word) => !/^\p{N}+$/u.test(word) || isThere(word));
      if (!hasNumbers || found.length < threshold * words.length)
        floating.push(segment.trim().slice(0, MOST_CHARACTERS));
    }
    if (sentences === 0) return undefined;
    return {
      value: (sentences - floating.length) / sentences,
      explanation: [
        `${sentences - floating.length} of ${sentences} sentences are in the documents`,
        ...floating.slice(0, MOST_TOLD).map((sentence) => `Not: ${sentence}`),
      ].join('\n'),
    };
  },
});

let segmenter: Intl.Segmenter | undefined;

/** Making a segmenter is dear. */
const sentencesOf = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'sentence' })).segment(text);

interface RetrievedWords {
  /** When the first documents were asked for, in milliseconds since the epoch. */
  first: number;
  /** The words of all documents, with when they were first asked for. */
  words: ReadonlyMap<string, number>;
}

const known = new WeakMap<Trace, RetrievedWords>();

/** The words of all that a trace retrieved, worked out once. */
function wordsRetrieved(trace: Trace): RetrievedWords {
  let retrieved = known.get(trace);
  if (retrieved) return retrieved;
  const words = new Map<string, number>();
  let first = Infinity;
  for (const span of trace.spans) {
    if (span.kind !== 'retriever' && span.kind !== 'reranker') continue;
    for (const { content } of span.documents) {
      if (content === undefined) continue;
      first = Math.min(first, span.start);
      for (const word of wordsOf(content)) words.set(word, Math.min(words.get(word) ?? Infinity, span.start));
    }
  }
  known.set(trace, (retrieved = { first, words }));
  return retrieved;
}

import { Span, type Trace } from '../../model/index.js';
import { ContentHash } from './content-hash.js';

/** Spans of both traces that are read to tell which of those that are called the same belong together. */
const MOST_READ = 4000;

/** Numbers for what a span was given and what it gave; 0 for nothing. */
export interface SpanContent {
  readonly input: number;
  readonly output: number;
}

const NOTHING: SpanContent = { input: 0, output: 0 };

/** How many spans may still be read: one for both traces. */
export class ReadingBudget {
  left = MOST_READ;
}

/** What spans of a trace hold, read where it helps, and not of more spans than the budget allows. */
export class SpanContents {
  readonly #trace: Trace;
  readonly #budget: ReadingBudget;
  readonly #known = new Map<number, SpanContent>();

  constructor(trace: Trace, budget: ReadingBudget) {
    this.#trace = trace;
    this.#budget = budget;
  }

  /** What was read of a span. */
  at(position: number): SpanContent {
    return this.#known.get(position) ?? NOTHING;
  }

  /** Reads spans that are not known, as far as the budget goes. */
  *read(positions: Iterable<number>): Generator<undefined, void> {
    for (const position of positions) {
      if (this.#known.has(position)) continue;
      if (this.#budget.left === 0) return;
      this.#budget.left--;
      this.#known.set(position, contentOf(unkept(this.#trace, position)));
      yield;
    }
  }
}

/** A span of which nothing is kept once it was looked at. */
export const unkept = (trace: Trace, position: number): Span => new Span(trace, position);

function contentOf(span: Span): SpanContent {
  const input = new ContentHash();
  const output = new ContentHash();
  const empty = input.value;
  const { messages, documents, inputDocuments } = span;
  for (const message of messages) (message.origin === 'input' ? input : output).addMessage(message);
  if (!messages.length) {
    if (span.input !== undefined) input.addValue(span.input);
    if (span.output !== undefined) output.addValue(span.output);
  }
  if (inputDocuments.length) input.addValue(inputDocuments);
  if (documents.length) output.addValue(documents);
  const numberOf = (hash: ContentHash): number => (hash.value === empty ? 0 : hash.value);
  return { input: numberOf(input), output: numberOf(output) };
}

import type { InternalsSources } from '../../../internals/internals.js';
import { answerOf } from '../answer-text.js';
import type { SourcesDraft } from '../answer-sources.js';
import type { SourceReader } from '../source-reader.js';

/** What `Internals` say of the sources of an answer. */
export const statedSources: SourceReader = {
  read(span) {
    const sources = span.internals?.sources;
    return sources && draftOf(sources, answerOf(span).text, 'llm_trace.internals');
  },
};

export const draftOf = ({ method, spans, docs }: InternalsSources, answer: string, from: string): SourcesDraft => ({
  method,
  from,
  answer,
  spans: spans.map(({ start, end, text, count, docs: places }) => ({
    start,
    end,
    text,
    documents: places,
    ...(count !== undefined && { count }),
  })),
  documents: docs.map(({ snippets, ...doc }) => ({ ...doc, passages: snippets })),
});

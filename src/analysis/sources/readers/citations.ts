import type { Citation } from '../../../model/index.js';
import { answerOf } from '../answer-text.js';
import type { SourcesDraft } from '../answer-sources.js';
import type { SourceReader } from '../source-reader.js';

/**
 * Citations of providers: OpenAI's annotations, Anthropic's citations, Gemini's grounding, as the messages have them. One without a
 * place is of all the text that it stands on; one with an empty place stands behind what it is of, and marks nothing.
 */
export const citedSources: SourceReader = {
  read(span) {
    const { text, parts } = answerOf(span);
    const spans: SourcesDraft['spans'][number][] = [];
    const documents: SourcesDraft['documents'][number][] = [];
    for (const { part, start: offset } of parts) {
      for (const citation of part.citations ?? []) {
        const { start = 0, end = part.text.length } = citation;
        if (start < end) spans.push({ start: offset + start, end: offset + end, documents: [documents.length] });
        documents.push(documentOf(citation));
      }
    }
    return documents.length ? { method: 'citation', from: 'citations', answer: text, spans, documents } : undefined;
  },
};

function documentOf({ url, title, text, documentId, documentIndex }: Citation): SourcesDraft['documents'][number] {
  const id = documentId ?? (documentIndex === undefined ? undefined : String(documentIndex + 1));
  return {
    ...(url !== undefined && { url }),
    ...(title !== undefined && { title }),
    ...(id !== undefined && { id }),
    passages: text === undefined ? [] : [{ text }],
  };
}

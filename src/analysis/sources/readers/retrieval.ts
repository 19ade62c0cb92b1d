import type { TraceDocument } from '../../../model/index.js';
import { answerOf } from '../answer-text.js';
import type { SourcesDraft } from '../answer-sources.js';
import { documentsGiven } from '../given-documents.js';
import { sharedWords } from '../shared-words.js';
import type { SourceReader } from '../source-reader.js';

/** Characters around what is the same. */
const AROUND = 120;

/**
 * What the model was given of the documents that were retrieved before, and which words of its answer stand in them too. A document
 * counts as given where it stands in the input of the call.
 */
export const retrievedSources: SourceReader = {
  read(span) {
    const answer = answerOf(span).text;
    if (answer === '') return undefined;
    const given = documentsGiven(span);
    if (given.length === 0) return undefined;
    const shared = sharedWords(
      answer,
      given.map(({ content = '' }) => content),
    );
    const passages = given.map((): { text: string; match: [number, number] }[] => []);
    for (const { document, place } of shared) {
      const { content = '' } = given[document]!;
      const [start, end] = place;
      const from = Math.max(0, start - AROUND);
      passages[document]!.push({
        text: content.slice(from, end + AROUND).toWellFormed(),
        match: [start - from, end - from],
      });
    }
    return {
      method: 'retrieval',
      from: 'retriever',
      answer,
      spans: shared.map(({ document, answer: [start, end] }) => ({ start, end, documents: [document] })),
      documents: given.map((document, at) => documentOf(document, passages[at]!)),
    };
  },
};

function documentOf(
  { id, content, score, metadata }: TraceDocument,
  passages: SourcesDraft['documents'][number]['passages'],
): SourcesDraft['documents'][number] {
  const [title, url, source] = ['title', 'url', 'source'].map((name) => textIn(metadata, name));
  return {
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    ...(url !== undefined && { url }),
    ...(source !== undefined && { source }),
    ...(score !== undefined && { score }),
    ...(content !== undefined && { text: content }),
    passages,
  };
}

function textIn(metadata: unknown, name: string): string | undefined {
  if (typeof metadata !== 'object' || metadata === null || !Object.hasOwn(metadata, name)) return undefined;
  const value = (metadata as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

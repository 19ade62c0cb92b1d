import type { InternalsSources } from '../../internals/internals.js';

/** A document that an answer rests on, or that says the same. */
export interface SourceDocument {
  readonly id?: string;
  readonly title?: string;
  readonly url?: string;
  /** The collection that it is from. */
  readonly source?: string;
  /** What the collection was used for, as a stage of training. */
  readonly usage?: string;
  readonly score?: number;
  readonly relevance?: 'high' | 'medium' | 'low';
  /** What is quoted of it; `match` is what the answer says too, in UTF-16 units. */
  readonly passages: readonly { readonly text: string; readonly match?: readonly [start: number, end: number] }[];
  /** The whole text, where it is there. */
  readonly text?: string;
  /** How often the source names it. */
  readonly times: number;
}

/** A stretch of an answer, in UTF-16 units; `end` is exclusive. Stretches may overlap. */
export interface SourceSpan {
  readonly start: number;
  readonly end: number;
  /** Positions in `documents`. */
  readonly documents: readonly number[];
  /** How often it stands in what was searched. */
  readonly count?: number;
}

/** What an answer rests on, as one source tells it. */
export interface AnswerSources {
  /**
   * `verbatim`: the same words stand in a document; `citation`: the model or the provider names it; `retrieval`: the model was given it;
   * `influence`: a method has estimated it.
   */
  readonly method: InternalsSources['method'];
  /** Where it was read. */
  readonly from: string;
  readonly answer: string;
  readonly spans: readonly SourceSpan[];
  readonly documents: readonly SourceDocument[];
  /** Stretches that are not in the answer. */
  readonly lost: number;
}

export type SourcesDraft = Omit<AnswerSources, 'lost' | 'documents' | 'spans'> & {
  readonly spans: readonly (SourceSpan & { readonly text?: string })[];
  readonly documents: readonly Omit<SourceDocument, 'times'>[];
};

/** Puts documents together that are the same, and stretches where they are in the answer. */
export function sourcesOfDraft({ spans, documents, ...draft }: SourcesDraft): AnswerSources {
  const merged: (Omit<SourceDocument, 'passages' | 'times'> & {
    passages: SourceDocument['passages'][number][];
    times: number;
  })[] = [];
  const places = new Map<string, number>();
  const placeOf = documents.map((document) => {
    const key = keyOf(draft.method, document);
    const known = places.get(key);
    if (known === undefined) {
      places.set(key, merged.length);
      merged.push({ ...document, passages: [...document.passages], times: 1 });
      return merged.length - 1;
    }
    const other = merged[known]!;
    other.times++;
    for (const passage of document.passages) {
      if (!other.passages.some(({ text }) => text === passage.text)) other.passages.push(passage);
    }
    return known;
  });
  const placed: SourceSpan[] = [];
  let lost = 0;
  let from = 0;
  for (const { text, ...span } of spans) {
    const found = placeIn(draft.answer, span, text, from);
    if (!found) {
      lost++;
      continue;
    }
    from = found[0];
    const [start, end] = found;
    const at = span.documents.map((place) => placeOf[place]).filter((place) => place !== undefined);
    placed.push({ ...span, start, end, documents: [...new Set(at)] });
  }
  placed.sort((one, other) => one.start - other.start || other.end - one.end);
  return { ...draft, spans: placed, documents: merged, lost };
}

/** What is the same page, or the same text, is one document. A retriever gives several pieces of a page: these are documents. */
const keyOf = (
  method: AnswerSources['method'],
  { url, id, title, text, passages }: SourcesDraft['documents'][number],
): string =>
  JSON.stringify(
    url !== undefined && method !== 'retrieval' ? [url] : [title, id, text ?? passages.map((passage) => passage.text)],
  );

/** Where a stretch is: as it says, or else where its text stands next. */
function placeIn(
  answer: string,
  { start, end }: Pick<SourceSpan, 'start' | 'end'>,
  text: string | undefined,
  from: number,
): readonly [start: number, end: number] | undefined {
  const isInside = start >= 0 && start < end && end <= answer.length;
  if (text === undefined) return isInside ? [start, end] : undefined;
  if (isInside && answer.slice(start, end) === text) return [start, end];
  if (text === '') return undefined;
  let at = answer.indexOf(text, from);
  if (at < 0) at = answer.indexOf(text);
  return at < 0 ? undefined : [at, at + text.length];
}

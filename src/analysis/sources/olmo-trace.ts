import type { InternalsSources } from '../../internals/internals.js';

type Fields = Readonly<Record<string, unknown>>;
type Doc = InternalsSources['docs'][number];
type SourceStretch = InternalsSources['spans'][number];

const MOST_SPANS = 5000;
const MOST_DOCUMENTS = 5000;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listIn = (fields: Fields, name: string): readonly unknown[] => {
  const value = fieldOf(fields, name);
  return Array.isArray(value) ? value : [];
};
const objectsIn = (fields: Fields, name: string, most: number): Fields[] =>
  listIn(fields, name).slice(0, most).filter(isFields);
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** The older answers write names with underscores. */
const fieldOf = (fields: Fields, name: string): unknown => fields[name] ?? fields[snake(name)];
const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fieldOf(fields, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const numberIn = (fields: Fields, name: string): number | undefined => {
  const value = fieldOf(fields, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

/** Whether a value is an answer of OLMoTrace, in one of its shapes. */
export const isOlmoTrace = (value: unknown): value is Fields =>
  isFields(value) && (isInfinigram(value) || isPlayground(value));

/** infini-gram API, `POST /{index}/attribution`: documents stand inside the spans. */
function isInfinigram(value: Fields): boolean {
  if (!Array.isArray(value['spans'])) return false;
  const [first] = value['spans'] as unknown[];
  const hasTokens = Array.isArray(fieldOf(value, 'inputTokens'));
  return isFields(first) ? numberIn(first, 'left') !== undefined && Array.isArray(first['documents']) : hasTokens;
}

/** Playground, versions 3 and 4 (names with underscores) and 5: documents stand beside the spans. */
function isPlayground(value: Fields): boolean {
  if (!Array.isArray(value['spans']) || !Array.isArray(value['documents'])) return false;
  const [span] = value['spans'] as unknown[];
  const [document] = value['documents'] as unknown[];
  if (isFields(span)) return textIn(span, 'text') !== undefined && numberIn(span, 'startIndex') !== undefined;
  return isFields(document) ? listIn(document, 'correspondingSpans').length > 0 : textIn(value, 'index') !== undefined;
}

/**
 * Reads an answer of OLMoTrace: stretches of a model's answer that stand word for word in its training data, with the documents
 * (allenai/infinigram-api; the playground's versions 3 to 5). `undefined` for anything else.
 *
 * Its places are tokens: a stretch is looked for by its text, each behind the one before.
 *
 * @param answer the model's answer; the infini-gram API's own has its tokens
 */
export function olmoTraceSources(value: unknown, answer?: string): (InternalsSources & { answer: string }) | undefined {
  if (!isOlmoTrace(value)) return undefined;
  const tokens = listIn(value, 'inputTokens');
  const whole = answer ?? (tokens.every((token) => typeof token === 'string') ? tokens.join('') : '');
  const index = textIn(value, 'index');
  const read = isInfinigram(value) ? readInfinigram(value, whole) : readPlayground(value, whole);
  return { method: 'verbatim', ...(index !== undefined && { index }), ...read, answer: whole };
}

type Read = Pick<InternalsSources, 'spans' | 'docs'>;

function readInfinigram(value: Fields, answer: string): Read {
  const docs: Doc[] = [];
  const stretches: SourceStretch[] = [];
  const search = new Search(answer);
  const spans = objectsIn(value, 'spans', MOST_SPANS).sort(
    (one, other) => (numberIn(one, 'left') ?? 0) - (numberIn(other, 'left') ?? 0),
  );
  for (const span of spans) {
    const text = textIn(span, 'text');
    if (text === undefined) continue;
    const places: number[] = [];
    for (const document of objectsIn(span, 'documents', MOST_DOCUMENTS - docs.length)) {
      places.push(docs.length);
      docs.push(infinigramDocument(document, text));
    }
    const count = numberIn(span, 'count');
    const rarity = numberIn(span, 'unigramLogprobSum');
    const [left, right] = [numberIn(span, 'left'), numberIn(span, 'right')];
    stretches.push({
      ...search.next(text),
      text,
      docs: places,
      ...(count !== undefined && { count }),
      ...(rarity !== undefined && { rarity }),
      ...(left !== undefined && right !== undefined && { tokens: [left, right] as [number, number] }),
    });
  }
  return { spans: stretches, docs };
}

function infinigramDocument(document: Fields, spanText: string): Doc {
  const metadata = isFields(document['metadata']) ? document['metadata'] : {};
  const inner = isFields(metadata['metadata']) ? metadata['metadata'] : metadata;
  const title = textIn(metadata, 'title') ?? textIn(inner, 'title');
  const url = textIn(inner, 'url') ?? textIn(metadata, 'url');
  const source = textIn(metadata, 'source') ?? textIn(inner, 'source');
  const isBlocked = document['blocked'] === true;
  const snippet = textIn(document, 'textSnippet') ?? textIn(document, 'text');
  const text = textIn(document, 'textLong') ?? textIn(document, 'text');
  return {
    id: String(numberIn(document, 'documentIndex') ?? textIn(document, 'documentIndex') ?? ''),
    ...(title !== undefined && { title }),
    ...(url !== undefined && { url }),
    ...(source !== undefined && { source }),
    snippets: isBlocked || snippet === undefined ? [] : [matched(snippet, spanText)],
    ...(!isBlocked && text !== undefined && { text }),
  };
}

function readPlayground(value: Fields, answer: string): Read {
  const documents = objectsIn(value, 'documents', MOST_DOCUMENTS);
  const placeOf = new Map(documents.map((document, at) => [indexText(document), at]));
  const docs = documents.map((document) => playgroundDocument(document, answer.length));
  const search = new Search(answer);
  const stretches: SourceStretch[] = [];
  objectsIn(value, 'spans', MOST_SPANS).forEach((span, at) => {
    const text = textIn(span, 'text');
    if (text === undefined) return;
    const places = placesOf(span, placeOf);
    documents.forEach((document, place) => {
      if (listIn(document, 'correspondingSpans').includes(at)) places.add(place);
    });
    const place = search.next(text);
    stretches.push({ ...place, text, docs: [...places] });
    const inner = new Search(answer, place.start);
    for (const nested of objectsIn(span, 'nestedSpans', MOST_SPANS - stretches.length)) {
      const nestedText = textIn(nested, 'text');
      if (nestedText === undefined || nestedText === text) continue;
      stretches.push({ ...inner.next(nestedText), text: nestedText, docs: [...placesOf(nested, placeOf)] });
    }
  });
  return { spans: stretches, docs };
}

const indexText = (document: Fields): string => textIn(document, 'index') ?? String(numberIn(document, 'index') ?? '');

/** Spans name documents by number, documents name themselves by text. */
const placesOf = (span: Fields, placeOf: ReadonlyMap<string, number>): Set<number> =>
  new Set(
    listIn(span, 'documents').flatMap((index) =>
      typeof index === 'number' || typeof index === 'string' ? (placeOf.get(String(index)) ?? []) : [],
    ),
  );

function playgroundDocument(document: Fields, answerLength: number): Doc {
  const title = textIn(document, 'title') ?? textIn(document, 'displayName');
  const url = textIn(document, 'url') ?? textIn(document, 'sourceUrl');
  const source = textIn(document, 'source');
  const usage = textIn(document, 'usage');
  const text = textIn(document, 'textLong') ?? textIn(document, 'text');
  const score = numberIn(document, 'relevanceScore');
  const snippets = objectsIn(document, 'snippets', MOST_SPANS).flatMap((snippet) => {
    const words = textIn(snippet, 'text');
    return words === undefined ? [] : [matched(words, textIn(snippet, 'correspondingSpanText') ?? '')];
  });
  return {
    id: indexText(document),
    ...(title !== undefined && { title }),
    ...(url !== undefined && { url }),
    ...(source !== undefined && { source }),
    ...(usage !== undefined && { usage }),
    ...(score !== undefined && { score, relevance: relevanceOf(score, answerLength) }),
    snippets,
    ...(text !== undefined && { text }),
  };
}

/** The share of the best score that an answer of this length can have, and its limits, are the playground's own. */
function relevanceOf(score: number, answerLength: number): 'high' | 'medium' | 'low' {
  const share = answerLength > 0 ? score / (answerLength * 0.18) : 0;
  return share >= 0.7 ? 'high' : share >= 0.5 ? 'medium' : 'low';
}

function matched(text: string, wanted: string): Doc['snippets'][number] {
  const at = wanted === '' ? -1 : text.indexOf(wanted);
  return at < 0 ? { text } : { text, match: [at, at + wanted.length] };
}

/** Finds texts one behind the other. */
class Search {
  readonly #text: string;
  #from: number;

  constructor(text: string, from = 0) {
    this.#text = text;
    this.#from = Math.max(0, from);
  }

  /** Where a text stands next; an empty place at the beginning where it does not. */
  next(wanted: string): { start: number; end: number } {
    let at = this.#text.indexOf(wanted, this.#from);
    if (at < 0) at = this.#text.indexOf(wanted);
    if (at < 0) return { start: 0, end: 0 };
    // The next one may begin inside this one, but not before.
    this.#from = at + 1;
    return { start: at, end: at + wanted.length };
  }
}

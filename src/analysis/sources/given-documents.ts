import type { Span, TraceDocument } from '../../model/index.js';

/** Spans with documents, and documents, that are looked at. */
const MOST_SPANS = 50;
const MOST_DOCUMENTS = 200;
/** Characters by which a document is found again in what the model was given. */
const BEGINNING = 120;

const known = new WeakMap<Span, readonly TraceDocument[]>();

/** White space, and how JSON text writes it, is not what a document is known by. */
const plain = (text: string): string => text.replace(/(?:\s|\\[nrt])+/g, ' ').trim();

/** Documents that were retrieved before and stand in the input of a call, each once. */
export function documentsGiven(span: Span): readonly TraceDocument[] {
  let given = known.get(span);
  if (!given) known.set(span, (given = span.kind === 'llm' ? lookedFor(span) : []));
  return given;
}

function lookedFor(span: Span): readonly TraceDocument[] {
  const all: TraceDocument[] = [...span.documents, ...span.inputDocuments];
  for (const other of retrieversBefore(span)) {
    for (const document of other.documents) if (all.length < MOST_DOCUMENTS) all.push(document);
  }
  if (all.length === 0) return [];
  const input = plain(inputOf(span));
  const seen = new Set<string>();
  return all.filter(({ content }) => {
    const beginning = plain(content?.slice(0, BEGINNING) ?? '');
    const isOther = beginning !== '' && !seen.has(content!) && input.includes(beginning);
    if (isOther) seen.add(content!);
    return isOther;
  });
}

/** Retrievers and rerankers that were over when the call began, the last ones first. */
function* retrieversBefore({ trace, index, start }: Span): Generator<Span> {
  const { kinds } = trace.table;
  let found = 0;
  for (let position = index - 1; position >= 0 && found < MOST_SPANS; position--) {
    const kind = kinds[trace.rowAt(position)];
    if (kind !== 'retriever' && kind !== 'reranker') continue;
    const span = trace.spanAt(position);
    if (span.end !== undefined && span.end > start) continue;
    found++;
    yield span;
  }
}

function inputOf(span: Span): string {
  const texts: string[] = [];
  for (const { origin, parts } of span.messages) {
    if (origin !== 'input') continue;
    for (const part of parts) {
      if (part.type === 'text') texts.push(part.text);
      else if (part.type === 'tool-result') texts.push(asText(part.result));
    }
  }
  return texts.length ? texts.join('\n') : asText(span.input);
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return value === undefined ? '' : JSON.stringify(value);
  } catch {
    // Deeper than the engine can go.
    return '';
  }
}

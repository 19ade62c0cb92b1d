import type { Span } from '../../model/index.js';
import { documentsGiven } from './given-documents.js';
import { placesIn } from '../../internals/logprobs/find.js';

/** Whether it is worth while to look for the sources of an answer: quick. What reads them is loaded when it is needed. */
export function mayHaveSources(span: Span): boolean {
  if (span.internals?.sources) return true;
  const { messages } = span;
  const isCited = messages.some(
    ({ origin, parts }) =>
      origin === 'output' && parts.some((part) => part.type === 'text' && (part.citations?.length ?? 0) > 0),
  );
  if (isCited) return true;
  for (const place of placesIn(span.output)) {
    const { spans, documents } = place as Readonly<Record<string, unknown>>;
    const first = Array.isArray(spans) ? (spans as unknown[])[0] : undefined;
    const isOfOlmoTrace =
      typeof first === 'object' && first !== null && 'text' in first && (Array.isArray(documents) || 'left' in first);
    if (isOfOlmoTrace) return true;
  }
  return messages.some(({ origin }) => origin === 'output') && documentsGiven(span).length > 0;
}

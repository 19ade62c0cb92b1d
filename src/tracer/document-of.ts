import type { TraceDocument } from '../model/index.js';

/** A document in one of the shapes that retrievers give, as plain JSON. */
export function documentOf(value: unknown): TraceDocument {
  const found = Object(typeof value === 'string' ? { text: value } : value) as Readonly<Record<string, unknown>>;
  const { id, score, metadata, text } = found;
  const content = found['content'] ?? found['pageContent'] ?? found['page_content'] ?? text;
  const document: TraceDocument = {};
  if (typeof id === 'string' || typeof id === 'number') document.id = String(id);
  if (content !== undefined) document.content = typeof content === 'string' ? content : JSON.stringify(content);
  if (typeof score === 'number') document.score = score;
  if (metadata !== undefined) document.metadata = metadata;
  return document;
}

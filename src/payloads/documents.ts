import type { TraceDocument } from '../model/index.js';
import { firstValue, isRecord, textOrJson } from './json-record.js';
import { jsonOrText } from './json-text.js';

/** A document in any of the usual shapes, or its bare text. */
export function documentOf(value: unknown): TraceDocument {
  if (!isRecord(value)) return { content: textOrJson(value) };
  const document: TraceDocument = {};
  const id = firstValue(value, 'id', 'document_id', 'documentId');
  const content = firstValue(value, 'content', 'page_content', 'pageContent', 'text', 'document');
  const score = firstValue(value, 'score', 'relevance_score', 'relevanceScore');
  const metadata = firstValue(value, 'metadata');
  if (id !== undefined) document.id = textOrJson(id);
  if (content !== undefined) document.content = textOrJson(content);
  if (typeof score === 'number') document.score = score;
  if (metadata !== undefined) document.metadata = jsonOrText(metadata);
  return document;
}

/** The documents of a list, or of JSON text of one. */
export function documentsOf(value: unknown): TraceDocument[] {
  const list = jsonOrText(value);
  return Array.isArray(list) ? list.map((item) => documentOf(jsonOrText(item))) : [];
}

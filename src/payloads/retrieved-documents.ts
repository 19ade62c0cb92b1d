import type { TraceDocument } from '../model/index.js';
import { documentOf } from './documents.js';
import { jsonOrText } from './json-text.js';
import { isObject } from './json-value.js';

/** Where retrievers keep the list: LangChain, LlamaIndex, hand-written ones. */
const LIST_KEYS = ['documents', 'nodes', 'source_nodes', 'results', 'chunks', 'context', 'output'] as const;

/** Documents that a retriever gave: a list of them in any of the usual shapes, also under a telling key, or one below. */
export function retrievedDocuments(output: unknown): TraceDocument[] {
  let value = jsonOrText(output);
  for (let level = 0; level < 3 && isObject(value); level++) {
    const holder = value;
    const key =
      LIST_KEYS.find((name) => Array.isArray(holder[name])) ?? LIST_KEYS.find((name) => isObject(holder[name]));
    value = key === undefined ? undefined : holder[key];
  }
  return Array.isArray(value) ? value.map(retrieved) : [];
}

function retrieved(item: unknown): TraceDocument {
  if (!isObject(item)) return documentOf(item);
  // LlamaIndex: the node and what it scored.
  if (isObject(item['node'])) {
    const { id_, id, text, metadata } = item['node'];
    return documentOf({ id: id_ ?? id, text, metadata, score: item['score'] });
  }
  // LangChain, serialised.
  return documentOf(isObject(item['kwargs']) ? item['kwargs'] : item);
}

/**
 * Documents that a step gave which does not say that it is a retriever: only a list, bare or under `documents`, that can be
 * nothing else, whose items all have a text and a score. Cheap, so that it may also tell the kind of a step.
 */
export function scoredDocuments(output: unknown): TraceDocument[] {
  const list = isObject(output) ? output['documents'] : output;
  return Array.isArray(list) && list.length > 0 && list.every(isScored) ? list.map(documentOf) : [];
}

const TEXT_KEYS = ['content', 'page_content', 'pageContent', 'text'] as const;

const isScored = (item: unknown): boolean =>
  isObject(item) &&
  typeof item['score'] === 'number' &&
  item['role'] === undefined &&
  TEXT_KEYS.some((key) => typeof item[key] === 'string');

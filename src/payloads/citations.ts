import type { Citation, MessagePart, TextPart } from '../model/index.js';
import { firstText, isRecord, type JsonRecord } from './json-record.js';

const isAddress = (text: string | undefined): boolean => text !== undefined && /^https?:/i.test(text);

function countIn(record: JsonRecord, ...keys: readonly string[]): number | undefined {
  const value = keys.map((key) => record[key]).find((held) => typeof held === 'number');
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Types of annotation that state a place in the text as their `index`. */
const FILE_TYPES: ReadonlySet<unknown> = new Set(['file_citation', 'file_path']);

/**
 * A citation in any of the usual shapes, or its bare address (Perplexity); `undefined` for one that names no source.
 *
 * OpenAI's state characters of the text (openai/openai-openapi, Annotation); the `index` of a file is documented as its
 * place in a list, but is where the text cites it. LangChain's are written like them, in either case. Anthropic's
 * (docs.anthropic.com, citations) state a place in the source, and are of all the text of their block. What this kit
 * exports has the model's own names.
 */
export function citationOf(value: unknown): Citation | undefined {
  if (typeof value === 'string') return isAddress(value) ? { url: value } : undefined;
  if (!isRecord(value)) return undefined;
  const type = value['type'];
  // OpenAI chat puts the fields below the name of the type.
  const nested = typeof type === 'string' ? value[type] : undefined;
  const body = isRecord(nested) ? nested : value;
  const source = firstText(body, 'source');
  const url = firstText(body, 'url', 'uri') ?? (isAddress(source) ? source : undefined);
  const title = firstText(body, 'title', 'document_title', 'filename');
  const text = firstText(body, 'cited_text', 'citedText', 'quote', 'snippet', 'text', 'content');
  const documentId = firstText(body, 'file_id', 'document_id', 'documentId');
  const documentIndex = countIn(body, 'document_index', 'documentIndex');
  if ([url, title, text, documentId, documentIndex].every((stated) => stated === undefined)) return undefined;
  const place = FILE_TYPES.has(type) ? countIn(body, 'index') : undefined;
  const start = countIn(body, 'start_index', 'startIndex', 'start') ?? place;
  const end = countIn(body, 'end_index', 'endIndex', 'end') ?? place;
  return {
    ...(url !== undefined && { url }),
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text }),
    ...(documentId !== undefined && { documentId }),
    ...(documentIndex !== undefined && { documentIndex }),
    ...(start !== undefined && end !== undefined && { start, end }),
  };
}

/** The citations in lists of them. */
export const citationsIn = (...lists: readonly unknown[]): Citation[] =>
  lists.flatMap((list) => (Array.isArray(list) ? list.flatMap((item) => citationOf(item) ?? []) : []));

/** Adds citations to a text. A place that is not in it is left out. */
export function cite(part: TextPart, citations: readonly Citation[]): void {
  if (citations.length === 0) return;
  const placed = citations.map((citation) => {
    const { start = 0, end = 0, ...source } = citation;
    return start <= end && end <= part.text.length ? citation : source;
  });
  part.citations = [...(part.citations ?? []), ...placed];
}

/** A text and what it cites: OpenAI's and LangChain's `annotations`, Anthropic's `citations`. */
export function citedText(text: string, part: JsonRecord): TextPart {
  const cited: TextPart = { type: 'text', text };
  cite(cited, citationsIn(part['annotations'], part['citations']));
  return cited;
}

export const isText = (part: MessagePart | undefined): part is TextPart => part?.type === 'text';

/** Adds what an answer cites as a whole to its last text. Says whether it has one. */
export function citeWhole(parts: readonly MessagePart[], citations: readonly Citation[]): boolean {
  const last = parts.findLast(isText);
  if (last) cite(last, citations);
  return last !== undefined;
}

const SOURCE_TYPES: ReadonlySet<unknown> = new Set(['source', 'source-url', 'source-document']);

/** Whether a part is nothing but a source of the text beside it (AI SDK: LanguageModelV4Source, SourceUrlUIPart). */
export const isSource = (part: unknown): boolean =>
  isRecord(part) && SOURCE_TYPES.has(part['type']) && citationOf(part) !== undefined;

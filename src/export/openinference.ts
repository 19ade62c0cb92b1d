import type { Message, MessagePart, RecordedSpan, TraceDocument } from '../model/index.js';
import type { AttributeDraft } from './attribute-draft.js';

/**
 * OpenInference's attributes (Arize-ai/openinference, spec/semantic_conventions.md), for Phoenix and what else reads no
 * other. They say nothing that the span does not say already, and are not read back.
 */
export function openInferenceAttributes(span: RecordedSpan, draft: AttributeDraft): void {
  const { kind, usage, messages, tools, documents, inputDocuments } = span;
  const put = (key: string, value: unknown): void => void draft.put(key, value);
  put('openinference.span.kind', kind === 'span' ? 'CHAIN' : kind.toUpperCase());
  put(kind === 'embedding' || kind === 'reranker' ? `${kind}.model_name` : 'llm.model_name', span.model);
  put('llm.provider', span.provider);
  put('session.id', span.sessionId);
  put('llm.cost.total', span.cost);
  if (usage) {
    put('llm.token_count.prompt', usage.input);
    put('llm.token_count.completion', usage.output);
    put('llm.token_count.total', usage.total);
    put('llm.token_count.prompt_details.cache_read', usage.cacheRead);
    put('llm.token_count.prompt_details.cache_write', usage.cacheWrite);
    put('llm.token_count.prompt_details.audio', usage.audioInput);
    put('llm.token_count.completion_details.reasoning', usage.reasoning);
    put('llm.token_count.completion_details.audio', usage.audioOutput);
  }
  if (span.parameters) put('llm.invocation_parameters', JSON.stringify(span.parameters));
  for (const side of ['input', 'output'] as const) {
    const turns = messages?.filter(({ origin }) => origin === side) ?? [];
    turns.forEach((message, place) => addMessage(`llm.${side}_messages.${place}.message`, message, put));
  }
  tools?.forEach((tool, place) => {
    const definition = { type: 'function', function: tool };
    put(`llm.tools.${place}.tool.json_schema`, JSON.stringify(definition));
  });
  if (kind === 'tool') {
    put('tool.name', tools?.[0]?.name ?? span.name);
    put('tool.description', tools?.[0]?.description);
    payload('input', span.input, put);
    payload('output', span.output, put);
  } else if (kind === 'retriever') payload('input', span.input, put);
  const given = kind === 'reranker' ? 'reranker.output_documents' : 'retrieval.documents';
  documents?.forEach((document, place) => addDocument(`${given}.${place}.document`, document, put));
  inputDocuments?.forEach((document, place) =>
    addDocument(`reranker.input_documents.${place}.document`, document, put),
  );
}

type Put = (key: string, value: unknown) => void;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

function payload(side: 'input' | 'output', value: unknown, put: Put): void {
  if (value === undefined) return;
  put(`${side}.value`, textOf(value));
  put(`${side}.mime_type`, typeof value === 'string' ? 'text/plain' : 'application/json');
}

function addDocument(at: string, { id, content, score, metadata }: TraceDocument, put: Put): void {
  put(`${at}.id`, id);
  put(`${at}.content`, content);
  put(`${at}.score`, score);
  if (metadata !== undefined) put(`${at}.metadata`, JSON.stringify(metadata));
}

function addMessage(at: string, { role, name, parts }: Message, put: Put): void {
  put(`${at}.role`, role);
  put(`${at}.name`, name);
  const [only] = parts;
  if (parts.length === 1 && only!.type === 'text') {
    put(`${at}.content`, only!.text);
    return;
  }
  let contents = 0;
  let calls = 0;
  for (const part of parts) {
    if (part.type === 'tool-call') {
      const call = `${at}.tool_calls.${calls++}.tool_call`;
      put(`${call}.id`, part.id);
      put(`${call}.function.name`, part.name);
      put(`${call}.function.arguments`, textOf(part.arguments));
    } else if (part.type === 'tool-result') {
      put(`${at}.tool_call_id`, part.id);
      put(`${at}.content`, textOf(part.result));
    } else addContent(`${at}.contents.${contents++}.message_content`, part, put);
  }
}

function addContent(at: string, part: MessagePart, put: Put): void {
  const url = part.type === 'media' ? addressOf(part) : undefined;
  const isMedium = part.type === 'media' && (part.modality === 'image' || part.modality === 'audio');
  if (isMedium && url !== undefined) {
    put(`${at}.type`, part.modality);
    put(`${at}.${part.modality}.${part.modality}.url`, url);
    return;
  }
  put(`${at}.type`, part.type === 'reasoning' ? 'reasoning' : 'text');
  put(`${at}.text`, 'text' in part ? part.text : textOf(part));
}

const addressOf = ({ uri, data, mimeType }: { uri?: string; data?: string; mimeType?: string }): string | undefined =>
  uri ?? (data === undefined ? undefined : `data:${mimeType ?? 'application/octet-stream'};base64,${data}`);

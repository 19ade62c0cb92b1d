import type { TraceDocument, Usage } from '../model/index.js';
import { documentOf } from './documents.js';
import { messagesOf } from './index.js';
import { firstValue, isRecord, type JsonRecord } from './json-record.js';
import { mergedChunks } from './langchain-chunks.js';
import { tokenUsage } from './token-usage.js';

/*
 * What goes in and comes out of a run of LangChain or LangSmith, whatever carries it.
 */

/** The fields of a message of LangChain, whichever way it was serialised. */
export function messageFields(message: unknown): JsonRecord {
  if (!isRecord(message)) return {};
  return isRecord(message['kwargs']) ? message['kwargs'] : isRecord(message['data']) ? message['data'] : message;
}

/** The first message among the generations of a result. */
function firstGeneration(outputs: JsonRecord): JsonRecord {
  const [batch] = Array.isArray(outputs['generations']) ? (outputs['generations'] as unknown[]) : [];
  const generation: unknown = Array.isArray(batch) ? batch[0] : batch;
  return isRecord(generation) ? messageFields(generation['message']) : {};
}

/** The tokens that the outputs of a run state, whether they are a message, a result of LangChain or a provider's body. */
export function usageInOutputs(outputs: unknown): Usage | undefined {
  if (!isRecord(outputs)) return undefined;
  const fields = messageFields(outputs);
  const result = isRecord(outputs['llm_output']) ? outputs['llm_output'] : {};
  return (
    tokenUsage(fields['usage_metadata']) ??
    tokenUsage(messageFields(outputs['message'])['usage_metadata']) ??
    tokenUsage(firstGeneration(outputs)['usage_metadata']) ??
    tokenUsage(firstValue(result, 'token_usage', 'tokenUsage', 'usage')) ??
    tokenUsage(outputs['usage'])
  );
}

/** A message that says what all of these chunks say; the value itself where it is no list of chunks. */
const whole = (value: unknown): unknown => mergedChunks(Array.isArray(value) ? value : []) ?? value;

/** The conversation in what a model was given, which may be bare prompts. */
export function asked(input: unknown): unknown {
  if (!isRecord(input) || messagesOf(input, 'input')) return input;
  const prompts = firstValue(input, 'prompts', 'prompt');
  const texts = (Array.isArray(prompts) ? prompts : [prompts]).filter((text) => typeof text === 'string');
  return texts.length ? texts.map((content) => ({ role: 'user', content })) : input;
}

/** The conversation in what a model gave, which may be its chunks. */
export function answered(output: unknown): unknown {
  const value = whole(output);
  if (!isRecord(value) || messagesOf(value, 'output')) return value;
  const held = whole(firstValue(value, 'message', 'output', 'outputs'));
  return messagesOf(held, 'output') ? held : value;
}

/**
 * Documents in the order of their rank. LangChain has no field for a score, and had none for an id, so stores put them
 * into the metadata.
 */
export function retrieved(output: unknown): TraceDocument[] {
  const list = isRecord(output) ? firstValue(output, 'documents', 'output') : output;
  return (Array.isArray(list) ? list : []).map((item) => {
    const document = documentOf(isRecord(item) && isRecord(item['kwargs']) ? item['kwargs'] : item);
    const { metadata } = document;
    const score = isRecord(metadata) ? firstValue(metadata, 'score', 'relevance_score', '_score') : undefined;
    if (document.score === undefined && typeof score === 'number') document.score = score;
    const id = isRecord(metadata) ? metadata['id'] : undefined;
    if (document.id === undefined && typeof id === 'string') document.id = id;
    return document;
  });
}

/**
 * What a wrapped function got or gave, without the object that LangSmith's SDKs put around what is none: `input`, and
 * `output` in Python, `outputs` in JavaScript.
 */
export function unwrapped(value: unknown, side: 'input' | 'output'): unknown {
  if (!isRecord(value)) return value;
  const [name, ...others] = Object.keys(value);
  const isWrapper = others.length === 0 && (name === side || (side === 'output' && name === 'outputs'));
  return isWrapper ? value[name] : value;
}

import type { Payload, RecordedSpan, SpanKind, Usage } from '../model/index.js';
import { AttributeDraft, MARK, type Exact } from './attribute-draft.js';
import { openInferenceAttributes } from './openinference.js';
import { otelConversation } from './otlp-messages.js';

/**
 * `gen_ai.operation.name` (open-telemetry/semantic-conventions-genai, docs/registry/attributes/gen-ai.md). `rerank` is not
 * in the registry, but AI SDK writes it.
 */
const OPERATIONS: Partial<Record<SpanKind, string>> = {
  llm: 'chat',
  embedding: 'embeddings',
  retriever: 'retrieval',
  tool: 'execute_tool',
  agent: 'invoke_agent',
  chain: 'invoke_workflow',
  reranker: 'rerank',
};

/** Kinds that only OpenInference has a word for. */
const OPEN_INFERENCE_ONLY: ReadonlySet<SpanKind> = new Set(['guardrail', 'evaluator', 'prompt']);

const OUTLINE = ['model', 'provider', 'usage', 'cost', 'timeToFirstToken'] as const;
const OF_TRACE = ['sessionId', 'userId', 'tags', 'metadata'] as const;

const USAGE: Readonly<Record<keyof Usage, string>> = {
  input: 'input_tokens',
  output: 'output_tokens',
  total: 'total_tokens',
  cacheRead: 'cache_read.input_tokens',
  cacheWrite: 'cache_creation.input_tokens',
  reasoning: 'reasoning.output_tokens',
  audioInput: 'audio.input_tokens',
  audioOutput: 'audio.output_tokens',
};

/** Names that providers have for parameters that the registry names. */
const PARAMETERS: Readonly<Record<string, string>> = {
  maxTokens: 'max_tokens',
  max_completion_tokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  maxOutputTokens: 'max_tokens',
  topP: 'top_p',
  topK: 'top_k',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  stop: 'stop_sequences',
  stopSequences: 'stop_sequences',
  n: 'choice.count',
  candidateCount: 'choice.count',
};

/** The attributes of a span: its own, the conventions', and the mark. `events`: names of events that are its own. */
export function otlpAttributes(span: RecordedSpan, openInference: boolean, exact: Exact): ReadonlyMap<string, unknown> {
  const draft = new AttributeDraft(span, openInference);
  outline(span, draft);
  content(span, draft);
  if (span.prompt) {
    const { name, template, version, variables } = span.prompt;
    draft.state(
      'prompt',
      {
        'gen_ai.prompt.name': name,
        'llm.prompt_template.template': template,
        'llm.prompt_template.version': version,
        'llm.prompt_template.variables': variables === undefined ? undefined : JSON.stringify(variables),
      },
      Object.keys(span.prompt).length > 0,
    );
  }
  if (span.parameters) parameters(span.parameters, draft);
  draft.keep('inputDocuments');
  if (openInference) openInferenceAttributes(span, draft);
  draft.attributes.set(MARK, JSON.stringify({ ...draft.exact, ...exact }));
  return draft.attributes;
}

function outline(span: RecordedSpan, draft: AttributeDraft): void {
  const { kind, usage, cost, timeToFirstToken, tags, metadata } = span;
  draft.keep('kind');
  draft.put('gen_ai.operation.name', OPERATIONS[kind]);
  if (OPEN_INFERENCE_ONLY.has(kind)) draft.put('openinference.span.kind', kind.toUpperCase());
  if (span.status === 'error') draft.put('error.type', span.exceptions?.[0]?.type ?? '_OTHER');
  // Some instrumentations write `unknown` for a model, which readers know.
  draft.state('model', { 'gen_ai.request.model': span.model }, span.model !== '' && span.model !== 'unknown');
  draft.state('provider', { 'gen_ai.provider.name': span.provider }, span.provider !== '');
  if (usage) {
    const counts = Object.entries(USAGE).map(([field, name]) => [`gen_ai.usage.${name}`, usage[field as keyof Usage]]);
    const areCounts = Object.values(usage).every((tokens) => tokens >= 0);
    draft.state('usage', Object.fromEntries(counts) as Record<string, unknown>, areCounts);
  }
  draft.state('cost', { 'gen_ai.usage.cost': cost }, !(cost! < 0));
  if (timeToFirstToken !== undefined) {
    const seconds = timeToFirstToken / 1000;
    const isExact = seconds * 1000 === timeToFirstToken;
    draft.state('timeToFirstToken', { 'gen_ai.response.time_to_first_chunk': seconds }, isExact);
  }
  draft.state('sessionId', { 'gen_ai.conversation.id': span.sessionId }, span.sessionId !== '');
  draft.state('userId', { 'user.id': span.userId }, span.userId !== '');
  draft.state('tags', { 'tag.tags': tags }, tags?.includes('') === false);
  if (typeof metadata === 'object' && metadata !== null)
    draft.state('metadata', { metadata: JSON.stringify(metadata) });
  else draft.keep('metadata');
  // The span's own attributes may say otherwise in some vocabulary; what is in the mark is believed.
  if (draft.hasOwn) for (const field of [...OUTLINE, ...OF_TRACE]) draft.keep(field);
}

function content(span: RecordedSpan, draft: AttributeDraft): void {
  const { kind, input, output, messages, tools, documents } = span;
  const isTool = kind === 'tool';
  if (isTool) {
    draft.put('gen_ai.tool.name', tools?.[0]?.name ?? span.name);
    draft.put('gen_ai.tool.description', tools?.[0]?.description);
  }
  if (kind === 'retriever' && typeof input === 'string') draft.state('input', { 'gen_ai.retrieval.query.text': input });
  else payload('input', isTool ? 'gen_ai.tool.call.arguments' : undefined, input, draft);
  payload('output', isTool ? 'gen_ai.tool.call.result' : undefined, output, draft);
  if (messages) {
    const said = otelConversation(messages);
    draft.state(
      'messages',
      {
        'gen_ai.system_instructions': said.instructions,
        'gen_ai.input.messages': said.input,
        'gen_ai.output.messages': said.output,
      },
      said.isWhole,
    );
    draft.put('gen_ai.response.finish_reasons', said.finishReasons);
  }
  if (tools) {
    const definitions = tools.map((tool) => ({ type: 'function', ...tool }));
    draft.state('tools', { 'gen_ai.tool.definitions': JSON.stringify(definitions) });
  }
  if (documents) draft.state('documents', { 'gen_ai.retrieval.documents': JSON.stringify(documents) });
}

/** What went in or came out: of a tool under OpenTelemetry's name, else under OpenInference's, for all that have none. */
function payload(
  side: 'input' | 'output',
  name: string | undefined,
  value: Payload | undefined,
  draft: AttributeDraft,
) {
  if (value === undefined) return;
  const isText = typeof value === 'string';
  const text = isText ? value : JSON.stringify(value);
  // Texts that look like JSON would be parsed, which tells nobody what they were.
  if (name !== undefined) draft.state(side, { [name]: text }, isText === !/^\s*[[{]/.test(text));
  else
    draft.state(side, { [`${side}.value`]: text, [`${side}.mime_type`]: isText ? 'text/plain' : 'application/json' });
}

function parameters(all: Readonly<Record<string, unknown>>, draft: AttributeDraft): void {
  let isExact = Object.keys(all).length > 0;
  for (const [name, value] of Object.entries(all)) {
    const known = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name]! : name;
    const isList = known === 'stop_sequences' && typeof value === 'string';
    const isPlain = typeof value === 'number' || typeof value === 'boolean' || isWord(value);
    const isPlainList = Array.isArray(value) && value.every(isWord);
    // Backends expect scalars, or lists of texts.
    const written = isList ? [value] : isPlain || isPlainList ? value : JSON.stringify(value);
    const isPut = name !== 'model' && draft.put(`gen_ai.request.${known}`, written);
    if (!isPut || known !== name || written !== value) isExact = false;
  }
  if (!isExact) draft.keep('parameters');
}

const isWord = (value: unknown): boolean => typeof value === 'string';

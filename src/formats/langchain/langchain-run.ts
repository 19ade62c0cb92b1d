import { interpret } from '../../conventions/index.js';
import type { SpanKind, SpanMeaning } from '../../model/index.js';
import { firstText, firstValue } from '../../payloads/json-record.js';
import { answered, asked, retrieved } from '../../payloads/langchain-io.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { toolDefinitions } from '../../payloads/tools.js';
import { isObject, type JsonObject } from '../../payloads/json-value.js';
import { recordOf } from '../row.js';

/*
 * What a run of LangChain is like, however it comes: as a record of LangSmith, as events, or in the stream of a graph.
 */

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map<unknown, SpanKind>([
  ['llm', 'llm'],
  ['chat_model', 'llm'],
  ['chain', 'chain'],
  ['parser', 'chain'],
  ['tool', 'tool'],
  ['retriever', 'retriever'],
  ['embedding', 'embedding'],
  ['prompt', 'prompt'],
]);

/** Other words for `ls_agent_type`: what runs around an agent. */
const NO_AGENTS: ReadonlySet<string> = new Set(['middleware', 'compaction']);

/**
 * LangChain has no type of run for agents: they are chains that say so in their metadata, or by their name. Metadata is
 * handed down to all runs inside (langsmith-sdk, js/src/utils/ls_agent_type.ts), so that only the outermost with a word
 * is the agent.
 */
export function kindOfRun(type: unknown, name: string, metadata: JsonObject, above: JsonObject = {}): SpanKind {
  const kind = KINDS.get(type) ?? 'span';
  if (kind !== 'chain') return kind;
  const { ls_agent_type: agent } = metadata;
  if (typeof agent === 'string' && !NO_AGENTS.has(agent) && agent !== above['ls_agent_type']) return 'agent';
  // The node of a graph that calls the model is often called `agent`.
  return /agent(?:[ _-]?executor)?$/i.test(name) && metadata['langgraph_node'] !== name ? 'agent' : 'chain';
}

/** The object under a name; records that were exported in bulk have it as JSON text. */
export function objectIn(object: JsonObject, name: string): JsonObject {
  const value = jsonOrText(object[name]);
  return isObject(value) ? value : {};
}

/** The conversation that a run belongs to. A run's own `session_id` is LangSmith's id of the project. */
export const sessionOf = (metadata: JsonObject): string | undefined =>
  firstText(metadata, 'session_id', 'thread_id', 'conversation_id');

/** What goes in and comes out of a run, with the conversation that it is where it is one. */
export function runMeaning(kind: SpanKind, input: unknown, output: unknown): SpanMeaning {
  const shown = new Map<string, unknown>();
  if (input !== undefined && input !== null) shown.set('input', input);
  if (output !== undefined && output !== null) shown.set('output', output);
  const meaning = interpret(recordOf(shown));
  if (kind === 'retriever') return { ...meaning, documents: retrieved(output) };
  if (kind !== 'llm') return meaning;
  const { messages } = interpret(
    recordOf(
      new Map([
        ['input', asked(input)],
        ['output', answered(output)],
      ]),
    ),
  );
  return messages ? { ...meaning, messages } : meaning;
}

/** What a call of a model states beside its conversation. */
const NO_PARAMETERS: ReadonlySet<string> = new Set([
  '_type',
  'model',
  'model_name',
  'modelName',
  'tools',
  'functions',
  'messages',
  'input',
  'prompt',
  'prompts',
  'system',
  'instructions',
  'extra_headers',
  'extra_query',
  'extra_body',
]);

/**
 * How a model was called: the parameters and tools of the invocation, the parameters that LangSmith names alike for all
 * models (`ls_temperature`…), and what stands beside the messages in `request`, where that is a provider's body.
 */
export function callMeaning(metadata: JsonObject, invocation: JsonObject, request: JsonObject = {}): SpanMeaning {
  const parameters = new Map<string, unknown>();
  const put = (name: string, value: unknown): void => {
    if (value !== undefined && value !== null && !NO_PARAMETERS.has(name) && !parameters.has(name)) {
      parameters.set(name, value);
    }
  };
  for (const [name, value] of Object.entries(invocation)) put(name, value);
  for (const name of ['temperature', 'max_tokens', 'stop']) put(name, metadata[`ls_${name}`]);
  if (typeof request['model'] === 'string') for (const [name, value] of Object.entries(request)) put(name, value);
  const tools = toolDefinitions(firstValue(invocation, 'tools', 'functions') ?? request['tools']);
  return { ...(tools.length && { tools }), ...(parameters.size && { parameters }) };
}

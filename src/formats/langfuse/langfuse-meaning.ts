import { stated, unlessEmpty } from '../../conventions/attribute-values.js';
import { interpret } from '../../conventions/index.js';
import { langfuseParameters } from '../../conventions/langfuse-meaning.js';
import type {
  Message,
  Payload,
  PromptTemplate,
  Score,
  SpanMeaning,
  SpanRecord,
  ToolDefinition,
} from '../../model/index.js';
import { chatMessage } from '../../payloads/chat-message.js';
import { messagesOf } from '../../payloads/index.js';
import { firstText, firstValue, textOrJson } from '../../payloads/json-record.js';
import { jsonOrText, unquoted } from '../../payloads/json-text.js';
import { toolDefinition, toolDefinitions } from '../../payloads/tools.js';
import { generationTurns } from '../generation-result.js';
import { unwrapped } from '../json-layers.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { withMediaReferences } from './langfuse-media.js';
import { retrievedDocuments, scoredDocuments } from '../../payloads/retrieved-documents.js';
import { thrown } from '../traceback.js';

const payloadIn = (value: unknown): Payload | undefined =>
  value === undefined || value === null ? undefined : (unwrapped(value) as Payload);

/**
 * What an observation means: its own fields first, and whatever the attributes say that it was made from. Langfuse takes
 * input and output out of those when it knows them, so both are read together.
 */
export function langfuseMeaning(
  record: SpanRecord,
  row: JsonObject,
  scores: readonly Score[] | undefined,
): SpanMeaning {
  const input = payloadIn(row['input']);
  const output = payloadIn(row['output']);
  const { turns: asked, tools: offered } = withoutTools(input);
  const answered = asTurn(output);
  const attributes = new Map(record.attributes);
  if (asked !== undefined) attributes.set('langfuse.observation.input', asked);
  if (answered !== undefined) attributes.set('langfuse.observation.output', answered);
  const said = interpret({ ...record, attributes });
  const isGeneration = row['type'] === 'GENERATION';
  const messages = withMediaReferences([
    ...side('input', said.messages, isGeneration ? asked : undefined),
    ...withCalls(row, side('output', said.messages, isGeneration ? answered : undefined)),
  ]);
  const parameters = langfuseParameters(unwrapped(either(row, 'modelParameters', 'model_parameters')));
  const documents =
    row['type'] === 'RETRIEVER' ? retrievedDocuments(output) : isGeneration ? [] : scoredDocuments(output);
  const message = row['level'] === 'ERROR' ? firstText(row, 'statusMessage', 'status_message') : undefined;
  return stated<SpanMeaning>({
    ...said,
    input: input ?? said.input,
    output: output ?? said.output,
    messages: unlessEmpty(messages),
    tools: unlessEmpty([...definedTools(row), ...offered]) ?? said.tools,
    documents: said.documents ?? unlessEmpty(documents),
    parameters: parameters ?? said.parameters,
    prompt: promptOf(row) ?? said.prompt,
    exceptions: said.exceptions ?? (message === undefined ? undefined : [thrown(message)]),
    scores: unlessEmpty([...(scores ?? []), ...(said.scores ?? [])]),
  });
}

/** What a trace says of itself: input and output, which a download states as JSON texts, also where they are texts. */
export function langfuseTraceMeaning(row: JsonObject): SpanMeaning {
  const input = payloadIn(unquoted(row['input']));
  const output = payloadIn(unquoted(row['output']));
  const messages = withMediaReferences([
    ...(messagesOf(input, 'input') ?? []),
    ...(messagesOf(output, 'output') ?? []),
  ]);
  return stated<SpanMeaning>({ input, output, messages: unlessEmpty(messages) });
}

/** The turns of one side; a generation's are there even if it states but a text or a shape of its own. */
function side(
  origin: Message['origin'],
  messages: readonly Message[] | undefined,
  generated: unknown,
): readonly Message[] {
  const found = messages?.filter((message) => message.origin === origin) ?? [];
  if (found.length || generated === undefined) return found;
  return origin === 'input' ? generationTurns(generated, undefined, true) : generationTurns(undefined, generated, true);
}

/** Langfuse's handler for LangChain writes the tools that a model is offered as turns of a `tool` behind the others. */
function withoutTools(input: Payload | undefined): { turns: unknown; tools: ToolDefinition[] } {
  if (!Array.isArray(input)) return { turns: input, tools: [] };
  const isOffer = (turn: unknown): turn is JsonObject =>
    isObject(turn) && turn['role'] === 'tool' && isObject(turn['content']) && isObject(turn['content']['function']);
  return {
    turns: input.filter((turn) => !isOffer(turn)).map((turn: unknown) => asToolTurn(withLiftedCalls(turn))),
    tools: input.filter(isOffer).flatMap((turn) => toolDefinition(turn['content']) ?? []),
  };
}

/** The handler for LangChain leaves OpenAI's calls where LangChain puts what it does not know. */
function withLiftedCalls(turn: unknown): unknown {
  const extra = isObject(turn) && typeof turn['role'] === 'string' ? turn['additional_kwargs'] : undefined;
  const calls = isObject(extra) ? extra['tool_calls'] : undefined;
  return isObject(turn) && Array.isArray(calls) && !Array.isArray(turn['tool_calls'])
    ? { ...turn, tool_calls: calls as unknown[] }
    : turn;
}

const ROLES: ReadonlySet<unknown> = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function', 'model']);

/** That handler in JavaScript gives a tool's answer the tool's name for its role. */
function asToolTurn(turn: unknown): unknown {
  const isNamed = isObject(turn) && isObject(turn['additional_kwargs']) && typeof turn['role'] === 'string';
  return isNamed && !ROLES.has(turn['role']) ? { ...turn, role: 'tool', name: turn['role'] } : turn;
}

/** The AI SDK's list of calls is all of an answer that has no text. */
function asTurn(output: Payload | undefined): unknown {
  const isCalls =
    Array.isArray(output) && output.length > 0 && output.every((call) => isObject(call) && call['toolName']);
  return isCalls ? [{ role: 'assistant', tool_calls: output }] : withLiftedCalls(output);
}

/** The calls that newer exports list beside the output, where the output does not show them. */
function withCalls(row: JsonObject, answered: readonly Message[]): readonly Message[] {
  const names = asArray(either(row, 'toolCallNames', 'tool_call_names'));
  const calls = asArray(either(row, 'toolCalls', 'tool_calls')).flatMap((item, index) => {
    const call = jsonOrText(item);
    return isObject(call) ? [{ name: names[index], ...call }] : [];
  });
  const shown = answered.some(({ parts }) => parts.some(({ type }) => type === 'tool-call'));
  return shown || calls.length === 0
    ? answered
    : [...answered, chatMessage({ role: 'assistant', tool_calls: calls }, 'output')];
}

/** `toolDefinitions` holds the JSON text of a tool under its name; the AI SDK's are kept in the metadata. */
function definedTools(row: JsonObject): ToolDefinition[] {
  const defined = unwrapped(either(row, 'toolDefinitions', 'tool_definitions'));
  const tools = Object.entries(isObject(defined) ? defined : {}).flatMap(([name, value]) => {
    const held = jsonOrText(value);
    const body = isObject(held) ? held : {};
    return toolDefinition(isObject(body['function']) ? body : { ...body, name }) ?? [];
  });
  const metadata = unwrapped(row['metadata']);
  return tools.length ? tools : toolDefinitions(isObject(metadata) ? metadata['tools'] : undefined);
}

function promptOf(row: JsonObject): PromptTemplate | undefined {
  const name = firstText(row, 'promptName', 'prompt_name');
  const version = firstValue(row, 'promptVersion', 'prompt_version');
  if (name === undefined) return undefined;
  return { name, ...(version !== undefined && { version: asText(version) || textOrJson(version) }) };
}

import type { Message, Payload, SpanMeaning, SpanRecord } from '../model/index.js';
import { documentsOf } from '../payloads/documents.js';
import { conversation } from '../payloads/index.js';
import { firstText, isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import { hasPrefix, stated, unlessEmpty, type Attributes } from './attribute-values.js';
import { mlflowValue } from './mlflow.js';

export function mlflowAttributesMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'mlflow.')) return {};
  const at = (key: string): unknown => mlflowValue(attributes.get(key)) ?? undefined;
  const input = at('mlflow.spanInputs');
  const output = at('mlflow.spanOutputs');
  const isRetriever = at('mlflow.spanType') === 'RETRIEVER';
  const offered = isRecord(input) ? input['tools'] : undefined;
  return stated<SpanMeaning>({
    input: input as Payload | undefined,
    output: output as Payload | undefined,
    messages: unlessEmpty(withAnswer(conversation(at('mlflow.chat.messages'), 'input'))),
    tools: unlessEmpty(toolDefinitions(at('mlflow.chat.tools') ?? offered)),
    documents: isRetriever ? unlessEmpty(documentsOf(output)) : undefined,
    parameters: parametersOf(attributes, input),
    prompt: promptOf(at('mlflow.linkedPrompts')),
  });
}

/** The whole conversation is one list: its last turn is the answer, where that is the assistant's. */
function withAnswer(messages: readonly Message[]): readonly Message[] {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? [...messages.slice(0, -1), { ...last, origin: 'output' }] : messages;
}

const PARAMETERS: ReadonlySet<string> = new Set(
  'temperature top_p top_k max_tokens max_completion_tokens n stop seed frequency_penalty presence_penalty stream'.split(
    ' ',
  ),
);

/** Call parameters are logged with the inputs, or, by the LangChain and DSPy integrations, as `invocation_params`. */
function parametersOf(attributes: Attributes, input: unknown): ReadonlyMap<string, unknown> | undefined {
  const invocation = jsonOrText(attributes.get('invocation_params'));
  const parameters = new Map(isRecord(invocation) ? Object.entries(invocation) : []);
  for (const [name, value] of Object.entries(isRecord(input) ? input : {})) {
    if (PARAMETERS.has(name) && value !== null) parameters.set(name, value);
  }
  return parameters.size ? parameters : undefined;
}

function promptOf(linked: unknown): SpanMeaning['prompt'] {
  const first: unknown = Array.isArray(linked) ? linked.find(isRecord) : undefined;
  if (!isRecord(first)) return undefined;
  const version = first['version'];
  return stated<NonNullable<SpanMeaning['prompt']>>({
    name: firstText(first, 'name'),
    version: typeof version === 'number' ? String(version) : firstText(first, 'version'),
  });
}

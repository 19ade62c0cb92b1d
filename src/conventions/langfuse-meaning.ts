import type { Message, Payload, SpanMeaning, SpanRecord } from '../model/index.js';
import { conversation } from '../payloads/index.js';
import { isRecord, textOrJson } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { retrievedDocuments } from '../payloads/retrieved-documents.js';
import { toolDefinitions } from '../payloads/tools.js';
import { firstOf, hasPrefix, payloadOf, stated, textOf, unlessEmpty } from './attribute-values.js';

export function langfuseMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'langfuse.')) return {};
  const input = payloadOf(attributes, 'langfuse.observation.input', 'langfuse.trace.input');
  const output = payloadOf(attributes, 'langfuse.observation.output', 'langfuse.trace.output');
  const type = textOf(attributes, 'langfuse.observation.type');
  const name = textOf(attributes, 'langfuse.observation.prompt.name');
  const version = firstOf(attributes, 'langfuse.observation.prompt.version');
  return stated<SpanMeaning>({
    input,
    output,
    messages: type === 'generation' ? unlessEmpty([...turn(input, 'input'), ...turn(output, 'output')]) : undefined,
    tools: isRecord(input) ? unlessEmpty(toolDefinitions(input['tools'])) : undefined,
    documents: type === 'retriever' ? unlessEmpty(retrievedDocuments(output)) : undefined,
    parameters: langfuseParameters(
      jsonOrText(firstOf(attributes, 'langfuse.observation.model.parameters', 'langfuse.observation.model_parameters')),
    ),
    prompt: name === undefined ? undefined : { name, ...(version !== undefined && { version: textOrJson(version) }) },
  });
}

/** Text is all of a model's answer; a payload that holds messages is read as such where no vocabulary states them. */
const turn = (payload: Payload | undefined, origin: Message['origin']): readonly Message[] =>
  typeof payload === 'string' && payload !== '' ? conversation(payload, origin) : [];

/** Parameters of a call. SDKs write those that were not set as null, in words too, or as empty text. */
export function langfuseParameters(parameters: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!isRecord(parameters)) return undefined;
  const set = Object.entries(parameters).filter(([, value]) => value !== null && value !== 'null' && value !== '');
  return set.length ? new Map(set.map(([name, value]): [string, unknown] => [name, jsonOrText(value)])) : undefined;
}

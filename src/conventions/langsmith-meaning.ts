import type { PromptTemplate, SpanMeaning, SpanRecord } from '../model/index.js';
import { messagesOf } from '../payloads/index.js';
import { jsonOrText } from '../payloads/json-text.js';
import { answered, asked, retrieved, unwrapped } from '../payloads/langchain-io.js';
import { hasPrefix, parametersOf, stated, textOf, unlessEmpty, type Attributes } from './attribute-values.js';

const PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['langsmith.metadata.ls_temperature', 'temperature'],
  ['langsmith.metadata.ls_max_tokens', 'max_tokens'],
  ['langsmith.metadata.ls_stop', 'stop'],
  ['langsmith.request.streaming', 'stream'],
]);

export function langSmithAttributesMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'langsmith.')) return {};
  const runType = attributes.get('langsmith.span.kind');
  const input = unwrapped(jsonOrText(attributes.get('gen_ai.prompt')), 'input');
  const output = unwrapped(jsonOrText(attributes.get('gen_ai.completion')), 'output');
  const messages =
    runType === 'llm'
      ? [...(messagesOf(asked(input), 'input') ?? []), ...(messagesOf(answered(output), 'output') ?? [])]
      : [];
  return stated<SpanMeaning>({
    input: input ?? undefined,
    output: output ?? undefined,
    messages: unlessEmpty(messages),
    documents: runType === 'retriever' ? unlessEmpty(retrieved(output)) : undefined,
    parameters: parametersOf(attributes, PARAMETERS),
    prompt: promptOf(attributes),
  });
}

/** The prompt of LangChain's hub that a run was made with. */
function promptOf(attributes: Attributes): PromptTemplate | undefined {
  const repository = textOf(attributes, 'langsmith.metadata.lc_hub_repo');
  if (repository === undefined) return undefined;
  const owner = textOf(attributes, 'langsmith.metadata.lc_hub_owner');
  const version = textOf(attributes, 'langsmith.metadata.lc_hub_commit_hash');
  return {
    name: owner === undefined ? repository : `${owner}/${repository}`,
    ...(version !== undefined && { version }),
  };
}

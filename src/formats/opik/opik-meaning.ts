import { stated, unlessEmpty } from '../../conventions/attribute-values.js';
import { asCount } from '../../conventions/convention.js';
import { interpret } from '../../conventions/index.js';
import type { Message, Payload, PromptTemplate, Score, SpanMeaning, Usage } from '../../model/index.js';
import { messagesOf } from '../../payloads/index.js';
import { firstText, textOrJson } from '../../payloads/json-record.js';
import { toolDefinitions } from '../../payloads/tools.js';
import { generationTurns } from '../generation-result.js';
import { asArray, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { retrievedDocuments } from '../../payloads/retrieved-documents.js';
import { callParameters, exceptionOf, recordOf, sumOf, usageOf } from '../row.js';

/**
 * Tokens of Opik's flat map: its own `prompt_tokens`, `completion_tokens`, `total_tokens`, and under `original_usage.`
 * the provider's (which a wrapper may have put there twice). Opik's SDKs add Anthropic's cached tokens to its own
 * `prompt_tokens`, so they include them as OpenAI's do. They take Gemini's candidates for the completion, without its
 * thoughts: those are added where the total has room for them.
 */
export function opikUsage(value: unknown): Usage | undefined {
  if (!isObject(value)) return undefined;
  const counts = new Map<string, unknown>();
  for (const [key, count] of Object.entries(value)) {
    const name = key.replace(/^(original_usage\.)+/, '');
    // Opik's own count comes before the provider's of the same name.
    if (!counts.has(name) || !key.startsWith('original_usage.')) counts.set(name, count);
  }
  const first = (...names: readonly string[]): unknown =>
    names.map((name) => counts.get(name)).find((count) => count !== undefined && count !== null);
  const input = first('prompt_tokens');
  const read = first('cache_read_input_tokens');
  const written = first('cache_creation_input_tokens');
  const output = asCount(first('completion_tokens', 'output_tokens', 'candidates_token_count'));
  const total = asCount(first('total_tokens', 'total_token_count'));
  const thoughts = asCount(first('thoughts_token_count'));
  // Anthropic's own count leaves out what is cached.
  const asked = input ?? sumOf(first('input_tokens', 'prompt_token_count'), read, written);
  const leftOut = (asCount(asked) ?? 0) + (output ?? 0) + (thoughts ?? 0) <= (total ?? 0) ? thoughts : undefined;
  return usageOf({
    input: asked,
    output: sumOf(output, leftOut),
    total,
    cacheRead:
      first('prompt_tokens_details.cached_tokens', 'input_tokens_details.cached_tokens') ??
      read ??
      first('cached_content_token_count'),
    cacheWrite: written,
    reasoning:
      first('completion_tokens_details.reasoning_tokens', 'output_tokens_details.reasoning_tokens') ?? thoughts,
    audioInput: first('prompt_tokens_details.audio_tokens'),
    audioOutput: first('completion_tokens_details.audio_tokens'),
  });
}

const SOURCES: ReadonlyMap<unknown, string> = new Map([
  ['ui', 'human'],
  ['online_scoring', 'llm'],
]);

/** Scores from Opik's feedback (`{name, value, reason}`), or from validations of guardrails (`{checks: [{name, result}]}`). */
export function opikScores(list: unknown): Score[] {
  return asArray(list)
    .filter(isObject)
    .flatMap((item): Score[] => {
      const checks = asArray(item['checks']).filter(isObject);
      if (checks.length) {
        return checks.map((check) => ({
          name: firstText(check, 'name') ?? 'guardrail',
          ...stated<Omit<Score, 'name'>>({ value: firstText(check, 'result'), source: 'code' }),
        }));
      }
      const name = firstText(item, 'name');
      if (name === undefined) return [];
      const value = item['value'];
      return [
        {
          name,
          ...stated<Omit<Score, 'name'>>({
            value:
              typeof value === 'string' && value !== '' && Number.isFinite(Number(value))
                ? Number(value)
                : scalar(value),
            label: firstText(item, 'category_name', 'categoryName'),
            explanation: firstText(item, 'reason'),
            source: SOURCES.get(item['source']) ?? firstText(item, 'source'),
          }),
        },
      ];
    });
}

const scalar = (value: unknown): Score['value'] =>
  typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : undefined;

/** Whether a span is the call of a model: by its type, or a general one by what only calls have. */
export const isModelCall = (row: JsonObject): boolean =>
  row['type'] === 'llm' ||
  (row['type'] === 'general' && firstText(row, 'model') !== undefined && isObject(row['usage']));

/** What a span or a trace means. */
export function opikMeaning(row: JsonObject, scores: readonly Score[]): SpanMeaning {
  const metadata = isObject(row['metadata']) ? row['metadata'] : {};
  const input = row['input'];
  const output = row['output'];
  const isCall = isModelCall(row);
  const said = interpret(recordOf(new Map(Object.entries(metadata).filter(([key]) => key.includes('.')))));
  const asked = turnsOf(input, 'input', isCall);
  const exception = exceptionOf(either(row, 'error_info', 'errorInfo'));
  const tools = isObject(input) ? toolDefinitions(input['tools']) : [];
  return stated<SpanMeaning>({
    ...said,
    input: (input as Payload | undefined) ?? said.input,
    output: (output as Payload | undefined) ?? said.output,
    messages: unlessEmpty([...asked, ...turnsOf(output, 'output', isCall)]) ?? said.messages,
    tools: unlessEmpty([...tools, ...toolDefinitions(metadata['tools'])]) ?? said.tools,
    documents: said.documents ?? (isCall ? undefined : documentsOfRow(row)),
    parameters: isCall ? callParameters(isObject(input) ? input : {}, metadata) : said.parameters,
    prompt: promptOf(metadata) ?? said.prompt,
    exceptions: exception && [exception],
    scores: unlessEmpty(scores),
  });
}

/** Opik has no type for retrievers: what they gave tells them. */
function documentsOfRow(row: JsonObject) {
  const output = isObject(row['output']) ? row['output'] : {};
  const holder = isObject(output['output']) ? output['output'] : output;
  const isList = ['documents', 'nodes', 'source_nodes'].some((key) => Array.isArray(holder[key]));
  return isList ? unlessEmpty(retrievedDocuments(holder)) : undefined;
}

/** The turns of one side. What a decorated function gave stands under `output`; the answer of a model may be a text. */
function turnsOf(value: unknown, origin: Message['origin'], isCall: boolean): readonly Message[] {
  const inner = isObject(value) ? (value[origin] ?? textUnder(value, 'message')) : undefined;
  const found = held(value, origin) ?? held(inner, origin);
  if (found || !isCall) return found ?? [];
  const text = typeof inner === 'string' ? inner : value;
  return origin === 'input' ? generationTurns(text, undefined, true) : generationTurns(undefined, text, true);
}

/** The wrapper of OpenAI writes a streamed answer under `message`. */
const textUnder = (value: JsonObject, key: string): string | undefined =>
  typeof value[key] === 'string' ? value[key] : undefined;

const held = (value: unknown, origin: Message['origin']): readonly Message[] | undefined =>
  messagesOf(withContent(value), origin);

/** LlamaIndex writes the content of a turn as `blocks`, whose type is `block_type`. */
function withContent(value: unknown): unknown {
  if (Array.isArray(value)) return value.some(hasBlocks) ? value.map(withBlocksAsParts) : value;
  if (!isObject(value)) return value;
  if (hasBlocks(value)) return withBlocksAsParts(value);
  const turns = value['messages'];
  return Array.isArray(turns) && turns.some(hasBlocks) ? turns.map(withBlocksAsParts) : value;
}

const hasBlocks = (turn: unknown): boolean => isObject(turn) && Array.isArray(turn['blocks']);

function withBlocksAsParts(turn: unknown): unknown {
  if (!isObject(turn) || !hasBlocks(turn)) return turn;
  const { blocks, additional_kwargs: extra, ...rest } = turn;
  const content = asArray(blocks).map((block) => (isObject(block) ? { ...block, type: block['block_type'] } : block));
  return { ...(isObject(extra) && { tool_calls: extra['tool_calls'] }), ...rest, content };
}

/** The prompts of Opik's library that a call was made with; the first stands for them. */
function promptOf(metadata: JsonObject): PromptTemplate | undefined {
  const prompt = asArray(metadata['opik_prompts']).find(isObject);
  if (!prompt) return undefined;
  const version = isObject(prompt['version']) ? prompt['version'] : {};
  const template = version['template'] ?? prompt['template'];
  return stated<PromptTemplate>({
    name: firstText(prompt, 'name'),
    version: firstText(version, 'commit', 'id') ?? firstText(prompt, 'commit'),
    template: template === undefined ? undefined : textOrJson(template),
  });
}

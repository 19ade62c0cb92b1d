import { USAGE_FIELDS, type Usage } from '../model/usage.js';
import { firstValue, isRecord, type JsonRecord } from './json-record.js';

const count = (record: JsonRecord, ...keys: readonly string[]): number | undefined => {
  const value = firstValue(record, ...keys);
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : undefined;
};

const inside = (record: JsonRecord, ...keys: readonly string[]): JsonRecord => {
  const value = firstValue(record, ...keys);
  return isRecord(value) ? value : {};
};

/** The sum of the counts that are known, provided that the first one is. */
const plus = (first: number | undefined, ...more: readonly (number | undefined)[]): number | undefined =>
  first === undefined ? undefined : more.reduce<number>((sum, tokens) => sum + (tokens ?? 0), first);

type Counts = { readonly [field in keyof Usage]: number | undefined };

/** Some add up a total that leaves out what they count apart (cache, thoughts): it is never below its parts. */
function usageFrom(counts: Counts): Usage | undefined {
  const usage: Usage = {};
  for (const field of USAGE_FIELDS) if (counts[field] !== undefined) usage[field] = counts[field];
  if (usage.input !== undefined && usage.output !== undefined) {
    usage.total = Math.max(usage.total ?? 0, usage.input + usage.output);
  }
  return Object.keys(usage).length ? usage : undefined;
}

/**
 * OpenAI chat, completions and embeddings (openai/openai-openapi, CompletionUsage): both sides include their parts.
 * DeepSeek states the cached part as `prompt_cache_hit_tokens`; gateways write Anthropic's names beside an inclusive sum.
 */
function openAiChat(counts: JsonRecord): Usage | undefined {
  const prompt = inside(counts, 'prompt_tokens_details');
  const completion = inside(counts, 'completion_tokens_details');
  return usageFrom({
    input: count(counts, 'prompt_tokens'),
    output: count(counts, 'completion_tokens'),
    total: count(counts, 'total_tokens'),
    cacheRead: count(prompt, 'cached_tokens') ?? count(counts, 'prompt_cache_hit_tokens', 'cache_read_input_tokens'),
    cacheWrite: count(prompt, 'cache_write_tokens') ?? count(counts, 'cache_creation_input_tokens'),
    reasoning: count(completion, 'reasoning_tokens'),
    audioInput: count(prompt, 'audio_tokens'),
    audioOutput: count(completion, 'audio_tokens'),
  });
}

/** OpenAI responses (openai/openai-openapi, ResponseUsage) and LangChain's `usage_metadata`: both sides include their parts. */
function openAiResponses(counts: JsonRecord): Usage | undefined {
  const input = inside(counts, 'input_tokens_details', 'input_token_details');
  const output = inside(counts, 'output_tokens_details', 'output_token_details');
  return usageFrom({
    input: count(counts, 'input_tokens'),
    output: count(counts, 'output_tokens'),
    total: count(counts, 'total_tokens'),
    cacheRead: count(input, 'cached_tokens', 'cache_read'),
    cacheWrite: count(input, 'cache_creation'),
    reasoning: count(output, 'reasoning_tokens', 'reasoning'),
    audioInput: count(input, 'audio_tokens', 'audio'),
    audioOutput: count(output, 'audio_tokens', 'audio'),
  });
}

/**
 * Anthropic (docs.anthropic.com, prompt caching): `input_tokens` are only those behind the last cache breakpoint; what
 * was written to the cache and what was read from it is added. Thinking is inside `output_tokens` and not told apart.
 */
function anthropic(counts: JsonRecord): Usage | undefined {
  const cacheRead = count(counts, 'cache_read_input_tokens');
  const cacheWrite = count(counts, 'cache_creation_input_tokens');
  return usageFrom({
    input: plus(count(counts, 'input_tokens'), cacheRead, cacheWrite),
    output: count(counts, 'output_tokens'),
    cacheRead,
    cacheWrite,
  });
}

/**
 * Gemini (ai.google.dev/api/generate-content#UsageMetadata): the prompt includes what was cached, but not what its tools
 * put in; the candidates leave out the thoughts. Both are added. The total includes all of them.
 */
function gemini(counts: JsonRecord): Usage | undefined {
  const thoughts = count(counts, 'thoughtsTokenCount', 'thoughts_token_count');
  const candidates = count(counts, 'candidatesTokenCount', 'candidates_token_count');
  return usageFrom({
    input: plus(
      count(counts, 'promptTokenCount', 'prompt_token_count'),
      count(counts, 'toolUsePromptTokenCount', 'tool_use_prompt_token_count'),
    ),
    // A model that only thought has no count of candidates.
    output: candidates === undefined ? thoughts : plus(candidates, thoughts),
    total: count(counts, 'totalTokenCount', 'total_token_count'),
    cacheRead: count(counts, 'cachedContentTokenCount', 'cached_content_token_count'),
    reasoning: thoughts,
    audioInput: audioOf(firstValue(counts, 'promptTokensDetails', 'prompt_tokens_details')),
    audioOutput: audioOf(firstValue(counts, 'candidatesTokensDetails', 'candidates_tokens_details')),
  });
}

function audioOf(details: unknown): number | undefined {
  const audio = (Array.isArray(details) ? (details as unknown[]) : []).find(
    (detail) => isRecord(detail) && detail['modality'] === 'AUDIO',
  );
  return isRecord(audio) ? count(audio, 'tokenCount', 'token_count') : undefined;
}

/**
 * Bedrock's Converse (docs.aws.amazon.com/bedrock, prompt caching): `inputTokens` leaves out what was read from the cache
 * and what was written to it; both are added.
 */
function bedrock(counts: JsonRecord): Usage | undefined {
  const cacheRead = count(counts, 'cacheReadInputTokens', 'cacheReadInputTokenCount');
  const cacheWrite = count(counts, 'cacheWriteInputTokens', 'cacheWriteInputTokenCount');
  return usageFrom({
    input: plus(count(counts, 'inputTokens'), cacheRead, cacheWrite),
    output: count(counts, 'outputTokens'),
    total: count(counts, 'totalTokens'),
    cacheRead,
    cacheWrite,
  });
}

/** Bodies that state their counts beside everything else: Ollama (thinking is inside), and on Bedrock Llama and Titan. */
function besideTheRest(body: JsonRecord): Usage | undefined {
  const results: unknown = Array.isArray(body['results']) ? body['results'][0] : undefined;
  return usageFrom({
    input: count(body, 'prompt_eval_count', 'prompt_token_count', 'inputTextTokenCount'),
    output:
      count(body, 'eval_count', 'generation_token_count') ??
      (isRecord(results) ? count(results, 'tokenCount') : undefined),
  });
}

/** Usage from the object that holds the counts, whatever provider's it is: told by the names in it. */
export function usageOfCounts(counts: unknown): Usage | undefined {
  if (!isRecord(counts)) return undefined;
  const has = (...keys: readonly string[]): boolean => keys.some((key) => counts[key] !== undefined);
  if (has('promptTokenCount', 'candidatesTokenCount', 'totalTokenCount', 'total_token_count')) return gemini(counts);
  if (has('candidates_token_count', 'cached_content_token_count', 'thoughts_token_count')) return gemini(counts);
  if (has('prompt_tokens', 'completion_tokens')) return openAiChat(counts);
  if (has('cache_read_input_tokens', 'cache_creation_input_tokens')) return anthropic(counts);
  if (has('input_tokens', 'output_tokens')) return openAiResponses(counts);
  return has('inputTokens', 'outputTokens') ? bedrock(counts) : undefined;
}

/**
 * Usage of a provider's response body, each side with all of its parts: OpenAI's, Anthropic's and Bedrock's `usage`,
 * Gemini's `usageMetadata`, Ollama's counts beside the rest. `undefined` where it states none.
 */
export function usageOf(body: unknown): Usage | undefined {
  if (!isRecord(body)) return undefined;
  return usageOfCounts(firstValue(body, 'usage', 'usageMetadata', 'usage_metadata')) ?? besideTheRest(body);
}

import { firstText } from '../../payloads/json-record.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';

/** What a provider's body is: which side of a call, of what operation (OpenTelemetry's words), of whose API. */
export interface BodyShape {
  readonly side: 'request' | 'response' | 'error';
  readonly operation: string;
  /** `undefined` where many providers write such a body. */
  readonly provider: string | undefined;
}

const OPENAI_MODEL = /^(?:ft:)?(?:gpt-|chatgpt-|o\d|text-embedding-|davinci|babbage|codex-|computer-use)/;

const shape = (side: BodyShape['side'], operation: string, provider?: string): BodyShape => ({
  side,
  operation,
  provider,
});

/** OpenAI's shapes are written by many; its own models have telling names. */
const openAiOr = (body: JsonObject): string | undefined => {
  const stated = firstText(body, 'provider');
  if (stated !== undefined) return stated.toLowerCase();
  return OPENAI_MODEL.test(firstText(body, 'model') ?? '') ? 'openai' : undefined;
};

const anyObject = (list: unknown, is: (item: JsonObject) => boolean): boolean =>
  asArray(list).some((item) => isObject(item) && is(item));

/** What a JSON object is, where it is the body of a request to a model, of its response, or of an error. */
export const bodyShape = (body: JsonObject): BodyShape | undefined =>
  responseShape(body) ?? requestShape(body) ?? errorShape(body);

function responseShape(body: JsonObject): BodyShape | undefined {
  const { object, type, choices, candidates, output, data } = body;
  if (object === 'response' && (Array.isArray(output) || isObject(body['error'])))
    return shape('response', 'chat', 'openai');
  if (
    Array.isArray(choices) &&
    (object === 'chat.completion' || anyObject(choices, (choice) => isObject(choice['message'] ?? choice['delta'])))
  ) {
    return shape('response', 'chat', openAiOr(body));
  }
  if (anyObject(choices, (choice) => typeof choice['text'] === 'string')) {
    return shape('response', 'text_completion', openAiOr(body));
  }
  if (object === 'list' && anyObject(data, (item) => item['object'] === 'embedding')) {
    return shape('response', 'embeddings', openAiOr(body));
  }
  if (type === 'message' && body['role'] === 'assistant' && Array.isArray(body['content']) && 'stop_reason' in body) {
    return shape('response', 'chat', 'anthropic');
  }
  const isCandidate = (item: JsonObject): boolean =>
    isObject(item['content']) || either(item, 'finishReason', 'finish_reason') !== undefined;
  const usage = either(body, 'usageMetadata', 'usage_metadata');
  if (
    anyObject(candidates, isCandidate) ||
    (isObject(usage) && either(body, 'modelVersion', 'model_version', 'promptFeedback') !== undefined)
  ) {
    return shape('response', 'generate_content', 'gcp.gemini');
  }
  if (isObject(output) && isObject(output['message']) && either(body, 'stopReason', 'usage') !== undefined) {
    return shape('response', 'chat', 'aws.bedrock');
  }
  if (anyObject(body['results'], (result) => typeof result['outputText'] === 'string')) {
    return shape('response', 'text_completion', 'aws.bedrock');
  }
  if (typeof body['generation'] === 'string' && 'stop_reason' in body) {
    return shape('response', 'text_completion', 'aws.bedrock');
  }
  if (typeof body['done'] !== 'boolean' || typeof body['created_at'] !== 'string') return undefined;
  if (isObject(body['message'])) return shape('response', 'chat', 'ollama');
  return typeof body['response'] === 'string' ? shape('response', 'text_completion', 'ollama') : undefined;
}

/** What a call is told by that names no model: on Azure and Bedrock the address does. */
const CALL_KEYS = [
  'inferenceConfig',
  'toolConfig',
  'anthropic_version',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'stream',
  'tools',
  'tool_choice',
  'response_format',
] as const;

function requestShape(body: JsonObject): BodyShape | undefined {
  const { model, messages, input, prompt, contents } = body;
  const isNamed = typeof model === 'string';
  if (Array.isArray(messages) && anyObject(messages, (turn) => typeof turn['role'] === 'string')) {
    if (!isNamed && !CALL_KEYS.some((key) => body[key] !== undefined)) return undefined;
    return shape('request', 'chat', providerOfChat(body));
  }
  const turns = Array.isArray(contents) ? contents : [contents];
  const isTurn = (turn: unknown): boolean => isObject(turn) && Array.isArray(turn['parts']);
  if (contents !== undefined && turns.some(isTurn)) return shape('request', 'generate_content', 'gcp.gemini');
  if (typeof body['inputText'] === 'string') return shape('request', 'text_completion', 'aws.bedrock');
  if (typeof prompt === 'string' && !isNamed && body['max_gen_len'] !== undefined) {
    return shape('request', 'text_completion', 'aws.bedrock');
  }
  if (!isNamed) return undefined;
  if (isEmbedding(body)) return shape('request', 'embeddings', openAiOr(body));
  if (typeof input === 'string' || anyObject(input, (item) => either(item, 'role', 'type') !== undefined)) {
    return shape('request', 'chat', openAiOr(body) ?? 'openai');
  }
  return typeof prompt === 'string' || (Array.isArray(prompt) && prompt.length > 0)
    ? shape('request', 'text_completion', isOllama(body) ? 'ollama' : openAiOr(body))
    : undefined;
}

const isEmbedding = ({ model, input, encoding_format, dimensions }: JsonObject): boolean =>
  input !== undefined &&
  (encoding_format !== undefined ||
    dimensions !== undefined ||
    /embed/i.test(asText(model)) ||
    (Array.isArray(input) && input.length > 0 && input.every((item) => typeof item === 'string')));

const isOllama = (body: JsonObject): boolean => isObject(body['options']) || body['keep_alive'] !== undefined;

/** Whose API a request with `messages` speaks. */
function providerOfChat(body: JsonObject): string | undefined {
  if (isObject(body['inferenceConfig']) || isObject(body['toolConfig'])) return 'aws.bedrock';
  if (body['anthropic_version'] !== undefined) return 'anthropic';
  const hasTheirTools = anyObject(body['tools'], (tool) => tool['input_schema'] !== undefined);
  const isClaude = /^(?:[a-z]+\.)?(?:anthropic\.)?claude-/.test(firstText(body, 'model') ?? '');
  // Anthropic wants `max_tokens`, and takes the system's words beside the turns: nobody else does.
  if (hasTheirTools || (body['max_tokens'] !== undefined && (body['system'] !== undefined || isClaude)))
    return 'anthropic';
  return isOllama(body) ? 'ollama' : openAiOr(body);
}

/** `{error: {message, type | code | status}}` of OpenAI and Gemini, `{type: "error", error}` of Anthropic. */
function errorShape(body: JsonObject): BodyShape | undefined {
  const { error, type } = body;
  if (!isObject(error) || typeof error['message'] !== 'string') return undefined;
  if (type === 'error' && typeof error['type'] === 'string') return shape('error', 'chat', 'anthropic');
  if (typeof error['code'] === 'number' && typeof error['status'] === 'string') {
    return shape('error', 'generate_content', 'gcp.gemini');
  }
  return 'type' in error && ('code' in error || 'param' in error) ? shape('error', 'chat') : undefined;
}

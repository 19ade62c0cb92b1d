import type { ToolDefinition } from '../model/index.js';
import { firstValue, isRecord } from './json-record.js';
import { jsonOrText } from './json-text.js';

/**
 * A tool from its definition in any of the usual shapes: OpenAI's `{type: "function", function: {…}}`, the flat
 * `{name, description, parameters}`, Anthropic's `input_schema`, AI SDK's `inputSchema`, Bedrock's `toolSpec`.
 */
export function toolDefinition(value: unknown): ToolDefinition | undefined {
  if (!isRecord(value)) return undefined;
  const body = [value['function'], value['toolSpec']].find(isRecord) ?? value;
  const name = body['name'] ?? value['type'];
  if (typeof name !== 'string') return undefined;
  const description = body['description'];
  const schema = firstValue(body, 'parameters', 'input_schema', 'inputSchema', 'parametersJsonSchema');
  const parameters = body === value['toolSpec'] && isRecord(schema) ? (schema['json'] ?? schema) : schema;
  return {
    name,
    ...(typeof description === 'string' && { description }),
    ...(parameters !== undefined && { parameters }),
  };
}

/**
 * The tools of a list, or of JSON text of one; an item may itself be JSON text (AI SDK), or hold a list of functions
 * (Gemini's `functionDeclarations`).
 */
export function toolDefinitions(value: unknown): ToolDefinition[] {
  const list = jsonOrText(value);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => {
    const held = jsonOrText(item);
    const functions = isRecord(held) ? firstValue(held, 'functionDeclarations', 'function_declarations') : undefined;
    return (Array.isArray(functions) ? functions : [held]).flatMap((definition) => toolDefinition(definition) ?? []);
  });
}

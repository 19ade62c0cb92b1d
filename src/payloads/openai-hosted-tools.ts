import type { MessagePart } from '../model/index.js';
import { toolResultOf, toolResultValue } from './content-part.js';
import { firstText, firstValue, type JsonRecord } from './json-record.js';
import { jsonOrText } from './json-text.js';
import { mediaOf } from './media.js';

/**
 * An item of a tool that OpenAI runs, or has run on the user's machine: `web_search_call`, `file_search_call`, `mcp_call`,
 * `code_interpreter_call`, `shell_call`, `image_generation_call`… It is the call, and once it has run its result as well
 * (openai/openai-openapi, OutputItem). `undefined` for every other item, and for one that does not say what it was asked.
 */
export function hostedToolParts(item: JsonRecord): MessagePart[] | undefined {
  const type = firstText(item, 'type') ?? '';
  if (type.endsWith('_call_output')) return [toolResultOf(item)];
  if (!type.endsWith('_call')) return undefined;
  if (type === 'image_generation_call') {
    const mimeType = `image/${firstText(item, 'output_format') ?? 'png'}`;
    const image = mediaOf({ data: item['result'], mimeType }, 'image');
    return image && [image];
  }
  const asked = firstValue(item, 'arguments', 'action', 'queries', 'code', 'operation');
  if (asked === undefined) return undefined;
  const id = firstText(item, 'call_id', 'id');
  const name = firstText(item, 'name') ?? type.slice(0, -'_call'.length);
  const call: MessagePart = { type: 'tool-call', name, arguments: jsonOrText(asked), ...(id !== undefined && { id }) };
  const error = firstValue(item, 'error');
  const given = error ?? firstValue(item, 'output', 'results', 'outputs');
  if (given === undefined) return [call];
  const result: MessagePart = {
    type: 'tool-result',
    name,
    result: toolResultValue(given),
    ...(id !== undefined && { id }),
    ...(error !== undefined && { isError: true }),
  };
  return [call, result];
}

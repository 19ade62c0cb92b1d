import { isRecord, recordsIn, type JsonRecord } from '../../payloads/json-record.js';

/** Where the pieces of a model's answer grow. Roles, ids, pings and usage are not what somebody waits for. */
const GROWING = [
  'content',
  'text',
  'refusal',
  'reasoning',
  'reasoning_content',
  'thinking',
  'response',
  'delta',
] as const;

const isFilled = (value: unknown): boolean =>
  typeof value === 'string' || Array.isArray(value) ? value.length > 0 : isRecord(value);

const grows = (piece: JsonRecord): boolean =>
  GROWING.some((name) => isFilled(piece[name])) ||
  isFilled(piece['tool_calls']) ||
  isFilled(piece['function_call']) ||
  isFilled(piece['audio']);

/** Whether an event of a stream, whatever API's it is, brings something of the answer. */
export function hasContent(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { type, choices, candidates, message, content_block: block } = value;
  if (typeof type === 'string') {
    if (type === 'content_block_start') return isRecord(block) && (block['type'] === 'tool_use' || grows(block));
    return (
      type === 'content_block_delta' ||
      (/[._]delta$/.test(type) && type !== 'message_delta' && isFilled(value['delta']))
    );
  }
  if (Array.isArray(choices)) {
    return recordsIn(choices).some((choice) => {
      const { delta } = choice;
      return isRecord(delta) ? grows(delta) : grows(choice);
    });
  }
  if (Array.isArray(candidates)) {
    return recordsIn(candidates).some(({ content }) => isRecord(content) && isFilled(content['parts']));
  }
  return isRecord(message) ? grows(message) : grows(value);
}

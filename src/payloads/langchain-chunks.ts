import { isRecord, type JsonRecord } from './json-record.js';
import { jsonOrText } from './json-text.js';

/*
 * Streamed messages of LangChain (langchain-ai/langchain, langchain_core/messages/ai.py and utils/_merge.py): texts are
 * put together, parts of a content and of tool calls by their `index`, and token counts are added up.
 */

type Fields = Record<string, unknown>;

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const emptyFields = (): Fields => Object.create(null) as Fields;

/** The fields of a chunk, where the value is one: serialised, or a plain object whose `type` says so. */
export function chunkFields(value: unknown): JsonRecord | undefined {
  if (!isRecord(value)) return undefined;
  const { id, type, kwargs } = value;
  if (Array.isArray(id) && isRecord(kwargs)) return asText(id.at(-1)).endsWith('MessageChunk') ? kwargs : undefined;
  return asText(type).endsWith('MessageChunk') ? value : undefined;
}

/** What a text cites comes in the pieces of it. */
const CITATIONS: readonly string[] = ['annotations', 'citations', 'search_results'];

/** Adds the items of a list to a list of ours. */
function addItems(target: Fields, name: string, list: unknown): void {
  const items = (target[name] ??= []) as unknown[];
  for (const item of asArray(list)) items.push(item);
}

/** Collects what came in pieces by index; a piece without one joins the last piece of its type, or begins a new one. */
class Pieces {
  readonly #pieces = new Map<string | symbol, Fields>();
  readonly #joined: ReadonlySet<string>;
  #last: Fields | undefined;

  /** @param joined names of the fields whose texts are put together */
  constructor(joined: ReadonlySet<string>) {
    this.#joined = joined;
  }

  add(piece: JsonRecord): void {
    const { index, type } = piece;
    const isNumbered = typeof index === 'number' || typeof index === 'string';
    const key = isNumbered ? `${asText(type)} ${index}` : Symbol();
    let target = isNumbered ? this.#pieces.get(key) : this.#last?.['type'] === type ? this.#last : undefined;
    if (!target) this.#pieces.set(key, (target = emptyFields()));
    this.#last = target;
    for (const [name, value] of Object.entries(piece)) {
      if (value === undefined || value === null) continue;
      const before = target[name];
      if (this.#joined.has(name) && typeof before === 'string' && typeof value === 'string')
        target[name] = before + value;
      else if (CITATIONS.includes(name)) addItems(target, name, value);
      else target[name] = value;
    }
  }

  get list(): Fields[] {
    return [...this.#pieces.values()];
  }
}

const CONTENT_TEXTS: ReadonlySet<string> = new Set(['text', 'thinking', 'reasoning', 'signature']);
const CALL_TEXTS: ReadonlySet<string> = new Set(['args']);

/** Adds the numbers of one object, and of the objects in it, to another. */
function addNumbers(sums: Fields, counts: JsonRecord): void {
  for (const [name, value] of Object.entries(counts)) {
    if (typeof value === 'number') sums[name] = (typeof sums[name] === 'number' ? sums[name] : 0) + value;
    else if (isRecord(value)) {
      const inner = (sums[name] ??= emptyFields()) as Fields;
      for (const [part, count] of Object.entries(value)) {
        if (typeof count === 'number') inner[part] = (typeof inner[part] === 'number' ? inner[part] : 0) + count;
      }
    }
  }
}

/** The token counts of chunks as one `usage_metadata`; Anthropic's come in the first and in the last of them. */
export function addedUsage(messages: Iterable<JsonRecord>): JsonRecord | undefined {
  let sums: Fields | undefined;
  for (const { usage_metadata: counts } of messages) if (isRecord(counts)) addNumbers((sums ??= emptyFields()), counts);
  return sums;
}

/** One message made of its chunks. `undefined` where the list holds anything but chunks, or nothing. */
export function mergedChunks(chunks: readonly unknown[]): JsonRecord | undefined {
  const all: JsonRecord[] = [];
  for (const chunk of chunks) {
    const fields = chunkFields(chunk);
    if (!fields) return undefined;
    all.push(fields);
  }
  if (all.length === 0) return undefined;

  let text = '';
  const blocks = new Pieces(CONTENT_TEXTS);
  const thoughts = new Pieces(CONTENT_TEXTS);
  const calls = new Pieces(CALL_TEXTS);
  const whole: unknown[] = [];
  const response = emptyFields();
  const extra = emptyFields();
  for (const fields of all) {
    const { content, tool_call_chunks: pieces, additional_kwargs: more, response_metadata: about } = fields;
    if (typeof content === 'string') text += content;
    for (const block of asArray(content)) {
      if (isRecord(block)) blocks.add(block);
      else text += asText(block);
    }
    for (const piece of asArray(pieces)) if (isRecord(piece)) calls.add(piece);
    if (asArray(pieces).length === 0) for (const call of asArray(fields['tool_calls'])) whole.push(call);
    if (isRecord(more)) {
      if (typeof more['reasoning_content'] === 'string') {
        extra['reasoning_content'] = asText(extra['reasoning_content']) + more['reasoning_content'];
      }
      for (const name of CITATIONS) if (Array.isArray(more[name])) addItems(extra, name, more[name]);
      const summary = isRecord(more['reasoning']) ? more['reasoning']['summary'] : undefined;
      for (const thought of asArray(summary)) if (isRecord(thought)) thoughts.add(thought);
    }
    if (isRecord(about)) for (const [name, value] of Object.entries(about)) if (value !== null) response[name] = value;
  }

  const streamed = calls.list;
  const content = [
    ...(thoughts.list.some((thought) => thought['text']) ? [{ type: 'reasoning', summary: thoughts.list }] : []),
    ...(text === '' ? [] : [{ type: 'text', text }]),
    // The pieces of a call are in `tool_call_chunks` as well, ready to be put together.
    ...blocks.list.filter(({ type }) => !(streamed.length && (type === 'tool_use' || type === 'input_json_delta'))),
  ];
  return {
    type: 'ai',
    id: all.find(({ id }) => typeof id === 'string')?.['id'],
    content: content.length === 1 && text !== '' ? text : content,
    tool_calls: streamed.length ? streamed.map(({ id, name, args }) => ({ id, name, args: jsonOrText(args) })) : whole,
    additional_kwargs: extra,
    response_metadata: response,
    usage_metadata: addedUsage(all),
  };
}

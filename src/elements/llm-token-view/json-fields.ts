import { sameValue, type Span } from '../../model/index.js';
import type { TokenList } from './token-list.js';

/** A value of a JSON document that the model wrote, and the cells that it is written in. */
export interface JsonField {
  /** The tool whose arguments the document is; empty for an answer that is JSON. */
  readonly tool: string;
  /** Names from the outside in, with points between them. */
  readonly path: string;
  readonly value: string;
  /** First cell, and the one behind the last. */
  readonly start: number;
  readonly end: number;
}

/** Characters that are looked at, documents, and fields. */
const LONGEST = 200_000;
const MOST_DOCUMENTS = 50;
const MOST_FIELDS = 500;

/** Values in the JSON that stands in the output, those of tool calls with their tool. */
export function jsonFields(list: TokenList, span: Span | undefined): JsonField[] {
  const starts: number[] = [];
  let text = '';
  for (let cell = list.split; cell < list.count && text.length < LONGEST; cell++) {
    starts.push(text.length);
    text += list.textOf(cell).slice(0, LONGEST);
  }
  const calls = toolCalls(span);
  const fields: JsonField[] = [];
  let documents = 0;
  let from = 0;
  while (documents < MOST_DOCUMENTS && fields.length < MOST_FIELDS) {
    const begin = text.indexOf('{', from);
    if (begin < 0) break;
    documents++;
    const end = endOfObject(text, begin);
    const held = end < 0 ? undefined : parsed(text.slice(begin, end));
    if (held === undefined) {
      from = begin + 1;
      continue;
    }
    const { tool, inside } = toolOf(held, calls);
    for (const { path, start, stop } of valuesIn(text, begin, end)) {
      if (fields.length >= MOST_FIELDS) break;
      if (inside && path !== inside && !path.startsWith(`${inside}.`)) continue;
      fields.push({
        tool,
        path: inside ? path.slice(inside.length + 1) : path,
        value: text.slice(start, stop),
        start: list.split + cellAt(starts, start),
        end: list.split + cellAt(starts, stop - 1) + 1,
      });
    }
    from = end;
  }
  return fields;
}

interface Call {
  name: string;
  arguments: unknown;
}

const toolCalls = (span: Span | undefined): Call[] =>
  span?.messages.flatMap(({ origin, parts }) =>
    origin === 'output' ? parts.filter((part) => part.type === 'tool-call') : [],
  ) ?? [];

/** The tool that a document calls: it is its arguments, or it has them beside the name of the tool, as models are taught. */
function toolOf(held: unknown, calls: readonly Call[]): { tool: string; inside: string } {
  const whole = calls.find((call) => sameValue(call.arguments, held));
  if (whole) return { tool: whole.name, inside: '' };
  for (const inside of ['arguments', 'parameters']) {
    const part = (held as Readonly<Record<string, unknown>>)[inside];
    const call = part === undefined ? undefined : calls.find((one) => sameValue(one.arguments, part));
    if (call) return { tool: call.name, inside };
  }
  return { tool: '', inside: '' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Behind the bracket that closes the object; -1 where none does. */
function endOfObject(text: string, begin: number): number {
  let depth = 0;
  for (let at = begin; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"') {
      at = endOfText(text, at) - 1;
      if (at < 0) return -1;
    } else if (sign === '{' || sign === '[') depth++;
    else if ((sign === '}' || sign === ']') && --depth === 0) return at + 1;
  }
  return -1;
}

/** Behind the quotation mark that closes a text; 0 where none does. */
function endOfText(text: string, begin: number): number {
  for (let at = begin + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return 0;
}

/** The values of an object that are neither objects nor lists, with their places. The text is JSON: it was parsed. */
function* valuesIn(text: string, begin: number, end: number): Generator<{ path: string; start: number; stop: number }> {
  /** Of each object and list that is open: the name, or the number of the entry, that is being read. */
  const open: (string | number)[] = [];
  let isName = false;
  for (let at = begin; at < end;) {
    const sign = text[at]!;
    if (sign === '{' || sign === '[') {
      open.push(sign === '[' ? 0 : '');
      isName = sign === '{';
      at++;
    } else if (sign === '}' || sign === ']') {
      open.pop();
      at++;
    } else if (sign === ',') {
      const last = open.at(-1);
      if (typeof last === 'number') open[open.length - 1] = last + 1;
      isName = typeof last === 'string';
      at++;
    } else if (sign === ':') {
      isName = false;
      at++;
    } else if (/\s/.test(sign)) at++;
    else {
      const stop = sign === '"' ? endOfText(text, at) : endOfWord(text, at, end);
      if (isName) open[open.length - 1] = String(parsed(text.slice(at, stop)));
      else yield { path: open.join('.'), start: at, stop };
      at = stop;
    }
  }
}

function endOfWord(text: string, begin: number, end: number): number {
  let at = begin;
  while (at < end && !/[\s,\]}:]/.test(text[at]!)) at++;
  return Math.max(at, begin + 1);
}

/** The cell that a character is in: the last one that begins before it or there. */
function cellAt(starts: readonly number[], place: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

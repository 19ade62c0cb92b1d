import { asCount } from '../conventions/convention.js';
import type {
  Payload,
  Score,
  SpanException,
  SpanOutline,
  SpanRecord,
  SpanTable,
  TimeOrigin,
  Usage,
} from '../model/index.js';
import { USAGE_FIELDS } from '../model/usage.js';
import { firstText, textOrJson } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { SPANS_PER_STEP } from './format.js';
import { firstObject, isObject, type JsonObject } from '../payloads/json-value.js';
import { emptyOutline } from './outline.js';
import { thrown } from './traceback.js';

/*
 * What the formats have in common whose spans are plain rows: every fact a field of its own, under the vendor's name.
 */

/** The objects of a list. What is no object is reported and left out. */
export function* rowsOf(list: Iterable<unknown>, table: SpanTable): Generator<JsonObject> {
  for (const item of list) {
    if (isObject(item)) yield item;
    else table.problems.push({ code: 'unreadable-record', message: 'A row is not an object and was left out.' });
  }
}

/** Whether a value is a row, a list that begins with one, or an object with such a list under one of these keys. */
export function holdsRow(
  value: unknown,
  isRow: (row: JsonObject | undefined) => boolean,
  ...keys: readonly string[]
): boolean {
  const first = firstObject(value);
  return first !== undefined && (isRow(first) || keys.some((key) => isRow(firstObject(first[key]))));
}

/** The rows of a value that `holdsRow` knows. */
export function* wrappedRows(
  value: unknown,
  table: SpanTable,
  isRow: (row: JsonObject | undefined) => boolean,
  ...keys: readonly string[]
): Generator<JsonObject> {
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    const list = isRow(item) ? undefined : keys.map((key) => item[key]).find(Array.isArray);
    if (list) yield* rowsOf(list as unknown[], table);
    else yield item;
  }
}

/** The object under a name, or in the JSON text there; empty where there is none. */
export function partOf(row: JsonObject, name: string): JsonObject {
  const value = jsonOrText(row[name]);
  return isObject(value) ? value : {};
}

/** What went in or came out: JSON text is parsed, and null is nothing. */
export const payloadIn = (value: unknown): Payload | undefined =>
  value === undefined || value === null ? undefined : (jsonOrText(value) as Payload);

/** Adds each row, and yields as `Format.read` is asked to. */
export function* inSteps<Row>(rows: Iterable<Row>, add: (row: Row) => void): Generator<number, void> {
  let done = 0;
  for (const row of rows) {
    add(row);
    if (++done % SPANS_PER_STEP === 0) yield done;
  }
}

const BLANK: Readonly<SpanOutline> = emptyOutline();

/** Makes an outline say nothing again before the next span is written into it. */
export const clearOutline = (outline: SpanOutline): SpanOutline => Object.assign(outline, BLANK);

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,12}))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/**
 * A moment on the table's clock: ISO text, whose fraction of a second is kept however fine it is (text without a zone is
 * UTC, as Python writes it), or milliseconds since the epoch as a number or its digits. `NaN` for anything else.
 */
export function momentOf(origin: TimeOrigin, value: unknown): number {
  if (typeof value === 'number') return origin.fromMillis(value);
  if (value instanceof Date) return origin.fromMillis(value.getTime());
  if (typeof value !== 'string') return NaN;
  if (/^\d{12,14}(\.\d+)?$/.test(value)) return origin.fromMillis(Number(value));
  const [, day, time, fraction = '', zone = 'Z'] = ISO.exec(value) ?? [];
  if (day === undefined) return NaN;
  const offset = /^[+-]/.test(zone) ? zone.replace(/^(...):?(..)$/, '$1:$2') : 'Z';
  const millis = Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  return origin.fromMillis(millis, Number(`0.${fraction.slice(3) || '0'}`));
}

/** A moment on the table's clock from seconds since the epoch, which as a double are good for microseconds and no more. */
export function momentOfSeconds(origin: TimeOrigin, seconds: unknown): number {
  if (typeof seconds !== 'number') return NaN;
  const whole = Math.floor(seconds);
  return origin.fromMillis(whole * 1000, Math.round((seconds - whole) * 1e6) / 1000);
}

/** Token counts that are numbers. `undefined` where none is; the total is the sum of the sides where none is stated. */
export function usageOf(counts: { readonly [field in keyof Usage]: unknown }): Usage | undefined {
  let usage: Usage | undefined;
  for (const field of USAGE_FIELDS) {
    const tokens = asCount(counts[field]);
    if (tokens !== undefined) (usage ??= {})[field] = tokens;
  }
  if (usage && usage.total === undefined && usage.input !== undefined && usage.output !== undefined) {
    usage.total = usage.input + usage.output;
  }
  return usage;
}

/** The sum of the numbers that are known; `undefined` where none is. */
export function sumOf(...values: readonly unknown[]): number | undefined {
  const known = values.map(asCount).filter((value) => value !== undefined);
  return known.length ? known.reduce((sum, value) => sum + value, 0) : undefined;
}

/**
 * The fields of a row by their own names, for whoever wants to see all that it states; an object's fields stand behind
 * its name and a dot. What is shown elsewhere (input, output) may be left out, and is in `raw` all the same.
 */
export function fieldsOf(row: JsonObject, leaveOut: ReadonlySet<string> = new Set()): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined || value === null || leaveOut.has(name)) continue;
    if (isObject(value)) for (const [inner, item] of Object.entries(value)) fields.set(`${name}.${inner}`, item);
    else fields.set(name, value);
  }
  return fields;
}

const NOTHING: ReadonlyMap<string, unknown> = new Map();

/** A record that is attributes and nothing else. */
export const recordOf = (attributes: ReadonlyMap<string, unknown>): SpanRecord => ({
  attributes,
  events: [],
  links: [],
  resource: NOTHING,
  scope: {},
});

/** What went wrong, from an error of any shape: text, perhaps with a stack below it, or an object that says more. */
export function exceptionOf(error: unknown): SpanException | undefined {
  if (!error) return undefined;
  if (isObject(error)) {
    // Written by some for every span: an error whose fields are all empty.
    if (!Object.values(error).some(Boolean)) return undefined;
    const type = firstText(error, 'type', 'name', 'error_type', 'exception_type');
    const stacktrace = firstText(error, 'stack', 'stacktrace', 'traceback');
    return {
      message: firstText(error, 'message', 'error_message', 'error', 'detail') ?? type ?? textOrJson(error),
      ...(type !== undefined && { type }),
      ...(stacktrace !== undefined && { stacktrace }),
    };
  }
  return thrown(textOrJson(error));
}

/** Marks a span as failed if there is an error. */
export function putError(outline: SpanOutline, error: unknown): void {
  const exception = exceptionOf(error);
  if (!exception) return;
  outline.status = 'error';
  outline.statusMessage = exception.message;
}

/** Scores from a map of names to numbers, words or verdicts. `name_explanation` explains `name`. */
export function scoresOf(map: unknown, source?: string): Score[] {
  if (!isObject(map)) return [];
  return Object.entries(map).flatMap(([name, value]): Score[] => {
    const subject = name.endsWith('_explanation') ? name.slice(0, -'_explanation'.length) : undefined;
    if (subject !== undefined && Object.hasOwn(map, subject)) return [];
    if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'boolean') return [];
    const explanation = map[`${name}_explanation`];
    return [
      {
        name,
        value,
        ...(typeof explanation === 'string' && { explanation }),
        ...(source !== undefined && { source }),
      },
    ];
  });
}

/** The tags of a list that are text; `undefined` where none is. */
export function tagsOf(value: unknown): readonly string[] | undefined {
  const tags = Array.isArray(value) ? value.filter((tag) => typeof tag === 'string' && tag !== '') : [];
  return tags.length ? (tags as string[]) : undefined;
}

/** A map of parameters from the object that holds them; `undefined` where it states none. */
export function parametersIn(
  object: unknown,
  leaveOut: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, unknown> | undefined {
  if (!isObject(object)) return undefined;
  const stated = Object.entries(object).filter(
    ([name, value]) => value !== undefined && value !== null && !leaveOut.has(name),
  );
  return stated.length ? new Map(stated) : undefined;
}

/** What callers set beside model, messages and tools, in the spellings of the common providers. */
const CALL_PARAMETERS: ReadonlySet<string> = new Set(
  `temperature top_p topP top_k topK max_tokens maxTokens max_output_tokens maxOutputTokens max_completion_tokens
  frequency_penalty frequencyPenalty presence_penalty presencePenalty seed n stop stop_sequences stopSequences stream
  stream_options response_format responseFormat tool_choice toolChoice parallel_tool_calls reasoning reasoning_effort thinking
  logprobs top_logprobs logit_bias service_tier user`.split(/\s+/),
);

/** The parameters of a model call among the fields of these objects; of two with one name the first is taken. */
export function callParameters(...objects: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const parameters = new Map<string, unknown>();
  for (const object of objects) {
    if (!isObject(object)) continue;
    for (const name of CALL_PARAMETERS) {
      const value = object[name];
      if (value !== undefined && value !== null && !parameters.has(name)) parameters.set(name, value);
    }
  }
  return parameters.size ? parameters : undefined;
}

import { isObject } from '../payloads/json-value.js';
import { EmptyInputError, UnknownFormatError, type TraceReadError } from './errors.js';
import type { Format } from './format.js';
import { SseTranscript } from './provider/sse-transcript.js';

/**
 * Why none of the formats takes a value.
 *
 * @param name the name that the format was asked for by
 */
export function unknownFormat(value: unknown, all: readonly Format[], name: string | undefined): TraceReadError {
  if (name) {
    return new UnknownFormatError(
      `There is no format “${name}”. Known formats: ${all.map((format) => format.name).join(', ')}.`,
    );
  }
  if (Array.isArray(value) && value.length === 0) return new EmptyInputError('The list is empty: it holds no spans.');
  return new UnknownFormatError(
    `${seen(value)} That is no trace format known here. Formats that are read: ${all.map(({ title }) => title.replace(/ \([^)]*\)/g, '')).join(', ')}.`,
  );
}

/** What a value looks like from outside, for the error message. */
function seen(value: unknown): string {
  if (value === null || value === undefined) return `The input is ${value}.`;
  if (Array.isArray(value)) {
    const first: unknown = value.find((item) => item !== null);
    const items = isObject(first) ? ` of objects with the keys ${keysOf(first)}` : '';
    return `The input is a list of ${value.length}${items}.`;
  }
  if (value instanceof Uint8Array) return `The input is ${value.length} bytes that are no text.`;
  if (value instanceof SseTranscript) {
    const { length } = value.events;
    return `The input is an event stream (SSE) of ${length} ${length === 1 ? 'event' : 'events'}.`;
  }
  if (isObject(value)) return `The input is an object with the keys ${keysOf(value)}.`;
  return `The input is a ${typeof value}.`;
}

function keysOf(value: object): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return '(none)';
  const shown = keys.slice(0, 8).map((key) => `“${key.length > 40 ? `${key.slice(0, 40)}…` : key}”`);
  return shown.join(', ') + (keys.length > 8 ? ` and ${keys.length - 8} more` : '');
}

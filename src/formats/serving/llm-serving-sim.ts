import { asCount, asNumber } from '../../conventions/convention.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import type { Format } from '../format.js';
import { emptyOutline } from '../outline.js';
import { clearOutline, holdsRow, inSteps, usageOf, wrappedRows } from '../row.js';
import { simulatedMoment, simulatedReader } from './simulated-request.js';

/** Nanoseconds in a millisecond. */
const NANOS = 1e6;

/**
 * The table of requests that LLMServingSim 2 writes (`--output`): nanoseconds of simulated time (casys-kaist/LLMServingSim, “Reading
 * the output”). Its first token is when it was worked out, not when a client had it.
 */
export const llmServingSim: Format = {
  name: 'llm-serving-sim',
  title: 'LLMServingSim requests',

  detect: (value) => holdsRow(value, isRequest),

  *read(value, table) {
    const outline = emptyOutline();
    yield* inSteps(wrappedRows(value, table, isRequest), (row) => {
      clearOutline(outline);
      const instance = idText(row['instance id']);
      const request = idText(row['request id']);
      outline.traceId = 'llm-serving-sim';
      // Each instance counts its requests, or all do: both together are unique.
      outline.id = `${instance}/${request}`;
      outline.name = `request ${request}`;
      outline.kind = 'llm';
      outline.model = asText(row['model']) || undefined;
      outline.service = `instance ${instance}`;
      outline.start = simulatedMoment(table.origin, asNumber(row['arrival'])! / NANOS);
      outline.end = outline.start + asNumber(row['latency'])! / NANOS;
      outline.usage = usageOf({ input: row['input'], output: row['output'] });
      table.add(outline, row, reader);
    });
  },
};

const idText = (value: unknown): string => (typeof value === 'number' ? String(value) : asText(value));

const isRequest = (row: JsonObject | undefined): boolean =>
  isObject(row) &&
  row['request id'] !== undefined &&
  ['arrival', 'latency', 'TTFT'].every((name) => asNumber(row[name]) !== undefined);

const nanos = (row: JsonObject, name: string): number | undefined => {
  const value = asNumber(row[name]);
  return value === undefined || value < 0 ? undefined : value / NANOS;
};

const reader = simulatedReader(llmServingSim.name, (row) => {
  const gaps = jsonOrText(row['ITL']);
  return {
    queue: nanos(row, 'queuing_delay'),
    first: nanos(row, 'TTFT'),
    end: nanos(row, 'latency'),
    tpot: nanos(row, 'TPOT'),
    on: `instance ${idText(row['instance id'])}`,
    tokensIn: asCount(row['input']),
    tokensOut: asCount(row['output']),
    gaps: Array.isArray(gaps) ? gaps.filter((gap) => typeof gap === 'number').map((gap) => gap / NANOS) : undefined,
  };
});

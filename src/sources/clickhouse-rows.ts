import type { ModelFigures } from '../analysis/index.js';
import type { Spread } from '../analysis/percentile.js';

/** A row of an answer: a list of values. */
export type SqlRow = readonly unknown[];

/** Rows of an answer in the format JSONCompact; `undefined` where it is none. */
export function sqlRows(answer: unknown): readonly SqlRow[] | undefined {
  const data = typeof answer === 'object' && answer !== null ? (answer as { data?: unknown }).data : undefined;
  return Array.isArray(data) && data.every((row) => Array.isArray(row)) ? (data as SqlRow[]) : undefined;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** What `bigint` makes of a text of digits; 0 of anything else. */
export const wholeOf = (value: unknown): bigint => (/^-?\d{1,19}$/.test(textOf(value)) ? BigInt(textOf(value)) : 0n);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string');

/** Milliseconds of nanoseconds since the epoch, with their fraction. */
export const millisOf = (nanos: bigint): number => Number(nanos / 1_000_000n) + Number(nanos % 1_000_000n) / 1e6;

/** Attributes whose kind the table has lost: it keeps texts only. Those of a request are numbers, yes or no, and lists. */
const TYPED = /^gen_ai\.request\.(?!model$)|^tag\.tags$|^gen_ai\.evaluation\.score\.value$/;

function valueOf(key: string, text: string): object {
  if (TYPED.test(key)) {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'number') return { doubleValue: value };
      if (typeof value === 'boolean') return { boolValue: value };
      if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
        return { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } };
    } catch {
      // A text.
    }
  }
  return { stringValue: text };
}

const attributesOf = (keys: unknown, values: unknown): object[] => {
  const texts = textsOf(values);
  return textsOf(keys).map((key, at) => ({ key, value: valueOf(key, texts[at] ?? '') }));
};

/** The exporter writes `Client` for a kind and `Error` for a code, older ones `SPAN_KIND_CLIENT` and `STATUS_CODE_ERROR`. */
const enumOf = (prefix: string, value: unknown): string => {
  const word = textOf(value).toUpperCase();
  return word.startsWith(prefix) ? word : prefix + word;
};

/** A row that `spansSql` asks for, as OTLP JSON has what a resource sent. */
export function resourceSpansOf(row: SqlRow): object {
  const [start, traceId, spanId, parentSpanId, traceState, name, kind, ...further] = row;
  const [resourceKeys, resourceValues, scopeName, scopeVersion, keys, values, duration, code, message] = further;
  const [times, names, eventKeys, eventValues, linkTraces, linkSpans, linkKeys, linkValues] = further.slice(9);
  return {
    resource: { attributes: attributesOf(resourceKeys, resourceValues) },
    scopeSpans: [
      {
        scope: { name: scopeName, version: scopeVersion },
        spans: [
          {
            traceId,
            spanId,
            parentSpanId,
            traceState,
            name,
            kind: enumOf('SPAN_KIND_', kind),
            startTimeUnixNano: textOf(start),
            endTimeUnixNano: String(wholeOf(start) + wholeOf(duration)),
            attributes: attributesOf(keys, values),
            status: { code: enumOf('STATUS_CODE_', code), message },
            events: listOf(names).map((event, at) => ({
              name: event,
              timeUnixNano: textOf(listOf(times)[at]),
              attributes: attributesOf(listOf(eventKeys)[at], listOf(eventValues)[at]),
            })),
            links: listOf(linkTraces).map((linked, at) => ({
              traceId: linked,
              spanId: listOf(linkSpans)[at],
              attributes: attributesOf(listOf(linkKeys)[at], listOf(linkValues)[at]),
            })),
          },
        ],
      },
    ],
  };
}

/** Figures of traces, as `figuresSql` asks for them. */
export interface SqlFigures {
  readonly count: number;
  readonly duration: Spread | undefined;
  readonly timeToFirstToken: Spread | undefined;
  readonly failed: number;
  readonly tokens: number | undefined;
  readonly cost: number | undefined;
}

export function figuresOf(row: SqlRow): SqlFigures {
  const [, count, duration, durations, longest, waits, wait, spread, longestWait, failed, tokens, cost] = row;
  return {
    count: numberOf(count) ?? 0,
    duration: spreadOf(count, duration, durations, longest),
    timeToFirstToken: spreadOf(waits, wait, spread, longestWait),
    failed: numberOf(failed) ?? 0,
    tokens: numberOf(tokens),
    cost: numberOf(cost),
  };
}

function spreadOf(count: unknown, sum: unknown, quantiles: unknown, max: unknown): Spread | undefined {
  const of = numberOf(count);
  const [p50, p95, p99] = listOf(quantiles).map(numberOf);
  if (!of || p50 === undefined || p95 === undefined || p99 === undefined) return undefined;
  return { count: of, sum: numberOf(sum) ?? 0, p50, p95, p99, max: numberOf(max) ?? p99 };
}

/** Calls of a model, as `modelsSql` asks for them. */
export function modelOf(row: SqlRow): ModelFigures {
  const [, model, calls, tokens, cost] = row;
  return {
    model: textOf(model),
    calls: numberOf(calls) ?? 0,
    ...(numberOf(tokens) !== undefined && { tokens: numberOf(tokens)! }),
    ...(numberOf(cost) !== undefined && { cost: numberOf(cost)! }),
  };
}

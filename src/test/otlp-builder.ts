/** For tests: OTLP documents, written short. */

export interface OtlpSpanSketch {
  id?: string;
  parentId?: string;
  traceId?: string;
  name?: string;
  /** Nanoseconds. */
  start?: unknown;
  end?: unknown;
  attributes?: Readonly<Record<string, unknown>>;
  /** Members that replace or join those of the span. */
  more?: object;
}

export const TRACE_ID = '5b8efff798038103d269b633813fc60c';
export const START = '1767268800123456789';
export const END = '1767268801123456790';

/** A value as `AnyValue`. */
export function anyValueOf(value: unknown): object {
  if (value === null || value === undefined) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValueOf) } };
  return { kvlistValue: { values: attributesOf(value as Record<string, unknown>) } };
}

/** Attributes as OTLP's list of keys and values. */
export const attributesOf = (attributes: Readonly<Record<string, unknown>>): { key: string; value: object }[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValueOf(value) }));

export const otlpSpan = (sketch: OtlpSpanSketch = {}): Record<string, unknown> => ({
  traceId: sketch.traceId ?? TRACE_ID,
  spanId: sketch.id ?? 'eee19b7ec3c1b174',
  ...(sketch.parentId !== undefined && { parentSpanId: sketch.parentId }),
  name: sketch.name ?? 'work',
  kind: 1,
  startTimeUnixNano: sketch.start ?? START,
  endTimeUnixNano: sketch.end ?? END,
  attributes: attributesOf(sketch.attributes ?? {}),
  status: {},
  ...sketch.more,
});

/** One entry of `resourceSpans`. */
export const resourceSpansOf = (spans: readonly unknown[], service = 'shop'): Record<string, unknown> => ({
  resource: { attributes: attributesOf({ 'service.name': service }) },
  scopeSpans: [{ scope: { name: 'test-scope', version: '1.2.3' }, spans }],
});

export const otlpDocument = (...spans: readonly unknown[]): { resourceSpans: Record<string, unknown>[] } => ({
  resourceSpans: [resourceSpansOf(spans)],
});

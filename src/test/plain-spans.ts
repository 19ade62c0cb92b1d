/** For tests: the spans of a file, found by a plain scan that shares nothing with the readers that it checks. */
export interface PlainSpan {
  /** Empty where there is none. */
  id: string;
  parentId: string;
  name: string;
  /** The start in milliseconds since the epoch. */
  millis: number | undefined;
  hasStart: boolean;
  hasEnd: boolean;
  attributes: Readonly<Record<string, unknown>>;
  /** Whether this is the record of the span. */
  isRaw(raw: unknown): boolean;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object in a value that looks like a span, in the order of the text. */
function spanObjects(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(spanObjects);
  if (!isObject(value)) return [];
  if ('startTime' in value || ('spanId' in value && 'name' in value)) return [value];
  return Object.values(value).flatMap(spanObjects);
}

function idOf(value: unknown): string {
  if (isObject(value)) return (value['data'] as number[]).map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function millisOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return Number(value[0]) * 1000 + Number(value[1]) / 1e6;
  const nanos = isObject(value) ? Number(value['high']) * 2 ** 32 + (Number(value['low']) >>> 0) : Number(value);
  return nanos ? nanos / 1e6 : undefined;
}

/** The value of an `AnyValue` that is plain; of others only that they are there. */
function plainValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const inner = Object.values(value)[0];
  return isObject(inner) && 'low' in inner ? inner['low'] : inner;
}

function attributesOf(value: unknown): Json {
  if (!Array.isArray(value)) return isObject(value) ? value : {};
  return Object.fromEntries((value as Json[]).map((item) => [item['key'] as string, plainValue(item['value'])]));
}

function plainSpan(span: Json): PlainSpan {
  const context = isObject(span['spanContext']) ? span['spanContext'] : span;
  const parent = isObject(span['parentSpanContext']) ? span['parentSpanContext']['spanId'] : span['parentSpanId'];
  const start = millisOf(span['startTime'] ?? span['startTimeUnixNano']);
  const written = JSON.stringify(span);
  return {
    id: idOf(context['spanId']),
    parentId: idOf(parent),
    name: String(span['name']),
    millis: start,
    hasStart: start !== undefined,
    hasEnd: millisOf(span['endTime'] ?? span['endTimeUnixNano']) !== undefined,
    attributes: attributesOf(span['attributes']),
    isRaw: (raw) => JSON.stringify(raw) === written,
  };
}

/** A file that holds only the attributes of one span is one span without anything else. */
function attributeSpan(attributes: Json): PlainSpan {
  const written = JSON.stringify(attributes);
  const isRaw = (raw: unknown): boolean => JSON.stringify(raw) === written;
  return {
    id: 'span',
    parentId: '',
    name: 'undefined',
    millis: undefined,
    hasStart: false,
    hasEnd: false,
    attributes,
    isRaw,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim())
      .map((line) => JSON.parse(line) as unknown);
  }
}

export function plainSpansIn(text: string): PlainSpan[] {
  const value = parsed(text);
  const spans = spanObjects(value);
  return spans.length || !isObject(value) ? spans.map(plainSpan) : [attributeSpan(value)];
}

/** OTLP as protobuf, in an entry of its own: most receivers take JSON, which needs nothing more. */
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { RecordedSpan } from '../model/index.js';
import type { OtlpAnswer, OtlpEncoding } from './otlp-encoding.js';
import { toOtlp, type OtlpOptions } from './otlp.js';

/**
 * For receivers that take no JSON: `otlpExporter({ url, encoding: otlpProtobuf })`. Halves of a surrogate pair that stand
 * alone become U+FFFD, since protobuf's texts are UTF-8.
 */
export const otlpProtobuf: OtlpEncoding = {
  contentType: 'application/x-protobuf',
  encode: ({ resourceSpans }) => encode({ resourceSpans }, 'TracesData'),
  decode: decodeAnswer,
};

/** Spans as `toOtlp` writes them, as the protobuf bytes of `TracesData` and of `ExportTraceServiceRequest`, which are the same. */
export const toOtlpProtobuf = (spans: Iterable<RecordedSpan>, options?: OtlpOptions): Uint8Array<ArrayBuffer> =>
  encode(toOtlp(spans, options), 'TracesData');

interface ScalarType {
  wireType: WireType;
  write(writer: BinaryWriter, value: unknown): void;
}

/** Values as OTLP JSON writes them: ids in hex, 64-bit numbers as decimal digits. */
const SCALARS: ReadonlyMap<string, ScalarType> = new Map<string, ScalarType>([
  ['string', { wireType: WireType.LengthDelimited, write: (writer, value) => writer.string(value as string) }],
  ['id', { wireType: WireType.LengthDelimited, write: (writer, value) => writer.bytes(bytesOfHex(value as string)) }],
  ['bool', { wireType: WireType.Varint, write: (writer, value) => writer.bool(value as boolean) }],
  ['enum', { wireType: WireType.Varint, write: (writer, value) => writer.int32(value as number) }],
  ['int64', { wireType: WireType.Varint, write: (writer, value) => writer.int64(value as string) }],
  ['double', { wireType: WireType.Bit64, write: (writer, value) => writer.double(Number(value)) }],
  ['fixed64', { wireType: WireType.Bit64, write: (writer, value) => writer.fixed64(value as string) }],
]);

type Fields = readonly (readonly [name: string, number: number, type: string])[];

/**
 * Numbers of the fields that `toOtlp` writes: open-telemetry/opentelemetry-proto, trace/v1/trace.proto,
 * common/v1/common.proto and resource/v1/resource.proto.
 */
const MESSAGES: ReadonlyMap<string, Fields> = new Map<string, Fields>([
  ['TracesData', [['resourceSpans', 1, 'ResourceSpans']]],
  [
    'ResourceSpans',
    [
      ['resource', 1, 'Resource'],
      ['scopeSpans', 2, 'ScopeSpans'],
    ],
  ],
  ['Resource', [['attributes', 1, 'KeyValue']]],
  [
    'ScopeSpans',
    [
      ['scope', 1, 'Scope'],
      ['spans', 2, 'Span'],
    ],
  ],
  ['Scope', [['name', 1, 'string']]],
  [
    'Span',
    [
      ['traceId', 1, 'id'],
      ['spanId', 2, 'id'],
      ['parentSpanId', 4, 'id'],
      ['name', 5, 'string'],
      ['kind', 6, 'enum'],
      ['startTimeUnixNano', 7, 'fixed64'],
      ['endTimeUnixNano', 8, 'fixed64'],
      ['attributes', 9, 'KeyValue'],
      ['events', 11, 'Event'],
      ['links', 13, 'Link'],
      ['status', 15, 'Status'],
    ],
  ],
  [
    'Event',
    [
      ['timeUnixNano', 1, 'fixed64'],
      ['name', 2, 'string'],
      ['attributes', 3, 'KeyValue'],
    ],
  ],
  [
    'Link',
    [
      ['traceId', 1, 'id'],
      ['spanId', 2, 'id'],
      ['attributes', 4, 'KeyValue'],
    ],
  ],
  [
    'Status',
    [
      ['message', 2, 'string'],
      ['code', 3, 'enum'],
    ],
  ],
  [
    'KeyValue',
    [
      ['key', 1, 'string'],
      ['value', 2, 'AnyValue'],
    ],
  ],
  [
    'AnyValue',
    [
      ['stringValue', 1, 'string'],
      ['boolValue', 2, 'bool'],
      ['intValue', 3, 'int64'],
      ['doubleValue', 4, 'double'],
      ['arrayValue', 5, 'ArrayValue'],
      ['kvlistValue', 6, 'KeyValueList'],
    ],
  ],
  ['ArrayValue', [['values', 1, 'AnyValue']]],
  ['KeyValueList', [['values', 1, 'KeyValue']]],
]);

interface Field {
  number: number;
  type: string;
  value: unknown;
}

/** The fields of a message that are there, one for each item of a list. */
function* fieldsOf(message: object, type: string): Generator<Field, undefined> {
  for (const [name, number, fieldType] of MESSAGES.get(type)!) {
    const value = (message as Record<string, unknown>)[name];
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (item !== undefined) yield { number, type: fieldType, value: item };
    }
  }
  return undefined;
}

/** Values can be nested to any depth, so there is a list of open messages in place of recursion. */
function encode(document: object, type: string): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  const open = [fieldsOf(document, type)];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const { value: field } = top.next();
    const scalar = field && SCALARS.get(field.type);
    if (!field) {
      open.pop();
      if (open.length) writer.join();
    } else if (scalar) scalar.write(writer.tag(field.number, scalar.wireType), field.value);
    else {
      writer.tag(field.number, WireType.LengthDelimited).fork();
      open.push(fieldsOf(field.value as object, field.type));
    }
  }
  return writer.finish();
}

const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => parseInt(hex.slice(at * 2, at * 2 + 2), 16));

/**
 * `ExportTraceServiceResponse` holds `partial_success = 1 { rejected_spans = 1, error_message = 2 }`
 * (collector/trace/v1/trace_service.proto), google.rpc's `Status` a text as field 2.
 */
function decodeAnswer(bytes: Uint8Array): OtlpAnswer {
  const answer: OtlpAnswer = {};
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    // What is inside follows: its fields and those outside are never the same.
    if (number === 1 && wireType === WireType.LengthDelimited) reader.uint32();
    else if (number === 1 && wireType === WireType.Varint) answer.rejected = Number(reader.int64());
    else if (number === 2 && wireType === WireType.LengthDelimited) answer.message = reader.string();
    else reader.skip(wireType, number);
  }
  return answer;
}

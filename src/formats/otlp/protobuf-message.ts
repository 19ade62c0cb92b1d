import { base64Encode, BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { MESSAGES, type MessageFields } from './otlp-schema.js';
import { normalisedId } from '../span-ids.js';

interface ScalarType {
  wireType: WireType;
  read(reader: BinaryReader): unknown;
}

/** Values as OTLP JSON writes them: ids in hex, bytes in base64, 64-bit numbers as decimal digits. */
const SCALARS: ReadonlyMap<string, ScalarType> = new Map<string, ScalarType>([
  ['string', { wireType: WireType.LengthDelimited, read: (reader) => reader.string() }],
  ['id', { wireType: WireType.LengthDelimited, read: (reader) => normalisedId(reader.bytes()) }],
  ['bytes', { wireType: WireType.LengthDelimited, read: (reader) => base64Encode(reader.bytes()) }],
  ['bool', { wireType: WireType.Varint, read: (reader) => reader.bool() }],
  ['double', { wireType: WireType.Bit64, read: (reader) => reader.double() }],
  ['int64', { wireType: WireType.Varint, read: (reader) => String(reader.int64()) }],
  ['fixed64', { wireType: WireType.Bit64, read: (reader) => String(reader.fixed64()) }],
  ['uint32', { wireType: WireType.Varint, read: (reader) => reader.uint32() }],
  ['fixed32', { wireType: WireType.Bit32, read: (reader) => reader.fixed32() }],
]);

type Decoded = Record<string, unknown>;

/** What bytes hold, and where they stop making sense: all that stands before that is decoded. */
export interface DecodedMessage {
  message: Readonly<Decoded>;
  faultAt?: number;
}

interface OpenMessage {
  fields: MessageFields;
  target: Decoded;
  end: number;
}

/**
 * Decodes a message of the schema. Values can be nested to any depth, so there is a list of open messages in place of
 * recursion. Fields that the schema does not know are skipped, as protobuf wants it.
 */
export function decodeMessage(bytes: Uint8Array, name: string): DecodedMessage {
  const reader = new BinaryReader(bytes);
  const message: Decoded = {};
  const open: OpenMessage[] = [{ fields: fieldsOf(name), target: message, end: bytes.length }];
  let fieldAt = 0;
  let isCut = false;
  try {
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (reader.pos >= top.end) {
        if (reader.pos > top.end) throw new RangeError('a field is longer than its message');
        open.pop();
        continue;
      }
      fieldAt = reader.pos;
      if (readField(reader, top, open)) isCut = true;
    }
  } catch {
    return { message, faultAt: fieldAt };
  }
  return { message, ...(isCut && { faultAt: bytes.length }) };
}

/** Reads a field, or opens the message that it holds. Says whether that is longer than what is left of the bytes. */
function readField(reader: BinaryReader, { fields, target, end }: OpenMessage, open: OpenMessage[]): boolean {
  const [number, wireType] = reader.tag();
  const field = fields.get(number);
  const scalar = field && SCALARS.get(field.type);
  if (!field || wireType !== (scalar?.wireType ?? WireType.LengthDelimited)) {
    reader.skip(wireType, number);
    return false;
  }
  let value: unknown;
  let isCut = false;
  if (scalar) value = scalar.read(reader);
  else {
    const length = reader.uint32();
    const innerEnd = Math.min(reader.pos + length, end);
    isCut = reader.pos + length > end;
    // Where the bytes are cut off, every open message is, and what they hold so far is read.
    if (isCut && end < reader.len) throw new RangeError('a message is longer than what holds it');
    // A message that comes twice is one message (protobuf's "last one wins" is for scalars).
    const known = field.isList ? undefined : target[field.name];
    const inner = (known ?? {}) as Decoded;
    open.push({ fields: fieldsOf(field.type), target: inner, end: innerEnd });
    value = inner;
  }
  if (!field.isList) target[field.name] = value;
  else {
    const list = target[field.name] as unknown[] | undefined;
    if (list) list.push(value);
    else target[field.name] = [value];
  }
  return isCut;
}

const NO_FIELDS: MessageFields = new Map();

const fieldsOf = (name: string): MessageFields => MESSAGES.get(name) ?? NO_FIELDS;

/** The contents of every field of this number, as far as the bytes go; those that are cut off end where the bytes end. */
export function* contentsOf(bytes: Uint8Array, number: number): Generator<Uint8Array> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < bytes.length) {
    const [found, wireType] = reader.tag();
    if (found !== number || wireType !== WireType.LengthDelimited) {
      reader.skip(wireType, found);
      continue;
    }
    const length = reader.uint32();
    yield bytes.subarray(reader.pos, reader.pos + length);
    reader.pos += length;
  }
}

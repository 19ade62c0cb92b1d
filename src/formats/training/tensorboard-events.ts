import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { histogramNorm } from './histogram-norm.js';

/** What one value of an event tells: a number, or the norm of a histogram. */
export interface TensorBoardValue {
  readonly tag: string;
  readonly number?: number;
  readonly norm?: number;
  /** Whether the norm was worked out from bins. */
  readonly isEstimated?: boolean;
}

export interface TensorBoardEvent {
  /** Seconds since the epoch. */
  readonly time: number | undefined;
  readonly step: number;
  readonly values: readonly TensorBoardValue[];
}

/** Types of a tensor (`DataType`). */
const FLOAT = 1;
const DOUBLE = 2;

type Field = (reader: BinaryReader, wireType: WireType) => void;

/**
 * Reads the fields of a message that are wanted; the others are skipped, and so are those of another type than they have to be.
 *
 * @throws {Error} where the bytes are no message
 */
function readFields(bytes: Uint8Array, fields: ReadonlyMap<number, readonly [WireType, Field]>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < bytes.length) {
    const [number, wireType] = reader.tag();
    const [wanted, field] = fields.get(number) ?? [];
    // Numbers of a list may stand together, or one by one.
    if (field && (wanted === wireType || (wanted === WireType.Bit64 && wireType === WireType.LengthDelimited))) {
      field(reader, wireType);
    } else reader.skip(wireType, number);
  }
}

const bytesField = (take: (bytes: Uint8Array) => void): readonly [WireType, Field] => [
  WireType.LengthDelimited,
  (reader) => take(reader.bytes()),
];

const doubleField = (take: (value: number) => void): readonly [WireType, Field] => [
  WireType.Bit64,
  (reader, wireType) => {
    if (wireType === WireType.Bit64) return take(reader.double());
    for (const value of numbersOf(reader.bytes(), DOUBLE)) take(value);
  },
];

function numbersOf(bytes: Uint8Array, type: number): number[] {
  const width = type === DOUBLE ? 8 : 4;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / width) }, (_, at) =>
    type === DOUBLE ? view.getFloat64(at * width, true) : view.getFloat32(at * width, true),
  );
}

/**
 * An `Event` of TensorBoard (tensorflow, core/util/event.proto and summary.proto). Pictures, texts, graphs are skipped.
 *
 * @throws {Error} where the bytes are none
 */
export function readEvent(bytes: Uint8Array): TensorBoardEvent {
  let time: number | undefined;
  let step = 0;
  const values: TensorBoardValue[] = [];
  readFields(
    bytes,
    new Map([
      [1, doubleField((value) => (time = value))],
      [2, [WireType.Varint, (reader: BinaryReader) => void (step = Number(reader.int64()))]],
      [
        5,
        bytesField((summary) =>
          readFields(summary, new Map([[1, bytesField((value) => void values.push(readValue(value)))]])),
        ),
      ],
    ]),
  );
  return { time, step, values };
}

function readValue(bytes: Uint8Array): TensorBoardValue {
  let tag = '';
  let told: Omit<TensorBoardValue, 'tag'> = {};
  readFields(
    bytes,
    new Map<number, readonly [WireType, Field]>([
      [1, bytesField((text) => (tag = new TextDecoder().decode(text)))],
      [2, [WireType.Bit32, (reader) => void (told = { number: reader.float() })]],
      [5, bytesField((histogram) => (told = readHistogram(histogram)))],
      [8, bytesField((tensor) => (told = readTensor(tensor)))],
    ]),
  );
  return { tag, ...told };
}

/**
 * `HistogramProto` states the sum of the squares: the norm is its root. A writer leaves out what is 0 (protobuf 3): where least and
 * greatest are 0 too, all of them are.
 */
function readHistogram(bytes: Uint8Array): Omit<TensorBoardValue, 'tag'> {
  const told = new Map<number, number>();
  const take = (number: number): readonly [number, readonly [WireType, Field]] => [
    number,
    doubleField((value) => void told.set(number, value)),
  ];
  readFields(bytes, new Map([take(1), take(2), take(3), take(5)]));
  const [least, greatest, count, squares] = [1, 2, 3, 5].map((number) => told.get(number) ?? 0);
  if (!told.has(5) && (!count || least !== 0 || greatest !== 0)) return {};
  return { norm: Math.sqrt(squares!) };
}

/** A tensor of TensorFlow 2: a number, or a histogram of so many bins × (left, right, count). */
function readTensor(bytes: Uint8Array): Omit<TensorBoardValue, 'tag'> {
  let type = 0;
  let shape: number[] = [];
  let content: number[] = [];
  let packed: Uint8Array | undefined;
  readFields(
    bytes,
    new Map<number, readonly [WireType, Field]>([
      [1, [WireType.Varint, (reader) => void (type = reader.int32())]],
      [2, bytesField((value) => (shape = readShape(value)))],
      [4, bytesField((value) => (packed = value))],
      [5, bytesField((value) => (content = numbersOf(value, FLOAT)))],
      [6, doubleField((value) => void content.push(value))],
    ]),
  );
  if (type !== FLOAT && type !== DOUBLE) return {};
  if (packed) content = numbersOf(packed, type);
  const [bins, columns] = shape;
  if (shape.length === 0) return content.length === 1 ? { number: content[0]! } : {};
  if (shape.length !== 2 || columns !== 3 || content.length !== bins! * 3) return {};
  let norm = 0;
  for (let at = 0; at < content.length; at += 3) {
    norm = Math.hypot(
      norm,
      histogramNorm([content[at + 2]!], (edge) => content[at + edge]!),
    );
  }
  return { norm, isEstimated: true };
}

function readShape(bytes: Uint8Array): number[] {
  const shape: number[] = [];
  const size: readonly [WireType, Field] = [WireType.Varint, (reader) => void shape.push(Number(reader.int64()))];
  readFields(bytes, new Map([[2, bytesField((dimension) => readFields(dimension, new Map([[1, size]])))]]));
  return shape;
}

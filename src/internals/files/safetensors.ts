import { numberOfHalf } from '../arrays.js';
import { bytesOfBase64 } from '../packing.js';
import { count, isFields } from '../shape.js';
import type { Tensor } from './tensors.js';

/** The length of a header, in bytes. */
const LONGEST_HEADER = 1_000_000;

/**
 * A tensor of the safetensors format (huggingface/safetensors, README “Format”): the length of the header in 8 bytes, the header as
 * JSON, the data.
 *
 * @throws {Error} where it is none, or of a type that is not known
 */
export function safetensor(base64: string, name: string): Tensor {
  const bytes = bytesOfBase64(base64);
  const view = new DataView(bytes.buffer);
  const length = bytes.length > 8 ? Number(view.getBigUint64(0, true)) : 0;
  if (length === 0 || length > Math.min(LONGEST_HEADER, bytes.length - 8)) throw new Error('The tensor has no header.');
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const about: unknown = isFields(header) ? header[name] : undefined;
  if (!isFields(about)) throw new Error(`There is no tensor “${name}”.`);
  const { dtype, shape, data_offsets: offsets } = about;
  const type = typeof dtype === 'string' ? TYPES.get(dtype) : undefined;
  if (!type) throw new Error('The type of the tensor is not known.');
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) throw new Error('The tensor has no shape.');
  const size = shape.reduce((all, one) => all * one, 1);
  const [begin, end] = [8 + length + offsets[0]!, 8 + length + offsets[1]!];
  if (end > bytes.length || end - begin !== size * type.width)
    throw new Error('The tensor is not as long as its shape.');
  const values = new Float32Array(size);
  for (let at = 0; at < size; at++) values[at] = type.read(view, begin + at * type.width);
  return { shape, values };
}

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => count(one) === undefined);

interface NumberType {
  readonly width: number;
  read(view: DataView, at: number): number;
}

const TYPES: ReadonlyMap<string, NumberType> = new Map<string, NumberType>([
  ['F64', { width: 8, read: (view, at) => view.getFloat64(at, true) }],
  ['F32', { width: 4, read: (view, at) => view.getFloat32(at, true) }],
  ['F16', { width: 2, read: (view, at) => numberOfHalf(view.getUint16(at, true)) }],
  ['BF16', { width: 2, read: bfloat }],
  ['F8_E4M3', { width: 1, read: (view, at) => numberOfFloat8(view.getUint8(at)) }],
]);

/** The upper half of a number of 32 bits. */
function bfloat(view: DataView, at: number): number {
  const bits = new DataView(new ArrayBuffer(4));
  bits.setUint32(0, view.getUint16(at, true) << 16);
  return bits.getFloat32(0);
}

/** Four bits of exponent, three of fraction, no infinity (OCP 8-bit Floating Point Specification, E4M3). */
function numberOfFloat8(bits: number): number {
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits >> 3) & 15;
  const fraction = bits & 7;
  if (exponent === 15 && fraction === 7) return NaN;
  return sign * (exponent ? 2 ** (exponent - 7) * (1 + fraction / 8) : 2 ** -6 * (fraction / 8));
}

import { isReference, type ArrayLayout, type ArrayType, type EncodedArray, type PackedArray } from './internals.js';
import { base64Of, base64Size, bytesOfBase64, gunzip, gzip } from './packing.js';
import { all, count, fields, inside, isFields, list, maybeNumber, number, oneOf, type Check } from './shape.js';

/** Numbers of one array at the most: 24 layers of 16 heads over 800 tokens are a quarter of it. */
const MOST_NUMBERS = 2 ** 30;
/** Of what is unpacked at once. */
const MOST_BYTES = 2 ** 28;
const MOST_DIMENSIONS = 4;

const WIDTHS: Readonly<Record<ArrayType, number>> = { u8: 1, i8: 1, u16: 2, f16: 2, f32: 4 };
const INDEX_WIDTH = 4;
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

const product = (numbers: readonly number[]): number => numbers.reduce((all, one) => all * one, 1);

/** The last two dimensions are rows and columns; there are as many matrices as the others say. */
function dimensions(shape: readonly number[]): { matrices: number; rows: number; columns: number } {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.length > 1 ? shape.at(-2)! : 1;
  return { matrices: product(shape.slice(0, -2)), rows, columns };
}

/** Numbers of the first rows of a lower triangle, whose last row is as long as the matrix is wide. */
const triangle = (rows: number, columns: number, first = rows): number =>
  first * (columns - rows) + (first * (first + 1)) / 2;

/** How many numbers are stored; `undefined` where only the index says it. */
function storedCount(shape: readonly number[], layout: ArrayLayout): number | undefined {
  const { matrices, rows, columns } = dimensions(shape);
  if (layout === 'dense') return matrices * rows * columns;
  return layout === 'tri' ? matrices * triangle(rows, columns) : undefined;
}

const data: Check = (value) => (typeof value === 'string' ? undefined : list(maybeNumber)(value));

const packed: Check = all(
  fields({
    shape: list(count, undefined, MOST_DIMENSIONS),
    dtype: oneOf(...Object.keys(WIDTHS)),
    'scale?': number,
    'zero?': number,
    'layout?': oneOf('dense', 'tri', 'coo', 'topk'),
    enc: oneOf('json', 'b64', 'gz+b64'),
    data,
    'index?': data,
  }),
  (value) => sizes(value as PackedArray),
);

/** Whether there are as many numbers as the shape says. Of what is compressed that is only known once it is unpacked. */
function sizes({ shape, dtype, layout = 'dense', enc, data, index }: PackedArray): string | undefined {
  if (shape.length === 0 || product(shape) > MOST_NUMBERS) return '.shape is of none, or of too many numbers';
  const { rows, columns } = dimensions(shape);
  if (layout === 'tri' && columns < rows) return '.shape is higher than wide, which no triangle is';
  if ((enc === 'json') === (typeof data === 'string')) return '.data is not what .enc says';
  const hasIndex = layout === 'coo' || layout === 'topk';
  if (hasIndex && index === undefined) return '.index is missing';
  if (enc === 'gz+b64') return undefined;
  const stored = lengthOf(data, WIDTHS[dtype]);
  const wanted = hasIndex ? lengthOf(index!, INDEX_WIDTH) : storedCount(shape, layout);
  return stored === wanted ? undefined : `.data has ${stored} numbers, not ${wanted}`;
}

const lengthOf = (packedData: string | readonly unknown[], width: number): number =>
  typeof packedData === 'string' ? base64Size(packedData) / width : packedData.length;

/** An encoded array, or a reference to one. */
export const encodedArray: Check = (value) => (isFields(value) && isReference(value) ? undefined : packed(value));

/** An array of these dimensions; what is kept elsewhere is checked when it comes. */
export const encodedArrayOf =
  (...shape: readonly number[]): Check =>
  (value) => {
    const wrong = encodedArray(value);
    if (wrong !== undefined || isReference(value as object)) return wrong;
    const has = (value as PackedArray).shape;
    return String(has) === String(shape) ? undefined : `.shape is ${has.join(' × ')}, not ${shape.join(' × ')}`;
  };

/** Finds a part that is kept elsewhere. What it gives is checked like any other input. */
export type ResolvePart = (ref: string) => unknown;

/** An array whose bytes are unpacked. Its numbers are worked out one matrix at a time. */
export class UnpackedArray {
  readonly shape: readonly number[];
  readonly matrices: number;
  readonly rows: number;
  readonly columns: number;
  readonly #array: PackedArray;
  readonly #stored: ArrayLike<number>;
  readonly #index: ArrayLike<number> | undefined;

  /** @internal Made by `unpackArray`. */
  constructor(array: PackedArray, stored: ArrayLike<number>, index: ArrayLike<number> | undefined) {
    this.shape = array.shape;
    ({ matrices: this.matrices, rows: this.rows, columns: this.columns } = dimensions(array.shape));
    this.#array = array;
    this.#stored = stored;
    this.#index = index;
  }

  /**
   * The numbers of one matrix, row by row. What a sparse array or a triangle does not have is `absent`, and what is `null` in a
   * list; a NaN is one.
   */
  matrix(at: number, absent = 0): Float32Array {
    const { rows, columns } = this;
    const { scale = 1, zero = 0, layout = 'dense' } = this.#array;
    const size = rows * columns;
    const stored = this.#stored;
    const isAsStored = layout === 'dense' && scale === 1 && zero === 0;
    if (isAsStored && stored instanceof Float32Array) return stored.slice(at * size, (at + 1) * size);
    const values = new Float32Array(size).fill(absent);
    const value = (place: number): number => {
      const number = stored[place];
      return number === undefined ? absent : scale * (number - zero);
    };
    if (layout === 'dense') for (let i = 0; i < size; i++) values[i] = value(at * size + i);
    else if (layout === 'tri') {
      let place = at * triangle(rows, columns);
      for (let row = 0; row < rows; row++) {
        const end = row * columns + columns - rows + row + 1;
        for (let i = row * columns; i < end; i++) values[i] = value(place++);
      }
    } else if (layout === 'coo') {
      const index = this.#index!;
      for (let i = 0; i < index.length; i++) {
        const to = index[i]! - at * size;
        if (to >= 0 && to < size) values[to] = value(i);
      }
    } else {
      const index = this.#index!;
      const each = index.length / (this.matrices * rows);
      for (let i = at * rows * each; i < (at + 1) * rows * each; i++) {
        const column = index[i]!;
        if (column < columns) values[Math.floor(i / each - at * rows) * columns + column] = value(i);
      }
    }
    return values;
  }
}

/**
 * Unpacks the bytes of an array.
 *
 * @param resolve finds an array that is kept elsewhere
 * @throws {Error} where it is not found, is not what it has to be, or does not hold what its shape says
 */
export async function unpackArray(array: EncodedArray, resolve?: ResolvePart): Promise<UnpackedArray> {
  const held = isReference(array) ? await resolve?.(array.ref) : array;
  const wrong = packed(held);
  if (wrong !== undefined) throw new Error(`${inside('The array', wrong)}.`);
  const whole = held as PackedArray;
  const { shape, dtype, layout = 'dense' } = whole;
  const { matrices, rows } = dimensions(shape);
  const most = Math.min(MOST_BYTES, product(shape) * INDEX_WIDTH);
  const index = whole.index === undefined ? undefined : await numbersOf(whole.index, 'u32', whole.enc, most);
  const stored = await numbersOf(whole.data, dtype, whole.enc, most);
  const wanted = storedCount(shape, layout) ?? index!.length;
  if (stored.length !== wanted) throw new Error(`The array has ${stored.length} numbers, not ${wanted}.`);
  if (layout === 'topk' && wanted % Math.max(1, matrices * rows)) {
    throw new Error('The array does not have as many numbers in each row.');
  }
  return new UnpackedArray(whole, stored, index);
}

async function numbersOf(
  held: string | readonly unknown[],
  type: ArrayType | 'u32',
  encoding: PackedArray['enc'],
  most: number,
): Promise<ArrayLike<number>> {
  // The words for what is no number are those that `Number` knows; `null` is nothing.
  if (typeof held !== 'string') return held.map((item) => (item === null ? undefined : Number(item))) as number[];
  const bytes = encoding === 'gz+b64' ? await gunzip(bytesOfBase64(held), most) : bytesOfBase64(held);
  return numbersIn(bytes, type);
}

function numbersIn(bytes: Uint8Array, type: ArrayType | 'u32'): ArrayLike<number> {
  if (type === 'u8') return bytes;
  const { buffer, byteOffset, byteLength } = bytes;
  if (type === 'i8') return new Int8Array(buffer, byteOffset, byteLength);
  const isAsStored = type === 'f32' && IS_LITTLE_ENDIAN && byteOffset % WIDTHS.f32 === 0;
  if (isAsStored) return new Float32Array(buffer, byteOffset, Math.floor(byteLength / WIDTHS.f32));
  const view = new DataView(buffer, byteOffset, byteLength);
  const width = type === 'u32' ? INDEX_WIDTH : WIDTHS[type];
  const numbers = type === 'u32' ? new Uint32Array(byteLength / width) : new Float32Array(byteLength / width);
  for (let at = 0; at < numbers.length; at++) {
    const place = at * width;
    if (type === 'u32') numbers[at] = view.getUint32(place, true);
    else if (type === 'u16') numbers[at] = view.getUint16(place, true);
    else if (type === 'f32') numbers[at] = view.getFloat32(place, true);
    else numbers[at] = numberOfHalf(view.getUint16(place, true));
  }
  return numbers;
}

/** The number that 16 bits stand for (IEEE 754 binary16). */
export function numberOfHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : (2 ** -14 * fraction) / 1024);
}

export interface PackOptions {
  /** `u8`: the greatest number becomes 255; only for numbers from 0. */
  dtype?: 'u8' | 'f32';
  /** `tri` leaves out what is above the diagonal: attention to what comes later. */
  layout?: 'dense' | 'tri';
  /** Whether the bytes are compressed. True where not said otherwise. */
  isCompressed?: boolean;
}

/** Numbers of a shape, given row by row, as they are written into a trace. */
export async function packArray(
  values: ArrayLike<number>,
  shape: readonly number[],
  { isCompressed = true, ...options }: PackOptions = {},
): Promise<PackedArray> {
  const { bytes, ...array } = storedBytes(values, shape, options);
  return {
    ...array,
    enc: isCompressed ? 'gz+b64' : 'b64',
    data: base64Of(isCompressed ? await gzip(bytes) : bytes),
  };
}

/** The same at once, not compressed. */
export function packArrayNow(
  values: ArrayLike<number>,
  shape: readonly number[],
  options: Omit<PackOptions, 'isCompressed'> = {},
): PackedArray {
  const { bytes, ...array } = storedBytes(values, shape, options);
  return { ...array, enc: 'b64', data: base64Of(bytes) };
}

function storedBytes(
  values: ArrayLike<number>,
  shape: readonly number[],
  { dtype = 'u8', layout = 'dense' }: PackOptions,
): Omit<PackedArray, 'enc' | 'data'> & { bytes: Uint8Array<ArrayBuffer> } {
  const { matrices, rows, columns } = dimensions(shape);
  if (values.length !== product(shape)) throw new RangeError(`${values.length} numbers are not ${shape.join(' × ')}.`);
  if (layout === 'tri' && columns < rows) throw new RangeError('A triangle is not higher than wide.');
  const greatest = greatestOf(values);
  const scale = dtype === 'u8' ? greatest / 255 || 1 : 1;
  const stored = new DataView(new ArrayBuffer(storedCount(shape, layout)! * WIDTHS[dtype]));
  let place = 0;
  for (let row = 0; row < matrices * rows; row++) {
    const end = layout === 'tri' ? columns - rows + (row % rows) + 1 : columns;
    for (let column = 0; column < end; column++, place += WIDTHS[dtype]) {
      const value = values[row * columns + column]!;
      if (dtype === 'f32') stored.setFloat32(place, value, true);
      else stored.setUint8(place, Math.max(0, Math.round(value / scale)));
    }
  }
  return {
    bytes: new Uint8Array(stored.buffer),
    shape: [...shape],
    dtype,
    ...(scale !== 1 && { scale }),
    ...(layout !== 'dense' && { layout }),
  };
}

function greatestOf(values: ArrayLike<number>): number {
  let greatest = 0;
  let at = values.length;
  while (at-- > 0) greatest = Math.max(greatest, values[at]!);
  return greatest;
}

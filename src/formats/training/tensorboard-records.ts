/** Of a record: the length, its check, and the check behind the data. */
const HEAD = 12;
const TAIL = 4;

/** CRC-32C (Castagnoli), reflected. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

/** The check of TFRecord: it is turned and moved, so that a check of data with a check in it is another one. */
export function maskedCrc(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0xffffffff;
  for (let at = from; at < to; at++) crc = TABLE[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

export type TensorBoardRecord = { data: Uint8Array } | { fault: string; isEnd: boolean };

/** The length of a record that begins here; `undefined` where none does. */
export function recordLength(bytes: Uint8Array, at: number): number | undefined {
  if (at + HEAD > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(at + 8, true) !== maskedCrc(bytes, at, at + 8)) return undefined;
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

/**
 * The records of a file (TFRecord): length (64 bits), its check, data, the check of that. A record that is damaged is told of and
 * left out; where a length is, nothing behind it can be found.
 */
export function* recordsOf(bytes: Uint8Array): Generator<TensorBoardRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const length = recordLength(bytes, at);
    const start = at + HEAD;
    if (length === undefined || start + length + TAIL > bytes.length) {
      yield {
        fault: `The file is damaged or cut off at byte ${at} of ${bytes.length}. What follows is missing.`,
        isEnd: true,
      };
      return;
    }
    const end = start + length;
    if (view.getUint32(end, true) === maskedCrc(bytes, start, end)) yield { data: bytes.subarray(start, end) };
    else yield { fault: `The record at byte ${at} is damaged and was left out.`, isEnd: false };
    at = end + TAIL;
  }
}

/** A picture's type, as its first bytes say it, and its size in pixels. */
export interface PictureSize {
  mimeType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif';
  width: number;
  height: number;
}

/**
 * What kind of picture this is and how large it becomes: a few bytes can hold more pixels than a computer has memory for.
 * `undefined` for anything but PNG, JPEG, GIF, WebP and AVIF, whatever it calls itself.
 */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const letters = (at: number, count: number): string => String.fromCharCode(...bytes.subarray(at, at + count));
  try {
    if (letters(1, 3) === 'PNG')
      return { mimeType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
    if (letters(0, 4) === 'GIF8') {
      return { mimeType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
    }
    if (view.getUint16(0) === 0xffd8) return jpegSize(view);
    if (letters(0, 4) === 'RIFF' && letters(8, 4) === 'WEBP') return webpSize(view, letters(12, 4));
    if (letters(4, 4) === 'ftyp' && /avi[fs]/.test(letters(8, 64))) return avifSize(view, bytes);
  } catch {
    // It ends before it says.
  }
  return undefined;
}

/** ISO/IEC 10918-1: the frame header (SOF) says it, wherever among the segments it stands. */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { mimeType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** RFC 9649: three kinds of first chunk. */
function webpSize(view: DataView, chunk: string): PictureSize | undefined {
  const mimeType = 'image/webp';
  if (chunk === 'VP8 ') {
    return { mimeType, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { mimeType, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (chunk !== 'VP8X') return undefined;
  const three = (at: number): number => 1 + view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
  return { mimeType, width: three(24), height: three(27) };
}

/** ISO/IEC 23008-12: the largest `ispe` property; pictures within a picture have one each. */
function avifSize(view: DataView, bytes: Uint8Array): PictureSize | undefined {
  let largest: PictureSize | undefined;
  const end = Math.min(bytes.length - 16, 65_536);
  for (let at = 0; at < end; at++) {
    // The letters “ispe”.
    if (view.getUint32(at) !== 0x69737065) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (!largest || width * height > largest.width * largest.height)
      largest = { mimeType: 'image/avif', width, height };
  }
  return largest;
}

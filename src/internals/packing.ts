/** Bytes as text, and smaller. */

/** How many bytes a text of base64 stands for. */
export function base64Size(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return Math.floor(((text.length - padding) * 3) / 4);
}

/** What engines have since 2025, many times as fast. */
interface FromBase64 {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

interface ToBase64 {
  toBase64?(): string;
}

/** @throws {Error} where the text is no base64 */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    const bytes = (Uint8Array as FromBase64).fromBase64?.(text);
    if (bytes) return bytes;
    binary = atob(text);
  } catch {
    throw new Error('The data is no base64.');
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Bytes that are made text at once. A multiple of three: each piece is whole base64. */
const PIECE = 3 * 4096;

export function base64Of(bytes: Uint8Array & ToBase64): string {
  const text = bytes.toBase64?.();
  if (text !== undefined) return text;
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    let binary = '';
    const end = Math.min(bytes.length, at + PIECE);
    for (let place = at; place < end; place++) binary += String.fromCharCode(bytes[place]!);
    pieces.push(btoa(binary));
  }
  return pieces.join('');
}

export const gzip = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
  );

/**
 * Unpacks bytes, no more than are wanted: a small file may hold very many.
 *
 * @throws {Error} where there are more than `most`, or they are not gzip
 */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw new Error(`The data holds more than ${most} bytes.`);
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

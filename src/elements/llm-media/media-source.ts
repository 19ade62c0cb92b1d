import { text } from '../../internal/text.js';
import { webAddress } from '../../internal/web-address.js';
import type { MediaPart } from '../../model/index.js';

/** Where a picture, a recording or a file is. */
export type MediaSource =
  /** In the trace. */
  | { readonly type: 'inline'; readonly mimeType: string; readonly size: number; bytes(): Uint8Array<ArrayBuffer> }
  /** At an address of the web. */
  | { readonly type: 'remote'; readonly mimeType: string; readonly url: URL }
  /** At a provider, on a disk, or nowhere: what the trace says of it. */
  | { readonly type: 'elsewhere'; readonly mimeType: string; readonly place: string };

const DATA = /^data:([^,;]{0,100})((?:;[^,;]{0,100}){0,10}),/i;

export function mediaSource(part: MediaPart): MediaSource {
  const mimeType = text(part.mimeType ?? '').toLowerCase();
  const data = text(part.data ?? '');
  const uri = text(part.uri ?? '').trim();
  if (data) return inline(mimeType, data, true);
  const [head, type = '', parameters = ''] = DATA.exec(uri) ?? [];
  if (head !== undefined) {
    return inline(mimeType || type.toLowerCase(), uri.slice(head.length), /;base64$/i.test(parameters.trimEnd()));
  }
  const address = webAddress(uri);
  if (address && /^https?:/.test(address.href)) return { type: 'remote', mimeType, url: new URL(address.href) };
  return { type: 'elsewhere', mimeType, place: uri };
}

const inline = (mimeType: string, data: string, isBase64: boolean): MediaSource => ({
  type: 'inline',
  mimeType,
  // Four characters of base64 are three bytes.
  size: isBase64 ? Math.floor((data.replace(/=+$/, '').length * 3) / 4) : data.length,
  bytes: () => (isBase64 ? bytesOfBase64(data) : new TextEncoder().encode(decodeURIComponent(data))),
});

function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Endings of files by what is in them. Others end in `bin`: nothing runs by a mere click on the saved file. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/avif', 'avif'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp3', 'mp3'],
  ['audio/wav', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/ogg', 'ogg'],
  ['audio/webm', 'weba'],
  ['video/mp4', 'mp4'],
  ['video/webm', 'webm'],
  ['application/pdf', 'pdf'],
  ['application/json', 'json'],
  ['text/csv', 'csv'],
]);

/** A name for the file that a person saves. */
export function fileName(name: string, mimeType: string): string {
  const ending = ENDINGS.get(mimeType) ?? (mimeType.startsWith('text/') ? 'txt' : 'bin');
  const plain = name
    .slice(0, 80)
    .replace(/[^\p{L}\p{M}\p{N} _.-]/gu, '_')
    .replace(/^[ .]+/, '')
    .trim();
  return plain.toLowerCase().endsWith(`.${ending}`) ? plain : `${plain || 'file'}.${ending}`;
}

import type { MediaPart } from '../model/index.js';
import { firstText, isRecord, type JsonRecord } from './json-record.js';

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=.+-]+)*?(;base64)?,/;

/** An address rather than base64, in which there is no colon. */
const isAddress = (text: string): boolean => /^(data:|blob:|[a-z][a-z\d+.-]*:\/\/)/i.test(text.slice(0, 100));

/** An image, recording or file from its address; a `data:` address is taken apart into type and data. */
export function mediaPart(modality: MediaPart['modality'], url: string, mimeType?: string): MediaPart {
  const head = DATA_URL.exec(url.slice(0, 200));
  const part: MediaPart = { type: 'media', modality };
  const type = head?.[1] ?? mimeType;
  if (type !== undefined) part.mimeType = type;
  if (head?.[2]) part.data = url.slice(head[0].length);
  else part.uri = url;
  return part;
}

/** What a MIME type shows as. */
export function modalityOf(mimeType: string | undefined): MediaPart['modality'] {
  const family = mimeType?.split('/')[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
}

const isModality = (word: unknown): word is MediaPart['modality'] =>
  word === 'image' || word === 'audio' || word === 'video' || word === 'file';

/**
 * A medium from a content part, wherever the provider keeps it: OpenAI's `image_url.url`, `input_audio.data`,
 * `file.file_data`; Anthropic's `source`; AI SDK's `image`, `data` or `url`; OpenTelemetry's `blob`, `uri` and `file`;
 * LangChain's `base64`. `undefined` where the part holds none.
 */
export function mediaOf(part: JsonRecord, modality?: MediaPart['modality']): MediaPart | undefined {
  const nested = ['source', 'image_url', 'video_url', 'input_audio', 'audio', 'file', 'media']
    .map((key) => part[key])
    .find(isRecord);
  const body = nested ?? part;
  const format = firstText(body, 'format');
  const mimeType =
    firstText(body, 'mime_type', 'mimeType', 'media_type', 'mediaType', 'contentType') ??
    (format !== undefined && modality === 'audio' ? `audio/${format}` : undefined);
  const stated = part['modality'];
  const kind = modality ?? (isModality(stated) ? stated : modalityOf(mimeType));
  const name = firstText(body, 'filename', 'file_name', 'name', 'file_id', 'fileId') ?? firstText(part, 'title');
  const data = firstText(body, 'data', 'file_data', 'base64', 'image', 'content');
  const url =
    firstText(body, 'url', 'uri', 'image_url', 'video_url', 'file_url', 'file_uri', 'fileUri') ??
    (data !== undefined && isAddress(data) ? data : undefined);
  if (url === undefined && data === undefined && name === undefined) return undefined;

  const found: MediaPart = url === undefined ? { type: 'media', modality: kind } : mediaPart(kind, url, mimeType);
  if (url === undefined && mimeType !== undefined) found.mimeType = mimeType;
  if (url === undefined && data !== undefined) found.data = data;
  if (name !== undefined) found.name = name;
  return found;
}

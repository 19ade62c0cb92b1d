import { Trace } from '../../model/trace.js';
import type { OpenSource } from './trace-loader.js';
import type { Given } from './trace-sources.js';

/** Gives what was read once more, as a file can be made of it: `undefined` for what is gone once it was read, or is no one file. */
export const originalOf = (given: Given): (() => Promise<unknown>) | undefined =>
  'open' in given ? reopened(given.open) : original(given.input);

function original(input: unknown): (() => Promise<unknown>) | undefined {
  const only: unknown = Array.isArray(input) && input.length === 1 && input[0] instanceof Blob ? input[0] : input;
  const isBytes = only instanceof ArrayBuffer || ArrayBuffer.isView(only);
  if (isBytes) return () => Promise.resolve(new Blob([only as BlobPart]));
  if (typeof only === 'string' || only instanceof Blob) return () => Promise.resolve(only);
  if (typeof only !== 'object' || only === null || only instanceof Response || only instanceof ReadableStream) {
    return undefined;
  }
  const items: readonly unknown[] = Array.isArray(only) ? only : [only];
  const isJson = !(only instanceof FileList) && !items.some((item) => item instanceof Trace || item instanceof Blob);
  return isJson ? () => Promise.resolve(only) : undefined;
}

const reopened = (open: OpenSource) => async (): Promise<unknown> => {
  const source = await open(new AbortController().signal);
  return source instanceof Response ? source.blob() : source;
};

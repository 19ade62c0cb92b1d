import type { Batch } from './archive.js';

/** The spans of a batch that can be written as JSON. Nothing of it where that is not what was wrong. */
export function writableOf({ ended, open }: Batch): Batch {
  const writable = { ended: ended.filter(isWritable), open: open.filter(isWritable) };
  const isMended = writable.ended.length + writable.open.length < ended.length + open.length;
  return isMended ? writable : { ended: [], open: [] };
}

function isWritable(span: unknown): boolean {
  try {
    JSON.stringify(span);
    return true;
  } catch {
    return false;
  }
}

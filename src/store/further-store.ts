import type { Trace } from '../model/index.js';
import type { Archive } from './archive.js';
import { IdbArchive } from './idb-archive.js';
import type { IdbWriter } from './idb-writer.js';
import { MemoryArchive } from './memory-archive.js';
import type { Readers } from './outbox.js';
import type { WriteQueue } from './write-queue.js';

/**
 * Everything that a store does but writing, in one file that is loaded when it is first needed: a page that only records
 * has the least to load before it can begin.
 */
export { keepHouse, makeRoom } from './housekeeping.js';
export { leaveMark } from './mark.js';
export { reasonOf } from './reason.js';
export { persist, roomOf } from './room.js';
export { exportTraces, importTraces } from './transfer.js';
export { writableOf } from './writable.js';

/** What a writer has written, or what waits for one. */
export const archiveOf = (writer: IdbWriter | undefined, queue: WriteQueue, readers: Readers): Archive =>
  writer ? new IdbArchive(writer) : new MemoryArchive(queue, readers);

/** A trace as it is by now; `undefined` for one that is not there. */
export async function readTrace(archive: Archive, id: string): Promise<Trace | undefined> {
  const [{ traceOf }, stored] = await Promise.all([import('./stored-trace.js'), archive.read(id)]);
  return traceOf(id, stored);
}

import { grouped } from '../model/grouped.js';
import { allOf, beginRead, beginWrite } from './idb-requests.js';
import type { IdbWriter } from './idb-writer.js';
import { keysUnder, newId, piecesOf } from './pieces.js';
import { spansOfText, textsOf } from './read-pieces.js';
import type { Piece } from './schema.js';

/** A trace in more records than this is put together when it has ended: that reads three times as fast. */
const MOST_RECORDS = 8;
/** Records that are put together at a time, some million characters: no step takes long. */
const RECORDS_PER_STEP = 34;
/** What the ids of chunks end with that were put together. */
const COMPACTED = '+';

/** Puts the many small chunks of a finished trace together into few. */
export async function compactTrace(writer: IdbWriter, traceId: string): Promise<void> {
  const keys = (await beginRead(writer, ['chunks']).objectStore('chunks').getAllKeys(keysUnder(traceId))).filter(
    ([, chunk]) => !chunk.endsWith(COMPACTED),
  );
  if (keys.length <= MOST_RECORDS) return;
  const chunks = [...grouped(keys, ([, chunk]) => chunk).values()];
  for (let at = 0; at < chunks.length;) {
    const step: Piece['key'][] = [];
    while (at < chunks.length && step.length < RECORDS_PER_STEP) for (const key of chunks[at++]!) step.push(key);
    if (step.length > 1) await putTogether(writer, step);
  }
}

async function putTogether(writer: IdbWriter, keys: readonly Piece['key'][]): Promise<void> {
  const range = IDBKeyRange.bound(keys[0]!, keys.at(-1)!);
  const transaction = beginWrite(writer);
  const store = transaction.objectStore('chunks');
  const work = async (): Promise<void> => {
    const texts = textsOf(await store.getAll(range));
    // What is damaged stays as it is, and what another tab has put together meanwhile.
    if (texts.length === 0 || !texts.every((text) => spansOfText(text))) return;
    const [traceId] = keys[0]!;
    const text = `[${texts.map((list) => list!.slice(1, -1)).join(',')}]`;
    await Promise.all([
      store.delete(range),
      // No page that dies takes this one along: it replaces what is on disk in one transaction, or not at all.
      ...piecesOf(traceId, newId() + COMPACTED, text, Infinity).map((piece) => store.put(piece)),
    ]);
  };
  await allOf(transaction, [work()]);
}

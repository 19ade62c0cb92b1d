import { unwrap } from 'idb';
import { grouped } from '../model/grouped.js';
import type { Tail } from './archive.js';
import { allOf, beginRead, beginTails, beginWrite, type WriteTransaction } from './idb-requests.js';
import { writeSpans, type IdbWriter } from './idb-writer.js';
import { keysUnder } from './pieces.js';
import { areSpans, jsonOf, spansOfPieces, textsOf } from './read-pieces.js';

/** Puts into chunks what pages left behind that went away. Each tail is taken once, whoever tries. */
export async function takeTails(writer: IdbWriter): Promise<string[]> {
  const traceIds = new Set<string>();
  const [tails, taken] = await findTails(writer);
  for (const [id, text] of tails) {
    for (const traceId of await take(writer, id, text)) traceIds.add(traceId);
    await forget(writer, id);
  }
  // What was taken and is deleted by now, nobody finds any more.
  const known = new Set(tails.keys());
  const transaction = beginWrite(writer);
  const notes = transaction.objectStore('taken');
  await allOf(
    transaction,
    taken.filter((id) => !known.has(id)).map((id) => notes.delete(id)),
  );
  return [...traceIds];
}

/** The texts of all tails by id, and the ids of those that are known to be taken. */
async function findTails(writer: IdbWriter): Promise<[Map<string, string | undefined>, string[]]> {
  const reading = beginRead(writer, ['tails', 'taken']);
  const found = Promise.all([reading.objectStore('tails').getAll(), reading.objectStore('taken').getAllKeys()]);
  // If this page goes away now, what it leaves must not wait until a transaction of a dead page is over.
  reading.commit();
  const [pieces, taken] = await found;
  const tails = new Map<string, string | undefined>();
  for (const [id, group] of grouped(pieces, ({ key }) => key[1])) tails.set(id, textsOf(group)[0]);
  const { localTails } = writer;
  for (const key of localTails?.keys ?? []) tails.set(key, localTails?.read(key));
  return [tails, taken];
}

/**
 * Takes one tail in one transaction: all of it, or it stays. That it is taken is noted with it: it is deleted in another
 * transaction, and until then other pages find it too.
 */
async function take(writer: IdbWriter, id: string, text: string | undefined): Promise<string[]> {
  const tail = tailOf(jsonOf(text));
  if (!tail) return [];
  const transaction = beginWrite(writer);
  const taken = transaction.objectStore('taken');
  const work = async (): Promise<void> => {
    if ((await taken.getKey(id)) !== undefined) return;
    await Promise.all([taken.put({ key: id }), writeTail(transaction, tail)]);
  };
  await allOf(transaction, [work()]);
  return [...tail.ended, ...tail.open].map(({ traceId }) => traceId);
}

async function forget(writer: IdbWriter, id: string): Promise<void> {
  writer.localTails?.delete(id);
  const transaction = beginTails(writer);
  const gone = transaction.store.delete(keysUnder('', id));
  transaction.commit();
  await allOf(transaction, [gone]);
}

async function writeTail(transaction: WriteTransaction, { ended, open, unsure }: Tail): Promise<void> {
  const chunks = transaction.objectStore('chunks');
  const known = new Set<string>();
  for (const traceId of new Set(ended.slice(0, unsure).map((span) => span.traceId))) {
    for (const { id } of spansOfPieces(await chunks.getAll(keysUnder(traceId))).spans) known.add(id);
  }
  const fresh = ended.filter(({ id }) => !known.has(id));
  writeSpans(
    unwrap(transaction),
    { ended: fresh, open: open.filter(({ id }) => !known.has(id)) },
    () => true,
    () => false,
  );
}

/** A tail, if that is what a value is: nothing in a database is trusted. */
function tailOf(value: unknown): Tail | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { ended, open, unsure } = value as Partial<Record<keyof Tail, unknown>>;
  return areSpans(ended) && areSpans(open) && typeof unsure === 'number' ? { ended, open, unsure } : undefined;
}

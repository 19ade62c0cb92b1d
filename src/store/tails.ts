import { unwrap } from 'idb';
import type { RecordedSpan } from '../model/index.js';
import type { Tail } from './archive.js';
import { allOf, beginWrite, databaseOf, type WriteTransaction } from './idb-requests.js';
import { writeSpans, type IdbWriter } from './idb-writer.js';
import { keysUnder } from './pieces.js';
import { areSpans, jsonOf, spansOfPieces, textsOf } from './read-pieces.js';

/** Puts into chunks what pages left behind that went away. Each tail is taken once, whoever tries. */
export async function takeTails(writer: IdbWriter): Promise<string[]> {
  const traceIds = new Set<string>();
  for (const [page, id] of (await databaseOf(writer).getAllKeys('tails')).filter(([, , piece]) => piece === 0)) {
    const work = async (transaction: WriteTransaction): Promise<string | undefined> => {
      const tails = transaction.objectStore('tails');
      const [text] = textsOf(await tails.getAll(keysUnder(page, id)));
      await tails.delete(keysUnder(page, id));
      return text;
    };
    for (const traceId of await take(writer, work)) traceIds.add(traceId);
  }
  const { localTails } = writer;
  for (const key of localTails?.keys ?? []) {
    // Two pages may read the same before one of them has deleted it: what is on disk is looked up.
    const work = (): Promise<string | undefined> => Promise.resolve(localTails?.read(key));
    for (const traceId of await take(writer, work, { isUnsure: true })) traceIds.add(traceId);
    localTails?.delete(key);
  }
  return [...traceIds];
}

/** Takes one tail in one transaction: all of it, or it stays. */
async function take(
  writer: IdbWriter,
  textOf: (transaction: WriteTransaction) => Promise<string | undefined>,
  { isUnsure = false } = {},
): Promise<string[]> {
  const transaction = beginWrite(writer);
  let spans: RecordedSpan[] = [];
  const work = async (): Promise<void> => {
    const tail = tailOf(jsonOf(await textOf(transaction)));
    if (!tail) return;
    await writeTail(transaction, isUnsure ? { ...tail, unsure: tail.ended.length } : tail);
    spans = [...tail.ended, ...tail.open];
  };
  await allOf(transaction, [work()]);
  return spans.map(({ traceId }) => traceId);
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

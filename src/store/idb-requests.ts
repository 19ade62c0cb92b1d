import { wrap, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { IdbWriter } from './idb-writer.js';
import { STORES, type TraceDatabase } from './schema.js';

/**
 * A writer's database with promises, for what reads it and keeps it in order. The writer does without them: it is what
 * every page loads.
 */
const databaseOf = ({ database }: IdbWriter): IDBPDatabase<TraceDatabase> =>
  wrap(database) as unknown as IDBPDatabase<TraceDatabase>;

type Names = readonly ((typeof STORES)[number] | 'tails')[];
type ReadTransaction = IDBPTransaction<TraceDatabase, Names>;

/** A transaction that only reads. What was read is there, even if the transaction fails after that. */
export function beginRead(writer: IdbWriter, names: Names): ReadTransaction {
  const transaction = databaseOf(writer).transaction(names);
  // Nobody waits for its end, where a failure would be an unhandled rejection.
  transaction.done.catch(() => {});
  return transaction;
}

export type WriteTransaction = IDBPTransaction<TraceDatabase, typeof STORES, 'readwrite'>;

/** A transaction that writes tails, which are apart from everything else. */
export const beginTails = (writer: IdbWriter): IDBPTransaction<TraceDatabase, ['tails'], 'readwrite'> =>
  wrap(writer.begin(['tails'])) as unknown as IDBPTransaction<TraceDatabase, ['tails'], 'readwrite'>;

export const beginWrite = (writer: IdbWriter): WriteTransaction => wrap(writer.begin()) as unknown as WriteTransaction;

/** Waits for a transaction and everything in it: a request that nobody waits for would be an unhandled rejection. */
export const allOf = (transaction: { done: Promise<void> }, requests: Iterable<Promise<unknown>>): Promise<unknown> =>
  Promise.all([...requests, transaction.done]);

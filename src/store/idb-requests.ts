import { wrap, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { IdbWriter } from './idb-writer.js';
import { STORES, type TraceDatabase } from './schema.js';

/**
 * A writer's database with promises, for what reads it and keeps it in order. The writer does without them: it is what
 * every page loads.
 */
export const databaseOf = ({ database }: IdbWriter): IDBPDatabase<TraceDatabase> =>
  wrap(database) as unknown as IDBPDatabase<TraceDatabase>;

export type WriteTransaction = IDBPTransaction<TraceDatabase, typeof STORES, 'readwrite'>;

export const beginWrite = (writer: IdbWriter): WriteTransaction => wrap(writer.begin()) as unknown as WriteTransaction;

/** Waits for a transaction and everything in it: a request that nobody waits for would be an unhandled rejection. */
export const allOf = (transaction: { done: Promise<void> }, requests: Iterable<Promise<unknown>>): Promise<unknown> =>
  Promise.all([...requests, transaction.done]);

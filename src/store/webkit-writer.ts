import type { Tail } from './archive.js';
import { abandon, IdbWriter, type DatabaseOptions } from './idb-writer.js';
import { LocalTails } from './local-tails.js';

/**
 * Writes spans to IndexedDB in WebKit, which loses whatever a page writes there while it goes away, explicit commit or
 * not. What is left to write then goes to `localStorage`.
 */
export class WebKitWriter extends IdbWriter {
  override readonly localTails: LocalTails;
  /** Transactions of the page that are not over, reading ones too. */
  readonly #active = new Set<IDBTransaction>();

  constructor(database: IDBDatabase, isNew: boolean, options: DatabaseOptions) {
    super(database, isNew, options);
    this.localTails = new LocalTails(database.name);
    if (this.localTails.keys.length > 0) this.isPrepared = false;
    database.transaction = (...args) => {
      const transaction = IDBDatabase.prototype.transaction.apply(database, args);
      const over = (): void => void this.#active.delete(transaction);
      this.#active.add(transaction);
      transaction.addEventListener('complete', over);
      transaction.addEventListener('abort', over);
      return transaction;
    };
  }

  override leave(tail: Tail): Promise<number> {
    // The page may be kept as it is: a transaction that is not over would then block the next page for ever.
    this.#active.forEach(abandon);
    try {
      return Promise.resolve(this.takeLeave(tail) ? this.localTails.keep(tail) : 0);
    } catch {
      // There is no room, or nothing may be kept.
      return Promise.resolve(-1);
    }
  }
}

import type { Tail } from './archive.js';
import { IdbWriter, type DatabaseOptions } from './idb-writer.js';
import { LocalTails } from './local-tails.js';

/**
 * Writes spans to IndexedDB in WebKit, which loses whatever a page writes there while it goes away, explicit commit or
 * not. What is left to write then goes to `localStorage`.
 */
export class WebKitWriter extends IdbWriter {
  override readonly localTails: LocalTails;

  constructor(database: IDBDatabase, isNew: boolean, options: DatabaseOptions) {
    super(database, isNew, options);
    this.localTails = new LocalTails(database.name);
    if (this.localTails.keys.length > 0) this.isPrepared = false;
  }

  override leave(tail: Tail): Promise<number> {
    this.takeLeave(tail);
    // A transaction that is not committed when the page goes keeps the next page from ever reading the database.
    this.abandonAll();
    try {
      return Promise.resolve(this.localTails.keep(tail));
    } catch {
      // There is no room, or nothing may be kept.
      return Promise.resolve(-1);
    }
  }
}

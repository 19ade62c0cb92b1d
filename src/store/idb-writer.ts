import type { RecordedSpan } from '../model/index.js';
import { grouped } from '../model/grouped.js';
import type { Batch, Tail } from './archive.js';
import type { Readers } from './outbox.js';
import { keysUnder, newId, piecesOf } from './pieces.js';
import type { LocalTails } from './local-tails.js';
import { DATABASE_VERSION, FIRST_VERSION, STORES, type TraceIndexRecord } from './schema.js';
import { summarise } from './summarise.js';
import { within } from './within.js';

export interface DatabaseOptions {
  name: string;
  durability: 'relaxed' | 'strict';
  /** Exporters that send what is written. */
  readers: Readers;
  /** Another tab holds the database in an older version. */
  blocked: () => void;
  /** The connection is gone: closed by the browser, or given up for a newer version. */
  lost: () => void;
}

/** Seconds. */
const WRITE_WITHIN = 10;

/** What WebKit needs is loaded only there; where it cannot be loaded, what every browser does has to do. */
const webKitWriter = async (): Promise<typeof IdbWriter> => {
  try {
    return (await import('./webkit-writer.js')).WebKitWriter;
  } catch {
    return IdbWriter;
  }
};

/** Every browser on iOS, Safari, and others that are made of WebKit say so here. Workers do not, and see no page go. */
const isWebKit = (): boolean => (navigator as Partial<Navigator>).vendor?.startsWith('Apple') ?? false;

/** Resolves when a transaction is through. A request that fails ends its transaction. */
const doneOf = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('The write was aborted.', 'AbortError'));
  });

/** Ends a transaction that does not get through. */
export function abandon(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It was over.
  }
}

/** Makes the stores that a database does not have. What an older one holds is read as it is. */
function createStores(database: IDBDatabase, oldVersion: number): void {
  const old = Array.from(database.objectStoreNames);
  const kept = oldVersion < FIRST_VERSION ? [] : old;
  for (const store of old) if (!kept.includes(store)) database.deleteObjectStore(store);
  for (const store of [...STORES, 'tails']) {
    if (kept.includes(store)) continue;
    const isIndex = store === 'traces';
    const options = { keyPath: isIndex ? 'summary.id' : 'key', autoIncrement: store === 'outbox' };
    const created = database.createObjectStore(store, options);
    if (isIndex) created.createIndex('start', 'start');
  }
}

/** Writes spans to IndexedDB. What is only needed to read them is in `IdbArchive`. */
export class IdbWriter {
  readonly database: IDBDatabase;
  /** Whether the database was made just now. */
  readonly isNew: boolean;
  readonly readers: Readers;
  /** Tails outside of the database. */
  readonly localTails?: LocalTails;
  /** Whether nothing has to be done before anything is written: see `Archive.prepare`. */
  isPrepared: boolean;
  readonly #durability: DatabaseOptions['durability'];
  /** Ids of spans that may be on disk as running. */
  readonly #checkpointed = new Set<string>();

  static async open(options: DatabaseOptions): Promise<IdbWriter> {
    let isNew = false;
    const request = indexedDB.open(options.name, DATABASE_VERSION);
    request.onupgradeneeded = ({ oldVersion }) => {
      isNew = oldVersion === 0;
      createStores(request.result, oldVersion);
    };
    request.onblocked = options.blocked;
    await new Promise((resolve, reject) => {
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error!);
    });
    const database = request.result;
    // A newer version of the kit waits in another tab. It must not wait for this one to be closed.
    database.onversionchange = () => {
      database.close();
      options.lost();
    };
    database.onclose = options.lost;
    const Writer = isWebKit() ? await webKitWriter() : IdbWriter;
    const writer = new Writer(database, isNew, options);
    const transaction = writer.begin(['tails'], 'readonly');
    const tails = transaction.objectStore('tails').count();
    transaction.commit();
    await doneOf(transaction);
    if (tails.result > 0) writer.isPrepared = false;
    return writer;
  }

  constructor(database: IDBDatabase, isNew: boolean, { durability, readers }: DatabaseOptions) {
    this.database = database;
    this.isNew = isNew;
    this.#durability = durability;
    this.readers = readers;
    this.isPrepared = readers.size === 0;
  }

  begin(stores: readonly string[] = STORES, mode: IDBTransactionMode = 'readwrite'): IDBTransaction {
    return this.database.transaction(stores, mode, { durability: this.#durability });
  }

  async write(batch: Batch): Promise<void> {
    for (const { id } of batch.open) this.#checkpointed.add(id);
    const transaction = this.begin();
    try {
      const sent = [...this.readers.values()];
      writeSpans(
        transaction,
        batch,
        (id) => this.#checkpointed.has(id),
        (span) => batch.isImported ?? (sent.length > 0 && sent.every((spans) => spans.has(span))),
      );
      await within(doneOf(transaction), WRITE_WITHIN);
    } catch (error) {
      // All of it or nothing: it is going to be written again.
      abandon(transaction);
      throw error;
    }
    for (const { id } of batch.ended) this.#checkpointed.delete(id);
  }

  /**
   * Writes what a page that is going away still can, without waiting for anything.
   *
   * @returns how many of the ended spans are safe, counted from the first
   */
  async leave(tail: Tail): Promise<number> {
    if (!this.takeLeave(tail)) return 0;
    const transaction = this.begin(['tails']);
    for (const piece of piecesOf('', newId(), JSON.stringify(tail))) transaction.objectStore('tails').put(piece);
    // Without this the write is lost when the page goes: the browser would wait for more to come.
    transaction.commit();
    await doneOf(transaction);
    return tail.ended.length;
  }

  /** Notes that a tail is going to be on disk, and says whether there is anything in it. */
  protected takeLeave({ ended, open }: Tail): boolean {
    if (ended.length + open.length === 0) return false;
    for (const { id } of open) this.#checkpointed.add(id);
    this.isPrepared = false;
    return true;
  }
}

/**
 * Puts spans into a chunk per trace, with its line in the index, and takes those that have ended from the ones that run.
 * Lists them for exporters, where there are any.
 *
 * @param mayBeOpen whether a span may be on disk as running
 * @param isSent whether exporters have no need of a span
 */
export function writeSpans(
  transaction: IDBTransaction,
  { ended, open }: Batch,
  mayBeOpen: (spanId: string) => boolean,
  isSent: (span: RecordedSpan) => boolean,
): void {
  const readers = transaction.objectStore('readers').count();
  const index = transaction.objectStore('traces');
  const chunks = transaction.objectStore('chunks');
  const running = transaction.objectStore('open');
  const endedOf = grouped(ended, ({ traceId }) => traceId);
  const openOf = grouped(open, ({ traceId }) => traceId);
  for (const traceId of new Set([...endedOf.keys(), ...openOf.keys()])) {
    const group = endedOf.get(traceId) ?? [];
    const begun = openOf.get(traceId) ?? [];
    const text = group.length > 0 ? JSON.stringify(group) : '';
    const chunk = newId();
    for (const piece of piecesOf(traceId, chunk, text)) chunks.put(piece);
    for (const { id } of group) if (mayBeOpen(id)) running.delete(keysUnder(traceId, id));
    for (const span of begun) {
      for (const piece of piecesOf(traceId, span.id, JSON.stringify([span]))) running.put(piece);
    }
    const before = index.get(traceId) as IDBRequest<TraceIndexRecord | undefined>;
    const putLine = (isRunning: boolean): void => {
      const line = lineOf(before.result, group, begun);
      line.summary.isRunning = isRunning;
      line.size += text.length;
      index.put(line);
    };
    before.onsuccess = guarded(transaction, () => {
      const unsent = group.filter((span) => !isSent(span));
      // The database numbers them in the order in which transactions are carried out, those of other tabs too.
      if (readers.result > 0 && unsent.length > 0) {
        transaction.objectStore('outbox').add({ traceId, chunk, spans: unsent.map(({ id }) => id) });
      }
      if (begun.length > 0 || !before.result?.summary.isRunning) {
        putLine(begun.length > 0);
        return;
      }
      const openKey = running.getKey(keysUnder(traceId));
      openKey.onsuccess = guarded(transaction, () => putLine(openKey.result !== undefined));
    });
  }
}

/** Nobody catches what an event handler throws: it ends its transaction. */
const guarded = (transaction: IDBTransaction, work: () => void) => (): void => {
  try {
    work();
  } catch {
    abandon(transaction);
  }
};

/** A trace's line in the index. One that is not the store's own is written anew. */
function lineOf(
  before: TraceIndexRecord | undefined,
  ended: readonly RecordedSpan[],
  open: readonly RecordedSpan[],
): TraceIndexRecord {
  try {
    if (typeof before?.size === 'number') return summarise(before, ended, open);
  } catch {
    // It is written anew.
  }
  return summarise(undefined, ended, open);
}

import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { RecordedSpan, Score } from '../model/index.js';
import {
  LIST_LIMIT,
  matchesQuery,
  type Backend,
  type Batch,
  type ListQuery,
  type StoredTrace,
  type Usage,
} from './backend.js';
import { newChunkId, piecesOf, spansOfPieces, spansOfText } from './chunk.js';
import {
  DATABASE_VERSION,
  type JournalPiece,
  type ScoreRecord,
  type TraceDatabase,
  type TraceIndexRecord,
  type TraceSummaryRecord,
} from './schema.js';
import { withOpenSpan, withSpans } from './summarise.js';

type WriteTransaction = IDBPTransaction<TraceDatabase, (typeof STORES)[number][], 'readwrite'>;

const STORES = ['traces', 'chunks', 'journal', 'scores'] as const;

/** A trace in more chunks than this is put together into one when it has ended: that reads three times as fast. */
const MOST_CHUNKS = 8;

export interface DatabaseEvents {
  /** An older version of the kit in another tab holds the database. */
  blocked?: () => void;
  /** The connection is gone: closed by the browser, or given up for a newer version. */
  lost: () => void;
}

/** All keys that begin with these parts. */
const keysUnder = (...parts: string[]): IDBKeyRange => IDBKeyRange.bound(parts, [...parts, []]);

/** Spans in IndexedDB. */
export class IdbBackend implements Backend {
  readonly #database: IDBPDatabase<TraceDatabase>;

  static async open(name: string, events: DatabaseEvents): Promise<IdbBackend> {
    const database = await openDB<TraceDatabase>(name, DATABASE_VERSION, {
      upgrade(created) {
        created.createObjectStore('traces', { keyPath: 'summary.id' }).createIndex('start', 'start');
        created.createObjectStore('chunks', { keyPath: 'key' });
        created.createObjectStore('journal', { keyPath: 'key' });
        created.createObjectStore('scores', { keyPath: 'key' });
      },
      blocked: () => events.blocked?.(),
      // A newer version of the kit waits in another tab. It must not wait for this one to be closed.
      blocking: (_current, _wanted, event) => {
        (event.target as IDBDatabase).close();
        events.lost();
      },
      terminated: () => events.lost(),
    });
    const backend = new IdbBackend(database);
    await backend.#recover();
    return backend;
  }

  private constructor(database: IDBPDatabase<TraceDatabase>) {
    this.#database = database;
  }

  async write({ ended, open }: Batch): Promise<void> {
    const transaction = this.#begin();
    await this.#takeSpans(transaction, ended);
    for (const span of open) {
      void transaction
        .objectStore('traces')
        .put(withOpenSpan(await transaction.objectStore('traces').get(span.traceId), span));
      for (const piece of journalPieces(span, false)) void transaction.objectStore('journal').put(piece);
    }
    await transaction.done;
    await this.#compact(new Set(ended.filter(({ parentId }) => parentId === undefined).map(({ traceId }) => traceId)));
  }

  writeNow({ ended, open }: Batch): Promise<void> {
    const transaction = this.#database.transaction('journal', 'readwrite', { durability: 'relaxed' });
    for (const span of ended) for (const piece of journalPieces(span, true)) void transaction.store.put(piece);
    for (const span of open) for (const piece of journalPieces(span, false)) void transaction.store.put(piece);
    // Without this the write is lost when the page goes: the browser would wait for more to come.
    transaction.commit();
    return transaction.done;
  }

  async list(query: ListQuery): Promise<TraceSummaryRecord[]> {
    const { limit = LIST_LIMIT, before } = query;
    const summaries: TraceSummaryRecord[] = [];
    const range = before === undefined ? null : IDBKeyRange.upperBound(before, true);
    const index = this.#database.transaction('traces').store.index('start');
    for (let at = await index.openCursor(range, 'prev'); at && summaries.length < limit; at = await at.continue()) {
      if (matchesQuery(at.value.summary, query)) summaries.push(at.value.summary);
    }
    return summaries;
  }

  async read(traceId: string): Promise<StoredTrace> {
    const transaction = this.#database.transaction(['chunks', 'journal', 'scores']);
    const [pieces, journal, scores] = await Promise.all([
      transaction.objectStore('chunks').getAll(keysUnder(traceId)),
      transaction.objectStore('journal').getAll(keysUnder(traceId)),
      transaction.objectStore('scores').getAll(),
    ]);
    const { spans, damaged } = spansOfPieces(pieces);
    const begun = spansOfJournal(journal);
    for (const { span } of begun.entries) spans.push(span);
    return { spans: withScores(spans, scores), damaged: damaged + begun.damaged };
  }

  async addScore(spanId: string, score: Score): Promise<void> {
    await this.#database.put('scores', { key: [spanId, newChunkId()], score });
  }

  async delete(traceIds: readonly string[]): Promise<void> {
    const transaction = this.#begin();
    for (const id of traceIds) {
      void transaction.objectStore('traces').delete(id);
      void transaction.objectStore('chunks').delete(keysUnder(id));
      void transaction.objectStore('journal').delete(keysUnder(id));
    }
    await transaction.done;
  }

  async clear(): Promise<void> {
    const transaction = this.#begin();
    for (const name of STORES) void transaction.objectStore(name).clear();
    await transaction.done;
  }

  async usage(): Promise<Usage> {
    const usage: Usage = { traces: 0, size: 0 };
    for await (const cursor of this.#database.transaction('traces').store) {
      usage.traces++;
      usage.size += cursor.value.size;
    }
    return usage;
  }

  async *oldest(): AsyncGenerator<{ id: string; start: number; size: number }> {
    // A cursor would end with its transaction while the caller deletes: ask again behind the last one.
    let after: number | undefined;
    for (;;) {
      const range = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
      const records = await this.#database.getAllFromIndex('traces', 'start', range, 50);
      if (records.length === 0) return;
      for (const { summary, start, size } of records) yield { id: summary.id, start, size };
      after = records.at(-1)!.start;
    }
  }

  close(): void {
    this.#database.close();
  }

  #begin(): WriteTransaction {
    return this.#database.transaction(STORES, 'readwrite', { durability: 'relaxed' });
  }

  /** Puts ended spans into a chunk per trace, with its line in the index, and takes them out of the journal. */
  async #takeSpans(transaction: WriteTransaction, spans: readonly RecordedSpan[]): Promise<void> {
    const groups = Map.groupBy(spans, ({ traceId }) => traceId);
    const index = transaction.objectStore('traces');
    for (const [traceId, group] of groups) {
      const text = JSON.stringify(group);
      for (const piece of piecesOf(traceId, newChunkId(), text)) void transaction.objectStore('chunks').put(piece);
      for (const { id } of group) void transaction.objectStore('journal').delete(keysUnder(traceId, id));
      const record = withSpans(await index.get(traceId), group);
      record.size += text.length;
      record.chunks++;
      const isOpen = (await transaction.objectStore('journal').getKey(keysUnder(traceId))) !== undefined;
      record.summary.isRunning = isOpen;
      void index.put(record);
    }
  }

  /** Takes into chunks what ended while a page went away. */
  async #recover(): Promise<void> {
    const transaction = this.#begin();
    const { entries } = spansOfJournal(await transaction.objectStore('journal').getAll());
    await this.#takeSpans(
      transaction,
      entries.filter(({ isEnded }) => isEnded).map(({ span }) => span),
    );
    await transaction.done;
  }

  /** Puts the many small chunks of finished traces together into one. */
  async #compact(traceIds: ReadonlySet<string>): Promise<void> {
    for (const traceId of traceIds) {
      const transaction = this.#begin();
      const index = transaction.objectStore('traces');
      const chunks = transaction.objectStore('chunks');
      const record: TraceIndexRecord | undefined = await index.get(traceId);
      if (record && record.chunks > MOST_CHUNKS) {
        const { spans, damaged } = spansOfPieces(await chunks.getAll(keysUnder(traceId)));
        if (damaged === 0) {
          const text = JSON.stringify(spans);
          void chunks.delete(keysUnder(traceId));
          // No page that dies takes this one along: it replaces what is on disk in one transaction, or not at all.
          void chunks.put({ key: [traceId, newChunkId(), 0], text, pieces: 1 });
          void index.put({ ...record, size: text.length, chunks: 1 });
        }
      }
      await transaction.done;
    }
  }
}

function withScores(spans: RecordedSpan[], records: readonly ScoreRecord[]): RecordedSpan[] {
  if (records.length === 0) return spans;
  const scores = Map.groupBy(records, ({ key }) => key[0]);
  return spans.map((span) => {
    const later = scores.get(span.id);
    return later ? { ...span, scores: [...(span.scores ?? []), ...later.map(({ score }) => score)] } : span;
  });
}

/** A span as pieces of the journal. */
const journalPieces = (span: RecordedSpan, isEnded: boolean): JournalPiece[] =>
  piecesOf(span.traceId, span.id, JSON.stringify([span])).map((piece) => ({ ...piece, isEnded }));

interface Journal {
  entries: { span: RecordedSpan; isEnded: boolean }[];
  damaged: number;
}

function spansOfJournal(pieces: readonly JournalPiece[]): Journal {
  const journal: Journal = { entries: [], damaged: 0 };
  for (const group of Map.groupBy(pieces, ({ key }) => `${key[0]} ${key[1]}`).values()) {
    // A later checkpoint may have fewer pieces than an earlier one: those behind its end are stale.
    const [first] = group;
    const [span] =
      spansOfText(
        group
          .slice(0, first!.pieces)
          .map(({ text }) => text)
          .join(''),
      ) ?? [];
    if (span) journal.entries.push({ span, isEnded: first!.isEnded });
    else journal.damaged++;
  }
  return journal;
}

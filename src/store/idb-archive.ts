import type { OutboxPage, OutboxPlace } from '../export/span-outbox.js';
import type { Score } from '../model/index.js';
import {
  LIST_LIMIT,
  matchesQuery,
  type Archive,
  type Batch,
  type ListQuery,
  type StoredTrace,
  type TraceWeight,
} from './archive.js';
import { compactTrace } from './compact.js';
import { moveOn, placeOf, unsentOf } from './idb-outbox.js';
import { allOf, beginRead, beginTails, beginWrite, type WriteTransaction } from './idb-requests.js';
import type { IdbWriter } from './idb-writer.js';
import { keysUnder, newId } from './pieces.js';
import { spansOfPieces } from './read-pieces.js';
import { STORES, type TraceIndexRecord, type TraceSummaryRecord } from './schema.js';
import { withScores } from './scores.js';
import { addScore } from './summarise.js';
import { takeTails } from './tails.js';

/** Traces that are searched for a span. */
const MOST_SEARCHED = 50;
/** Lines of the index that are read at once. */
const LINES = 500;

/** What IndexedDB keeps. What is read is checked like any other input. */
export class IdbArchive implements Archive {
  readonly #writer: IdbWriter;

  constructor(writer: IdbWriter) {
    this.#writer = writer;
  }

  async list(query: ListQuery): Promise<TraceSummaryRecord[]> {
    const { limit = LIST_LIMIT, before } = query;
    const summaries: TraceSummaryRecord[] = [];
    const take = ({ summary }: TraceIndexRecord): void => {
      if (isSummary(summary) && matchesQuery(summary, query)) summaries.push(summary);
    };
    const range = before === undefined ? null : IDBKeyRange.upperBound(before, true);
    const index = beginRead(this.#writer, ['traces']).objectStore('traces').index('start');
    const isFiltered = query.sessionId !== undefined || query.userId !== undefined;
    if (!isFiltered && Number.isFinite(limit) && 'getAllRecords' in IDBIndex.prototype) {
      // Browsers that have the one method know a direction in the other: one question, where a cursor asks for each line.
      const options: unknown = { query: range, count: limit, direction: 'prev' };
      for (const line of await index.getAll(options as IDBKeyRange)) take(line);
      return summaries;
    }
    for (let at = await index.openCursor(range, 'prev'); at && summaries.length < limit; at = await at.continue()) {
      take(at.value);
    }
    return summaries;
  }

  async read(traceId: string): Promise<StoredTrace> {
    const transaction = beginRead(this.#writer, ['chunks', 'open', 'scores']);
    const [chunks, open, scores] = await Promise.all([
      transaction.objectStore('chunks').getAll(keysUnder(traceId)),
      transaction.objectStore('open').getAll(keysUnder(traceId)),
      transaction.objectStore('scores').getAll(),
    ]);
    const ended = spansOfPieces(chunks);
    const running = spansOfPieces(open);
    for (const span of running.spans) ended.spans.push(span);
    return { spans: withScores(ended.spans, scores), damaged: ended.damaged + running.damaged };
  }

  add(batch: Batch): Promise<void> {
    return this.#writer.write(batch);
  }

  async addScore(spanId: string, score: Score, traceId?: string): Promise<void> {
    const transaction = beginWrite(this.#writer);
    const traces = transaction.objectStore('traces');
    const addToLine = async (): Promise<void> => {
      const home = traceId ?? (await traceWith(transaction, spanId));
      const line = home === undefined ? undefined : await traces.get(home);
      if (!line || !isSummary(line.summary)) return;
      addScore(line.summary, score);
      await traces.put(line);
    };
    await allOf(transaction, [transaction.objectStore('scores').put({ key: [spanId, newId()], score }), addToLine()]);
  }

  async delete(traceIds: readonly string[]): Promise<void> {
    const transaction = beginWrite(this.#writer);
    const chunks = transaction.objectStore('chunks');
    const scores = transaction.objectStore('scores');
    const deleteOne = async (id: string, hasScores: boolean): Promise<void> => {
      // Scores are found by their span.
      const spans = hasScores ? spansOfPieces(await chunks.getAll(keysUnder(id))).spans : [];
      await Promise.all([
        transaction.objectStore('traces').delete(id),
        chunks.delete(keysUnder(id)),
        transaction.objectStore('open').delete(keysUnder(id)),
        ...spans.map((span) => scores.delete(keysUnder(span.id))),
      ]);
    };
    const deleteAll = async (): Promise<void> => {
      const hasScores = (await scores.count()) > 0;
      await Promise.all(traceIds.map((id) => deleteOne(id, hasScores)));
    };
    await allOf(transaction, [deleteAll()]);
  }

  async clear(): Promise<void> {
    const transaction = beginWrite(this.#writer);
    await allOf(
      transaction,
      STORES.map((name) => transaction.objectStore(name).clear()),
    );
    const tails = beginTails(this.#writer);
    await allOf(tails, [tails.store.clear()]);
    const { localTails } = this.#writer;
    for (const key of localTails?.keys ?? []) localTails?.delete(key);
  }

  async weights(): Promise<TraceWeight[]> {
    const weights: TraceWeight[] = [];
    for (let after = ''; ;) {
      const lines = await beginRead(this.#writer, ['traces'])
        .objectStore('traces')
        .getAll(IDBKeyRange.lowerBound(after, true), LINES);
      for (const { summary, start, size } of lines) {
        // A line that is not the store's own goes first, and weighs nothing.
        const isOwn = isSummary(summary) && typeof size === 'number';
        weights.push(isOwn ? { id: summary.id, start, size } : { id: summary.id, start: 0, size: 0 });
      }
      if (lines.length < LINES) return weights.sort((one, other) => one.start - other.start);
      after = lines.at(-1)!.summary.id;
    }
  }

  async prepare(): Promise<string[]> {
    const writer = this.#writer;
    // A page that goes away meanwhile leaves another tail.
    writer.isPrepared = true;
    try {
      for (const reader of writer.readers.keys()) await placeOf(writer, reader);
      return await takeTails(writer);
    } catch (error) {
      writer.isPrepared = false;
      throw error;
    }
  }

  compact(traceId: string): Promise<void> {
    return compactTrace(this.#writer, traceId);
  }

  unsent(reader: string, count: number): Promise<OutboxPage> {
    return unsentOf(this.#writer, reader, count);
  }

  acknowledge(reader: string, place: OutboxPlace, count: number): Promise<OutboxPlace | undefined> {
    return moveOn(this.#writer, reader, place, count);
  }
}

/** The trace that a span is in, among the newest: mostly what is judged was made just now. */
async function traceWith(transaction: WriteTransaction, spanId: string): Promise<string | undefined> {
  const chunks = transaction.objectStore('chunks');
  let left = MOST_SEARCHED;
  for (
    let line = await transaction.objectStore('traces').index('start').openKeyCursor(null, 'prev');
    line && left > 0;
    line = await line.continue()
  ) {
    left--;
    const { spans } = spansOfPieces(await chunks.getAll(keysUnder(line.primaryKey)));
    if (spans.some(({ id }) => id === spanId)) return line.primaryKey;
  }
  return undefined;
}

function isSummary({ id, name, start, duration }: Partial<Record<keyof TraceSummaryRecord, unknown>>): boolean {
  return (
    typeof id === 'string' && typeof name === 'string' && typeof start === 'number' && typeof duration === 'number'
  );
}

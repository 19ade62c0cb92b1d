import type { OutboxPage, OutboxPlace } from '../export/span-outbox.js';
import type { RecordedSpan } from '../model/index.js';
import { beginRead, beginWrite } from './idb-requests.js';
import type { IdbWriter } from './idb-writer.js';
import { keysUnder } from './pieces.js';
import { spansOfPieces } from './read-pieces.js';
import type { OutboxEntry, Piece } from './schema.js';

/** Milliseconds after which a reader that was not seen will not come again: nothing is kept for it any longer. */
const GONE_AFTER = 30 * 86_400_000;

/** The next spans of a reader, which is added where it is new. */
export async function unsentOf(writer: IdbWriter, reader: string, count: number): Promise<OutboxPage> {
  const place = await placeOf(writer, reader);
  const listed: { entry: OutboxEntry; ids: readonly string[] }[] = [];
  let [found, waiting] = [0, 0];
  for (const entry of await entriesFrom(writer, place.entry)) {
    const left = entry.key === place.entry ? entry.spans.slice(place.spans) : entry.spans;
    const ids = left.slice(0, count - found);
    listed.push({ entry, ids });
    found += ids.length;
    waiting += left.length;
  }
  const spans: OutboxPage['spans'][number][] = [];
  const whole = new Map<string, Map<string, RecordedSpan>>();
  for (const { entry, ids } of listed) {
    if (ids.length === 0) continue;
    const { traceId, chunk } = entry;
    let known = whole.get(traceId) ?? byId(await chunksUnder(writer, traceId, chunk));
    if (!whole.has(traceId) && !ids.every((id) => known.has(id))) {
      // It was put together with others, or deleted.
      known = byId(await chunksUnder(writer, traceId));
      whole.set(traceId, known);
    }
    for (const id of ids) spans.push(known.get(id));
  }
  return { place, spans, waiting };
}

/** The place of a reader. One that is new begins behind all that is listed by now. */
export async function placeOf(writer: IdbWriter, reader: string): Promise<OutboxPlace> {
  const transaction = beginWrite(writer);
  const readers = transaction.objectStore('readers');
  const work = async (): Promise<OutboxPlace> => {
    const known = await readers.get(reader);
    if (known) return known.place;
    const last = await transaction.objectStore('outbox').openKeyCursor(null, 'prev');
    const place = { entry: (last?.primaryKey ?? 0) + 1, spans: 0 };
    await readers.put({ key: reader, place, seen: Date.now() });
    return place;
  };
  const [place] = await Promise.all([work(), transaction.done]);
  return place;
}

/** Moves a reader on, and deletes what no reader needs any longer. Gives its new place; none where it was elsewhere. */
export async function moveOn(
  writer: IdbWriter,
  reader: string,
  from: OutboxPlace,
  count: number,
): Promise<OutboxPlace | undefined> {
  const transaction = beginWrite(writer);
  const [readers, outbox] = [transaction.objectStore('readers'), transaction.objectStore('outbox')];
  const work = async (): Promise<OutboxPlace | undefined> => {
    const known = (await readers.get(reader))?.place;
    if (known?.entry !== from.entry || known.spans !== from.spans) return undefined;
    const place = { ...from };
    let left = count;
    for (const { key, spans } of await outbox.getAll(IDBKeyRange.lowerBound(from.entry))) {
      if (key !== place.entry) Object.assign(place, { entry: key, spans: 0 });
      const done = Math.min(left, spans.length - place.spans);
      place.spans += done;
      left -= done;
      if (place.spans < spans.length) break;
      Object.assign(place, { entry: key! + 1, spans: 0 });
    }
    await readers.put({ key: reader, place, seen: Date.now() });
    let first = place.entry;
    for (const other of await readers.getAll()) {
      if (other.seen < Date.now() - GONE_AFTER) await readers.delete(other.key);
      else first = Math.min(first, other.place.entry);
    }
    await outbox.delete(IDBKeyRange.upperBound(first, true));
    return place;
  };
  const [place] = await Promise.all([work(), transaction.done]);
  return place;
}

const entriesFrom = (writer: IdbWriter, key: number): Promise<OutboxEntry[]> =>
  beginRead(writer, ['outbox']).objectStore('outbox').getAll(IDBKeyRange.lowerBound(key));

const chunksUnder = (writer: IdbWriter, ...key: string[]): Promise<Piece[]> =>
  beginRead(writer, ['chunks'])
    .objectStore('chunks')
    .getAll(keysUnder(...key));

const byId = (pieces: readonly Piece[]): Map<string, RecordedSpan> =>
  new Map(spansOfPieces(pieces).spans.map((span) => [span.id, span]));

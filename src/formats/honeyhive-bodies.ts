import type { SpanTable } from '../model/index.js';
import { asText, isObject, type JsonObject } from '../payloads/json-value.js';
import { deepMerge } from './merged-rows.js';
import { rowsOf } from './row.js';

/*
 * What HoneyHive's SDK sends (recorded from honeyhive 1.0.42): `{session}` to start one, `{events}` or `{event}`, and the
 * fields of an event that is known already beside its `event_id`, to change it. An event may come without an id, which the
 * service gives it; a session comes without a type, an event's id or times.
 */

/** The session that a body starts, as an event. */
export function sessionIn(body: JsonObject): JsonObject | undefined {
  const { session } = body;
  if (!isObject(session) || typeof session['project'] !== 'string') return undefined;
  const id = asText(session['session_id']) || asText(session['session_name']);
  if (id === '') return undefined;
  return { event_type: 'session', event_id: id, event_name: session['session_name'], ...session };
}

/** The events of bodies, in their order, with the changes that were sent later. */
export function eventsIn(
  value: unknown,
  isEvent: (row: JsonObject | undefined) => boolean,
  table: SpanTable,
): JsonObject[] {
  const events: JsonObject[] = [];
  const changes: JsonObject[] = [];
  const put = (row: JsonObject): void => {
    if (isEvent(row)) events.push(row);
    else if (typeof row['event_id'] === 'string') changes.push(row);
    else table.problems.push({ code: 'unreadable-record', message: 'What is no event of HoneyHive was left out.' });
  };
  for (const body of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    const session = sessionIn(body);
    if (isEvent(body)) events.push(body);
    else if (session) events.push(session);
    else if (Array.isArray(body['events'])) for (const row of rowsOf(body['events'] as unknown[], table)) put(row);
    else put(isObject(body['event']) ? body['event'] : body);
  }
  return withChanges(events, changes, table);
}

function withChanges(events: JsonObject[], changes: readonly JsonObject[], table: SpanTable): JsonObject[] {
  if (changes.length === 0) return events;
  const places = new Map(events.map((event, place) => [event['event_id'], place]));
  const ours = new WeakSet<object>();
  let lost = 0;
  for (const change of changes) {
    const place = places.get(change['event_id']);
    if (place === undefined) lost++;
    else events[place] = deepMerge(events[place]!, change, ours);
  }
  if (lost > 0) {
    const message = `${lost} ${lost === 1 ? 'change is' : 'changes are'} of an event that is not here and left out.`;
    table.problems.push({ code: 'unreadable-record', message });
  }
  return events;
}

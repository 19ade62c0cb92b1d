import { asNumber } from '../conventions/convention.js';
import { interpret, OutlineDraft } from '../conventions/index.js';
import type { SpanEvent, SpanOutline, SpanReader, SpanTable } from '../model/index.js';
import { TimeOrigin } from '../model/index.js';
import { firstText } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import type { Format } from './format.js';
import { asArray, asText, either, firstObject, isObject, type JsonObject } from '../payloads/json-value.js';
import { statusOf } from './otlp/otlp-span.js';
import { emptyOutline } from './outline.js';
import { clearOutline, inSteps, momentOf, partOf, rowsOf, tagsOf } from './row.js';
import { normalisedId } from './span-ids.js';

/**
 * Rows of Logfire's `records` table as its query API gives them: a list of rows, lines, or `{columns: [{name, values}]}`. A
 * row is told by `start_timestamp`, `span_name` and `trace_id`. The attributes are OpenTelemetry's and may be of any
 * convention. A `pending_span` row is the first half of a span that is still running: its parent is that span, and the
 * parent of that span is in `logfire.pending_parent_id`. It goes when the row of the span itself is there.
 *
 * Source: logfire.pydantic.dev/docs/reference/sql and /how-to-guides/query-api; pydantic/logfire,
 * logfire/_internal/exporters/processor_wrapper.py. Tested on the documentation only.
 */
export const logfireRows: Format = {
  name: 'logfire-rows',
  title: 'Logfire query results',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    if (isRow(first) || isRow(firstObject(first['rows']))) return true;
    const names = asArray(first['columns']).map((column) => (isObject(column) ? column['name'] : undefined));
    return ['start_timestamp', 'span_name', 'trace_id'].every((name) => names.includes(name));
  },

  *read(value, table) {
    const outline = emptyOutline();
    const draft = new OutlineDraft();
    yield* inSteps(finalRows([...rowsIn(value, table)]), (row) => {
      outlineOf(row, clearOutline(outline), draft, table);
      table.add(outline, row, reader);
    });
  },
};

const isRow = (row: JsonObject | undefined): boolean =>
  row !== undefined && ['start_timestamp', 'span_name', 'trace_id'].every((name) => typeof row[name] === 'string');

function* rowsIn(value: unknown, table: SpanTable): Generator<JsonObject> {
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    if (Array.isArray(item['columns'])) yield* rowsOfColumns(item['columns']);
    else if (Array.isArray(item['rows']) && !isRow(item)) yield* rowsOf(item['rows'], table);
    else yield item;
  }
}

function* rowsOfColumns(list: readonly unknown[]): Generator<JsonObject> {
  const columns = list
    .filter(isObject)
    .map((column): [string, readonly unknown[]] => [asText(column['name']), asArray(column['values'])]);
  const length = columns.reduce((longest, [, values]) => Math.max(longest, values.length), 0);
  for (let at = 0; at < length; at++) {
    const row = Object.create(null) as Record<string, unknown>;
    for (const [name, values] of columns) row[name] = values[at];
    yield row;
  }
}

const isPending = (row: JsonObject): boolean => row['kind'] === 'pending_span';

/** The span that a row is about. */
const spanOf = (row: JsonObject): string => normalisedId(isPending(row) ? row['parent_span_id'] : row['span_id']);
const keyOf = (row: JsonObject): string => `${normalisedId(row['trace_id'])}/${spanOf(row)}`;

function finalRows(rows: readonly JsonObject[]): JsonObject[] {
  const known = new Set(rows.filter((row) => !isPending(row)).map(keyOf));
  return rows.filter((row) => {
    if (!isPending(row)) return true;
    const key = keyOf(row);
    // A span may be announced more than once.
    return known.has(key) ? false : known.add(key);
  });
}

function outlineOf(row: JsonObject, outline: SpanOutline, draft: OutlineDraft, table: SpanTable): void {
  const attributes = partOf(row, 'attributes');
  draft.reset();
  for (const [key, value] of Object.entries(attributes)) draft.attribute(key, value);
  outline.name = asText(row['span_name']);
  outline.service = firstText(row, 'service_name');
  draft.writeTo(outline);

  outline.traceId = normalisedId(row['trace_id']);
  outline.id = spanOf(row);
  outline.parentId = normalisedId(isPending(row) ? attributes['logfire.pending_parent_id'] : row['parent_span_id']);
  outline.name = firstText(row, 'message') ?? outline.name;
  outline.start = momentOf(table.origin, row['start_timestamp']);
  if (!isPending(row)) {
    outline.end = momentOf(table.origin, row['end_timestamp']);
    // Without an end a log is a moment; the duration is in seconds.
    const seconds = asNumber(row['duration']) ?? (row['kind'] === 'log' ? 0 : NaN);
    if (Number.isNaN(outline.end)) outline.end = outline.start + seconds * 1000;
  }
  const status = statusOf(row['otel_status_code']);
  outline.status = row['is_exception'] === true ? 'error' : status;
  outline.statusMessage = firstText(row, 'otel_status_message', 'exception_message');
  outline.tags = tagsOf(jsonOrText(row['tags'])) ?? outline.tags;
}

const mapOf = (value: JsonObject): Map<string, unknown> => new Map(Object.entries(value));

const reader: SpanReader = {
  format: logfireRows.name,
  record(raw) {
    const row = isObject(raw) ? raw : {};
    const attributes = mapOf(partOf(row, 'attributes'));
    // The other columns under their own names, where no attribute has them.
    for (const [name, value] of Object.entries(row)) {
      const isOther = name !== 'attributes' && name !== 'otel_events' && name !== 'otel_resource_attributes';
      if (isOther && value !== null && value !== undefined && !attributes.has(name)) attributes.set(name, value);
    }
    const name = firstText(row, 'otel_scope_name');
    const version = firstText(row, 'otel_scope_version');
    return {
      attributes,
      events: asArray(jsonOrText(row['otel_events'])).filter(isObject).map(eventOf),
      links: [],
      resource: mapOf(partOf(row, 'otel_resource_attributes')),
      scope: { ...(name !== undefined && { name }), ...(version !== undefined && { version }) },
    };
  },
  meaning(record, raw) {
    const meaning = interpret(record);
    const message = isObject(raw) ? firstText(raw, 'exception_message') : undefined;
    const type = isObject(raw) ? firstText(raw, 'exception_type') : undefined;
    if (!isObject(raw) || meaning.exceptions?.length || (message === undefined && type === undefined)) return meaning;
    const stacktrace = firstText(raw, 'exception_stacktrace');
    const exception = {
      ...(type !== undefined && { type }),
      ...(message !== undefined && { message }),
      ...(stacktrace !== undefined && { stacktrace }),
    };
    return { ...meaning, exceptions: [exception] };
  },
};

function eventOf(event: JsonObject): SpanEvent {
  const origin = new TimeOrigin();
  const time = origin.toEpoch(momentOf(origin, either(event, 'event_timestamp', 'timestamp', 'time')));
  return {
    name: firstText(event, 'event_name', 'name') ?? '',
    attributes: mapOf(isObject(event['attributes']) ? event['attributes'] : event),
    ...(!Number.isNaN(time) && { time }),
  };
}

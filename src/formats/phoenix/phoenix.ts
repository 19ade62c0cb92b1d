import { OutlineDraft } from '../../conventions/index.js';
import { SPANS_PER_STEP, type Format } from '../format.js';
import { asArray, either, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { otlpReader, OtlpSpanOutliner } from '../otlp/otlp-span.js';
import { graphQlSpans, isGraphQlSpan } from './phoenix-graphql.js';
import { PhoenixOutliner, annotationScore } from './phoenix-span.js';
import { rowsOf } from '../row.js';
import { normalisedId } from '../span-ids.js';

/**
 * Arize Phoenix: spans of its REST API (`{data: […], next_cursor}`), the same as OTLP in snake case, traces with the bare
 * spans in them, rows of its dataframes (columns `context.span_id`, `attributes.…`) as records, lines or columns, and
 * answers of its GraphQL API. A span is told by `span_kind` beside its context. Annotations that come along are scores.
 *
 * Source: Arize-ai/phoenix, schemas/openapi.json and src/phoenix/server/agents/prompts/skills/phoenix-graphql/resources/
 * project-spans-traces.md. From the documentation only: no export was at hand. `cumulative…` counts are sums over
 * children and are not read.
 */
export const phoenix: Format = {
  name: 'phoenix',
  title: 'Arize Phoenix',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    if (isSpan(first) || isColumns(first) || isGraphQlSpan(first)) return true;
    const { data } = first;
    if (Array.isArray(data)) {
      const row = firstObject(data);
      return row !== undefined && (isSpan(row) || isOtlpSpan(row) || isTrace(row));
    }
    return isObject(data) && !graphQlSpans(data, 200).next().done;
  },

  *read(value, table) {
    const draft = new OutlineDraft();
    const outliner = new PhoenixOutliner(table, draft);
    const otlpSpans = new OtlpSpanOutliner(table);
    const reader = otlpReader({ format: phoenix.name, resource: {}, scope: {}, draft: new OutlineDraft() });
    let done = 0;
    for (const document of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
      for (const row of rowsOf(rowsIn(document), table)) {
        if (isAnnotation(row)) outliner.addAnnotation(row, annotationScore(row));
        else if (isOtlpSpan(row)) otlpSpans.add(row, reader, '');
        else if (isTrace(row)) {
          const spans = asArray(row['spans']);
          if (spans.length === 0) outliner.addTrace(row);
          for (const span of rowsOf(spans, table)) outliner.add(span, normalisedId(row['trace_id']));
        } else outliner.add(row);
        if (++done % SPANS_PER_STEP === 0) yield done;
      }
    }
    outliner.finish();
  },
};

/** The rows of a document: the items of a page, the nodes of a GraphQL answer, the rows of columns, or itself. */
function rowsIn(document: JsonObject): readonly unknown[] {
  const { data } = document;
  if (isSpan(document) || isAnnotation(document)) return [document];
  if (Array.isArray(data)) return data as unknown[];
  if (isObject(data)) return [...graphQlSpans(data)];
  return isColumns(document) ? rowsOfColumns(document) : [document];
}

/** A span of the REST API, or a row of a dataframe. */
const isSpan = (row: JsonObject): boolean => {
  const context = row['context'];
  const hasContext = isObject(context)
    ? typeof context['span_id'] === 'string' && typeof context['trace_id'] === 'string'
    : typeof row['context.span_id'] === 'string' || typeof row['context.trace_id'] === 'string';
  return hasContext && ('span_kind' in row || 'attributes.openinference.span.kind' in row);
};

const isOtlpSpan = (row: JsonObject): boolean =>
  typeof row['trace_id'] === 'string' &&
  typeof row['span_id'] === 'string' &&
  'start_time_unix_nano' in row &&
  (Array.isArray(row['attributes']) || row['attributes'] === undefined);

/** A trace of the REST API: with spans, without attributes. */
const isTrace = (row: JsonObject): boolean =>
  typeof row['trace_id'] === 'string' &&
  typeof row['project_id'] === 'string' &&
  'start_time' in row &&
  'end_time' in row &&
  ['span_id', 'type', 'run_type', 'input'].every((field) => row[field] === undefined);

const isAnnotation = (row: JsonObject): boolean =>
  'annotator_kind' in row && either(row, 'span_id', 'trace_id') !== undefined && row['context'] === undefined;

/** What pandas' `to_json()` makes of a dataframe: columns, each an object of values by row. */
const isColumns = (document: JsonObject): boolean =>
  isObject(document['context.trace_id']) && isObject(document['name']) && isObject(document['span_kind']);

function rowsOfColumns(document: JsonObject): JsonObject[] {
  const rows = new Map<string, Map<string, unknown>>();
  for (const [column, values] of Object.entries(document)) {
    if (!isObject(values)) continue;
    for (const [index, value] of Object.entries(values)) {
      const row = rows.get(index);
      if (row) row.set(column, value);
      // The index of the dataframe is the id of the span.
      else
        rows.set(
          index,
          new Map<string, unknown>([
            ['context.span_id', index],
            [column, value],
          ]),
        );
    }
  }
  return Array.from(rows.values(), (row) => Object.fromEntries(row));
}

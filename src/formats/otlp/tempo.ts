import type { SpanTable } from '../../model/index.js';
import type { Format } from '../format.js';
import { asArray, asText, either, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { isResourceSpans, readOtlp } from './otlp.js';
import { rowsOf } from '../row.js';

/**
 * What Grafana Tempo answers for a trace (grafana/tempo, pkg/tempopb/tempo.proto and pkg/api/http.go): `{batches}` from
 * `/api/traces`, `{trace: {resourceSpans}, status, message}` from `/api/v2/traces`. Inside it is OTLP, with ids in base64
 * or hex and enums as words. A document whose `resourceSpans` stand at its top is read as OTLP.
 */
export const tempo: Format = {
  name: 'tempo',
  title: 'Grafana Tempo JSON',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    const { trace } = first;
    return isBatches(first['batches']) || (isObject(trace) && isBatches(batchesOf(trace)));
  },

  *read(value, table) {
    for (const document of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
      const trace = isObject(document['trace']) ? document['trace'] : document;
      reportPartial(document, table);
      yield* readOtlp(asArray(batchesOf(trace)), table, tempo.name);
    }
  },
};

const batchesOf = (trace: JsonObject): unknown => either(trace, 'batches', 'resourceSpans', 'resource_spans');

const isBatches = (batches: unknown): boolean => Array.isArray(batches) && isResourceSpans(firstObject(batches));

/** Tempo answers with part of a trace where the whole is larger than it is allowed to hold, and says so. */
export function reportPartial({ status, message }: JsonObject, table: SpanTable): void {
  if (status !== 'PARTIAL' && status !== 1) return;
  const reason = asText(message);
  table.problems.push({
    code: 'unreadable-record',
    message: `Tempo gave only a part of the trace${reason ? `: ${reason}` : '.'}`,
  });
}

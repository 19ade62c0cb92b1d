import { OutlineDraft } from '../../conventions/index.js';
import { firstText } from '../../payloads/json-record.js';
import { SPANS_PER_STEP, type Format } from '../format.js';
import { asArray, asText, either, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { MlflowOutliner, MlflowTrace, spanAttributes } from './mlflow-span.js';
import { unwrapped } from '../json-layers.js';
import { rowsOf } from '../row.js';

/**
 * MLflow traces: `{info, data: {spans}}` as `Trace.to_dict()` writes them (V2: `info.request_id`; V3 and V4:
 * `info.trace_id`), `{trace_info, spans}` of the REST API, alone or under `trace`, `traces` or the `databricks_output` of
 * a model-serving answer; rows of `search_traces()`, whose `trace` is JSON text; bare spans. A span is told by attributes
 * of MLflow's or by its `0x…` ids; a trace, beside its spans, by the fields of its info.
 *
 * Source: mlflow/mlflow, mlflow/entities/span.py (to_dict, from_dict) and tests/entities/test_trace.py. Real files
 * differ: times of V2 are nanoseconds as JSON numbers beyond 2^53, but those of its events are microseconds.
 */
export const mlflow: Format = {
  name: 'mlflow',
  title: 'MLflow',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    const document = firstObject(unwrap(first));
    return document !== undefined && (isTrace(document) || isSpan(document));
  },

  *read(value, table) {
    const outliner = new MlflowOutliner(table, new OutlineDraft());
    /** Traces of spans that came without one, by the id that the spans state. */
    const loose = new Map<string, MlflowTrace>();
    let done = 0;
    for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
      for (const document of rowsOf(unwrap(item), table)) {
        if (isSpan(document)) {
          outliner.addLoose(document, loose);
          if (++done % SPANS_PER_STEP === 0) yield done;
          continue;
        }
        const trace = new MlflowTrace(document, infoOf(document));
        outliner.stateFacts(trace);
        let count = 0;
        for (const span of rowsOf(spansOf(document), table)) {
          outliner.add(span, trace);
          count++;
          if (++done % SPANS_PER_STEP === 0) yield done;
        }
        if (count > 0) continue;
        if (trace.id === '') {
          table.problems.push({ code: 'unreadable-record', message: 'A row holds no MLflow trace and was left out.' });
        } else outliner.addTrace(trace);
      }
    }
  },
};

/** The documents within the wrappers that are met around them. */
function unwrap(value: JsonObject): readonly unknown[] {
  const served = isObject(value['databricks_output']) ? value['databricks_output'] : value;
  if (Array.isArray(served['traces']))
    return served['traces'].map((item: unknown) => (isObject(item) ? traceIn(item) : item));
  return [traceIn(served)];
}

function traceIn(value: JsonObject): JsonObject {
  const held = value['trace'];
  const inner = typeof held === 'string' ? unwrapped(held) : held;
  return isObject(inner) && isTrace(inner) ? inner : value;
}

const infoOf = (document: JsonObject): JsonObject => {
  const info = either(document, 'info', 'trace_info');
  // A row of `search_traces()` has the fields of the info beside its spans.
  return isObject(info) ? info : document;
};

function spansOf(document: JsonObject): readonly unknown[] {
  const data = either(document, 'data', 'trace_data');
  const list = (isObject(data) ? data['spans'] : undefined) ?? document['spans'];
  return asArray(unwrapped(list));
}

/** Fields that only the info of an MLflow trace has. */
const INFO_FIELDS = [
  'trace_location',
  'trace_metadata',
  'request_metadata',
  'experiment_id',
  'execution_duration',
  'execution_duration_ms',
  'execution_time_ms',
  'request_preview',
  'client_request_id',
];

const isTrace = (document: JsonObject): boolean => {
  const info = infoOf(document);
  const hasId = firstText(info, 'trace_id', 'request_id') !== undefined;
  if (!hasId || !INFO_FIELDS.some((field) => field in info)) return false;
  return info !== document || spansOf(document).length > 0 || 'trace_location' in info || 'trace_metadata' in info;
};

const isSpan = (document: JsonObject): boolean => {
  const context = isObject(document['context']) ? document['context'] : document;
  const isFirst = asText(context['trace_id']).startsWith('0x') && 'start_time' in document && 'status_code' in document;
  const isLater = 'start_time_unix_nano' in document && typeof document['span_id'] === 'string';
  if (!isFirst && !isLater) return false;
  for (const [key] of spanAttributes(document)) if (key.startsWith('mlflow.')) return true;
  return false;
};

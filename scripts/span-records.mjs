// How many spans the files of a folder of real traces hold, by a plain look at their JSON: what a reader must come to.

/** Every object in a value, however deep. */
function* objectsIn(value) {
  const waiting = [value];
  while (waiting.length) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next)) yield next;
    for (const inner of Object.values(next)) waiting.push(inner);
  }
}

const count = (value, isRecord) => [...objectsIn(value)].filter(isRecord).length;
const distinct = (value, keyOf) => new Set([...objectsIn(value)].map(keyOf).filter((key) => key !== undefined)).size;
const has =
  (...keys) =>
  (object) =>
    keys.every((key) => key in object);

/** Traces whose record stands above several roots: it is read as a span (src/formats/trace-roots.ts). */
function tracesAbove(traces, spans, parentOf, traceOf) {
  const roots = (id) => spans.filter((span) => !parentOf(span) && traceOf(span) === id).length;
  return traces.filter(({ id }) => roots(id) > 1).length;
}

const one = () => 1;
const openTelemetry = (value) =>
  count(value, (object) => ('spanId' in object || 'span_id' in object) && 'name' in object);
// Bare attributes are one span.
const readableSpans = (value) => count(value, has('name', 'attributes', 'status')) || 1;

const COUNTS = {
  // Rows of one span are merged; the tree of one file has no ids.
  braintrust: (value) =>
    value.span_tree ? count(value, has('name', 'children')) : distinct(value, (row) => row.span_id),
  // Slices, instants and beginnings; the end of a slice belongs to its beginning.
  'chrome-trace': (value) => count(value, ({ ph }) => 'XBbiI'.includes(ph ?? '-')),
  'datadog-apm': (value) => count(value, has('span_id', 'resource')),
  'datadog-llmobs': (value) => count(value, has('span_id', 'start_ns')),
  'genai-attributes': one,
  honeyhive: (value) => count(value, has('event_id', 'event_type')),
  // A reference may hold the whole span that it names.
  jaeger: (value) => distinct(value, ({ spanID, operationName, traceID }) => operationName && `${traceID} ${spanID}`),
  langfuse: ({ trace, observations }) =>
    observations.length +
    tracesAbove(
      [trace],
      observations,
      (row) => row.parentObservationId,
      () => trace.id,
    ),
  // A run is posted and patched.
  langsmith: ({ post }) => post.length,
  mlflow: (value) => count(value, has('name', 'context')),
  'openai-agents': (value) => count(value, has('span_data')),
  openinference: readableSpans,
  opik: ({ trace, traces = [trace], spans }) =>
    spans.length +
    tracesAbove(
      traces,
      spans,
      (row) => row.parent_span_id,
      (row) => row.trace_id,
    ),
  otlp: openTelemetry,
  'otlp-decoded': openTelemetry,
  'otlp-jsonl': openTelemetry,
  tempo: openTelemetry,
  'vercel-ai-sdk': readableSpans,
  zipkin: (value) => count(value, has('traceId', 'id')),
};

/** How many spans a file holds; `undefined` where its records are no spans (streams of a graph, protobuf). */
export function spanRecords(folder, value) {
  if (folder.startsWith('provider-')) return 1;
  return COUNTS[folder]?.(value);
}

// OTLP as Zipkin's JSON, as OpenTelemetry's collector writes it (opentelemetry-collector-contrib, pkg/translator/zipkin), whose
// exporter cannot be built here.
const KINDS = new Map([
  [2, 'SERVER'],
  [3, 'CLIENT'],
  [4, 'PRODUCER'],
  [5, 'CONSUMER'],
]);

const valueOf = ({ stringValue, intValue, doubleValue, boolValue, arrayValue }) =>
  stringValue ??
  arrayValue?.values?.map(valueOf) ??
  (intValue === undefined ? (doubleValue ?? boolValue) : Number(intValue));

const valuesOf = (attributes = []) => Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));

const tagsOf = (attributes) =>
  Object.fromEntries(
    Object.entries(valuesOf(attributes)).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

const micros = (nanos) => Number(BigInt(nanos) / 1000n);

export function zipkinSpansOf({ resourceSpans }) {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const { 'service.name': serviceName } = tagsOf(resource?.attributes);
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        traceId: span.traceId,
        id: span.spanId,
        ...(span.parentSpanId && { parentId: span.parentSpanId }),
        name: span.name,
        ...(KINDS.has(span.kind) && { kind: KINDS.get(span.kind) }),
        timestamp: micros(span.startTimeUnixNano),
        duration: Math.max(1, micros(span.endTimeUnixNano) - micros(span.startTimeUnixNano)),
        localEndpoint: { serviceName },
        tags: {
          ...tagsOf(span.attributes),
          'otel.scope.name': scope?.name ?? '',
          ...(span.status?.code === 1 && { 'otel.status_code': 'OK' }),
          ...(span.status?.code === 2 && { 'otel.status_code': 'ERROR', error: span.status.message ?? '' }),
        },
        annotations: (span.events ?? []).map(({ name, timeUnixNano, attributes }) => ({
          timestamp: micros(timeUnixNano ?? span.startTimeUnixNano),
          value: attributes?.length ? `${name}|${JSON.stringify(valuesOf(attributes))}|0` : name,
        })),
      })),
    );
  });
}

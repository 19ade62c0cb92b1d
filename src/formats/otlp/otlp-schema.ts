type Scalar = 'string' | 'id' | 'bytes' | 'bool' | 'double' | 'int64' | 'fixed64' | 'uint32' | 'fixed32';
type MessageName =
  | 'TraceByIDResponse'
  | 'TracesData'
  | 'ResourceSpans'
  | 'Resource'
  | 'ScopeSpans'
  | 'Scope'
  | 'Span'
  | 'Event'
  | 'Link'
  | 'Status'
  | 'KeyValue'
  | 'AnyValue'
  | 'ArrayValue'
  | 'KeyValueList';

interface Field {
  /** As it is called in OTLP JSON. */
  readonly name: string;
  readonly type: Scalar | MessageName;
  readonly isList: boolean;
}

export type MessageFields = ReadonlyMap<number, Field>;

const one = (name: string, type: Field['type']): Field => ({ name, type, isList: false });
const many = (name: string, type: Field['type']): Field => ({ name, type, isList: true });
const fields = (byNumber: Readonly<Record<number, Field>>): MessageFields =>
  new Map(Object.entries(byNumber).map(([number, field]) => [Number(number), field]));

/**
 * The messages of a trace by field number: open-telemetry/opentelemetry-proto, trace/v1/trace.proto, common/v1/common.proto
 * and resource/v1/resource.proto; the first is Tempo's (grafana/tempo, pkg/tempopb/tempo.proto).
 */
export const MESSAGES: ReadonlyMap<string, MessageFields> = new Map<MessageName, MessageFields>([
  [
    'TraceByIDResponse',
    fields({ 1: one('trace', 'TracesData'), 3: one('status', 'uint32'), 4: one('message', 'string') }),
  ],
  ['TracesData', fields({ 1: many('resourceSpans', 'ResourceSpans') })],
  [
    'ResourceSpans',
    fields({
      1: one('resource', 'Resource'),
      2: many('scopeSpans', 'ScopeSpans'),
      3: one('schemaUrl', 'string'),
      // What scopes were called before OTLP 0.15; laid out alike.
      1000: many('instrumentationLibrarySpans', 'ScopeSpans'),
    }),
  ],
  ['Resource', fields({ 1: many('attributes', 'KeyValue'), 2: one('droppedAttributesCount', 'uint32') })],
  ['ScopeSpans', fields({ 1: one('scope', 'Scope'), 2: many('spans', 'Span'), 3: one('schemaUrl', 'string') })],
  [
    'Scope',
    fields({
      1: one('name', 'string'),
      2: one('version', 'string'),
      3: many('attributes', 'KeyValue'),
      4: one('droppedAttributesCount', 'uint32'),
    }),
  ],
  [
    'Span',
    fields({
      1: one('traceId', 'id'),
      2: one('spanId', 'id'),
      3: one('traceState', 'string'),
      4: one('parentSpanId', 'id'),
      5: one('name', 'string'),
      6: one('kind', 'uint32'),
      7: one('startTimeUnixNano', 'fixed64'),
      8: one('endTimeUnixNano', 'fixed64'),
      9: many('attributes', 'KeyValue'),
      10: one('droppedAttributesCount', 'uint32'),
      11: many('events', 'Event'),
      12: one('droppedEventsCount', 'uint32'),
      13: many('links', 'Link'),
      14: one('droppedLinksCount', 'uint32'),
      15: one('status', 'Status'),
      16: one('flags', 'fixed32'),
    }),
  ],
  [
    'Event',
    fields({
      1: one('timeUnixNano', 'fixed64'),
      2: one('name', 'string'),
      3: many('attributes', 'KeyValue'),
      4: one('droppedAttributesCount', 'uint32'),
    }),
  ],
  [
    'Link',
    fields({
      1: one('traceId', 'id'),
      2: one('spanId', 'id'),
      3: one('traceState', 'string'),
      4: many('attributes', 'KeyValue'),
      5: one('droppedAttributesCount', 'uint32'),
      6: one('flags', 'fixed32'),
    }),
  ],
  ['Status', fields({ 2: one('message', 'string'), 3: one('code', 'uint32') })],
  ['KeyValue', fields({ 1: one('key', 'string'), 2: one('value', 'AnyValue') })],
  [
    'AnyValue',
    fields({
      1: one('stringValue', 'string'),
      2: one('boolValue', 'bool'),
      3: one('intValue', 'int64'),
      4: one('doubleValue', 'double'),
      5: one('arrayValue', 'ArrayValue'),
      6: one('kvlistValue', 'KeyValueList'),
      7: one('bytesValue', 'bytes'),
    }),
  ],
  ['ArrayValue', fields({ 1: many('values', 'AnyValue') })],
  ['KeyValueList', fields({ 1: many('values', 'KeyValue') })],
]);

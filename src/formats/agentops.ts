import { asNumber } from '../conventions/convention.js';
import { interpret, OutlineDraft } from '../conventions/index.js';
import type { SpanKind, SpanOutline, SpanReader, SpanTable } from '../model/index.js';
import { firstText } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { flatAttributes } from './flat-attributes.js';
import type { Format } from './format.js';
import { asText, isObject, type JsonObject } from '../payloads/json-value.js';
import { statusOf } from './otlp/otlp-span.js';
import { emptyOutline } from './outline.js';
import { clearOutline, fieldsOf, holdsRow, inSteps, momentOf, parametersIn, recordOf, rowsOf, tagsOf } from './row.js';
import { normalisedId } from './span-ids.js';

/**
 * AgentOps: a trace as its API and its dashboard give it (`{trace: {trace_id, …}, spans: […]}`, or the two in one object),
 * or its spans alone. A span is told by `span_id`, `span_name` and `span_attributes`: OpenTelemetry attributes, nested by
 * the dots in their keys, of any convention.
 *
 * Source: docs.agentops.ai; an export printed in IBM/ibmdotcom-tutorials. Tested on the documentation only.
 */
export const agentOps: Format = {
  name: 'agentops',
  title: 'AgentOps traces',

  detect(value) {
    return holdsRow(value, isSpan, 'spans');
  },

  *read(value, table) {
    const outline = emptyOutline();
    const draft = new OutlineDraft();
    for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
      const { trace } = item;
      const about = isObject(trace) ? trace : item;
      const traceId = normalisedId(about['trace_id']);
      const spans = Array.isArray(item['spans']) ? (item['spans'] as unknown[]) : [item];
      if (Array.isArray(item['spans'])) putTraceFacts(about, traceId, table);
      yield* inSteps(rowsOf(spans, table), (span) => {
        outlineOf(span, traceId, clearOutline(outline), draft, table);
        table.add(outline, span, reader);
      });
    }
  },
};

const isSpan = (span: JsonObject | undefined): boolean =>
  span !== undefined &&
  typeof span['span_id'] === 'string' &&
  typeof span['span_name'] === 'string' &&
  isObject(jsonOrText(span['span_attributes']));

function putTraceFacts(trace: JsonObject, traceId: string, table: SpanTable): void {
  const facts = table.facts(traceId);
  for (const tag of tagsOf(trace['tags']) ?? []) facts.tags.add(tag);
  const stated = parametersIn(trace, new Set(['spans']));
  if (stated) facts.metadata = Object.fromEntries(stated);
}

const KINDS: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  ['agent', 'agent'],
  ['llm', 'llm'],
  ['tool', 'tool'],
  ['workflow', 'chain'],
  ['operation', 'chain'],
  ['task', 'chain'],
  ['session', 'chain'],
  ['chain', 'chain'],
  ['guardrail', 'guardrail'],
]);

function outlineOf(
  span: JsonObject,
  traceId: string,
  outline: SpanOutline,
  draft: OutlineDraft,
  table: SpanTable,
): void {
  const attributes = flatAttributes(jsonOrText(span['span_attributes']));
  const resource = flatAttributes(jsonOrText(span['resource_attributes']));
  outline.name = asText(span['span_name']);
  outline.service = asText(resource.get('service.name')) || firstText(span, 'service_name');
  draft.reset();
  for (const [key, value] of attributes) draft.attribute(key, value);
  draft.writeTo(outline);

  const word = asText(attributes.get('agentops.span.kind')) || asText(span['span_type']);
  if (outline.kind === 'span') outline.kind = KINDS.get(word.toLowerCase()) ?? 'span';
  outline.traceId = normalisedId(span['trace_id']) || traceId;
  outline.id = normalisedId(span['span_id']);
  outline.parentId = normalisedId(span['parent_span_id']);
  outline.start = momentOf(table.origin, span['start_time']);
  outline.end = momentOf(table.origin, span['end_time']);
  // Nanoseconds, like those of the trace.
  const duration = asNumber(span['duration']);
  if (Number.isNaN(outline.end) && duration !== undefined) outline.end = outline.start + duration / 1e6;
  outline.status = statusOf(span['status_code']);
  outline.statusMessage = firstText(span, 'status_message');
}

const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['span_attributes', 'resource_attributes']);

const reader: SpanReader = {
  format: agentOps.name,
  record(raw) {
    const span = isObject(raw) ? raw : {};
    return {
      ...recordOf(
        new Map([...fieldsOf(span, SHOWN_ELSEWHERE), ...flatAttributes(jsonOrText(span['span_attributes']))]),
      ),
      resource: flatAttributes(jsonOrText(span['resource_attributes'])),
    };
  },
  meaning: interpret,
};

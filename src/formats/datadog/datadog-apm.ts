import { asNumber } from '../../conventions/convention.js';
import { interpret, OutlineDraft } from '../../conventions/index.js';
import type { SpanEvent, SpanLink, SpanReader } from '../../model/index.js';
import type { Format } from '../format.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { anyValue } from '../otlp/otlp-values.js';
import { emptyOutline } from '../outline.js';
import { fieldsOf, inSteps, rowsOf } from '../row.js';
import { normalisedId } from '../span-ids.js';
import { known } from './datadog-tags.js';

/**
 * Traces as Datadog's tracers send them to the agent, `/v0.4/traces` (DataDog/datadog-agent, pkg/proto/datadog/trace/
 * span.proto): a list of traces, each a list of spans; also as `{traces}`, which the tracers for JavaScript write to a log;
 * one on each line as well. Told by spans with `trace_id`, `span_id`, `start` and `duration` inside a list of lists.
 *
 * Ids are unsigned 64-bit numbers, which a double cannot hold (the text is read so that they become decimal text, see
 * `long-integers.ts`), or hex in a log. They stay as they are: `_dd.p.tid`, the upper half of a trace id, is on the first
 * span only. A parent of 0 is none; a trace of 0 is one (test snapshots count from 0). Times are nanoseconds.
 *
 * `meta` and `metrics` are attributes: text and numbers. dd-trace for JavaScript (5.132) writes what LLM Observability
 * knows as `gen_ai.*`, but no content, and with kinds of Datadog's in `gen_ai.operation.name`; it marks such spans with
 * `_dd.llmobs.artificial_gen_ai_tags`. What Datadog's own mean is in `conventions/datadog-apm.ts`.
 */
export const datadogApm: Format = {
  name: 'datadog-apm',
  title: 'Datadog APM traces',

  detect(value) {
    for (const trace of tracesOf(value)) {
      if (Array.isArray(trace) && trace.length > 0) return isSpan((trace as unknown[]).find(isObject));
    }
    return false;
  },

  *read(value, table) {
    const draft = new OutlineDraft();
    const outline = emptyOutline();
    const { origin } = table;
    yield* inSteps(rowsOf(spansOf(value), table), (span) => {
      const meta = isObject(span['meta']) ? span['meta'] : {};
      outline.traceId = idOf(span['trace_id']);
      outline.id = idOf(span['span_id']);
      outline.parentId = normalisedId(span['parent_id']);
      outline.name = asText(span['name']);
      outline.start = origin.fromNanos(span['start']);
      outline.end = outline.start + nanosToMillis(span['duration']);
      const isError = (asNumber(span['error']) ?? 0) > 0;
      outline.status = isError ? 'error' : 'unset';
      outline.statusMessage = isError ? asText(either(meta, 'error.message', 'error.msg')) || undefined : undefined;
      outline.service = asText(span['service']) || undefined;
      draft.reset();
      for (const [key, tag] of tagsOf(span)) draft.attribute(key, tag);
      draft.writeTo(outline);
      outline.provider = known(outline.provider);
      // What the operation was done with, where the name is only the operation.
      const resource = asText(span['resource']);
      if (resource !== outline.name) outline.label ??= resource || undefined;
      table.add(outline, span, reader);
    });
  },
};

/** The traces: the value itself, or under `traces`; where each line is a body, those of all lines. */
function* tracesOf(value: unknown): Generator {
  for (const item of isObject(value) ? [value] : asArray(value)) {
    if (isObject(item) && Array.isArray(item['traces'])) yield* item['traces'] as unknown[];
    else if (Array.isArray(item) && item.some(Array.isArray)) yield* item as unknown[];
    else yield item;
  }
}

/** The spans of all traces. One that stands among the traces is read as well. */
function* spansOf(value: unknown): Generator {
  for (const trace of tracesOf(value)) {
    if (Array.isArray(trace)) yield* trace as unknown[];
    else yield trace;
  }
}

const isSpan = (span: unknown): boolean =>
  isObject(span) &&
  span['trace_id'] !== undefined &&
  span['span_id'] !== undefined &&
  span['start'] !== undefined &&
  span['duration'] !== undefined &&
  (isObject(span['meta']) || isObject(span['metrics']) || span['resource'] !== undefined);

const idOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';

const nanosToMillis = (nanos: unknown): number =>
  (typeof nanos === 'bigint' || typeof nanos === 'string' || typeof nanos === 'number' ? Number(nanos) : NaN) / 1e6;

/** Kinds of spans of the CrewAI tracer, which says them nowhere but in the resource (DataDog/dd-trace-py, contrib/crewai). */
const RESOURCE_KINDS: ReadonlyMap<unknown, string> = new Map([
  ['Crew Kickoff', 'workflow'],
  ['CrewAI Crew', 'workflow'],
  ['CrewAI Task', 'task'],
  ['CrewAI Agent', 'agent'],
  ['CrewAI Tool', 'tool'],
]);

function* tagsOf(span: JsonObject): Generator<[string, unknown]> {
  const resourceKind = RESOURCE_KINDS.get(span['resource']);
  if (isObject(span['meta'])) yield* Object.entries(span['meta']);
  if (isObject(span['metrics'])) yield* Object.entries(span['metrics']);
  if (resourceKind !== undefined) yield ['_dd.llmobs.span_kind', resourceKind];
}

/** Fields that are shown as something else than an attribute. */
const SHOWN = new Set([
  ...['trace_id', 'span_id', 'parent_id', 'name', 'service', 'start', 'duration'],
  ...['meta', 'metrics', 'span_events', 'span_links'],
]);

const NOTHING: ReadonlyMap<string, unknown> = new Map();

const reader: SpanReader = {
  format: 'datadog-apm',
  record(raw) {
    const span = isObject(raw) ? raw : {};
    return {
      attributes: new Map([...fieldsOf(span, SHOWN), ...mapOf(span['meta']), ...mapOf(span['metrics'])]),
      events: asArray(span['span_events']).filter(isObject).map(eventOf),
      links: asArray(span['span_links']).filter(isObject).map(linkOf),
      resource: NOTHING,
      scope: {},
    };
  },
  meaning: interpret,
};

const mapOf = (value: unknown): Map<string, unknown> => new Map(isObject(value) ? Object.entries(value) : []);

/** Values of attributes are `{type, string_value}` and the like, as those of OTLP in snake case. */
function eventOf(event: JsonObject): SpanEvent {
  const time = nanosToMillis(event['time_unix_nano']);
  const attributes = mapOf(event['attributes']);
  for (const [key, value] of attributes) {
    if (!isObject(value) || value['type'] === undefined) continue;
    attributes.set(key, anyValue(Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'type'))));
  }
  return { name: asText(event['name']), attributes, ...(time > 0 && { time }) };
}

const linkOf = (link: JsonObject): SpanLink => ({
  traceId: idOf(link['trace_id']),
  spanId: idOf(link['span_id']),
  attributes: mapOf(link['attributes']),
});

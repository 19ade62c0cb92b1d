import { OutlineDraft } from '../../conventions/index.js';
import type { SpanTable } from '../../model/index.js';
import { SPANS_PER_STEP, type Format } from '../format.js';
import { asArray, asText, either, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { anyValue, keyValues } from './otlp-values.js';
import { otlpReader, OtlpSpanOutliner } from './otlp-span.js';

const RESOURCE_SPANS = ['resourceSpans', 'resource_spans'] as const;
/** The last two are what OTLP called scopes before version 0.15. */
const SCOPE_SPANS = [
  'scopeSpans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'instrumentation_library_spans',
] as const;

const holds = (value: JsonObject | undefined, names: readonly string[]): boolean =>
  value !== undefined && Array.isArray(either(value, ...names));

/**
 * OTLP in JSON (opentelemetry-proto, "JSON Protobuf Encoding"), and what is met under that name: one document, a list or
 * lines of documents, bare `resourceSpans`; ids in hex of either case, in base64, or as bytes; enums as numbers or words;
 * keys in camel case or snake case; 64-bit numbers as text, as numbers, or as the halves of protobufjs.
 */
export const otlp: Format = {
  name: 'otlp',
  title: 'OTLP JSON',

  detect(value) {
    const first = firstObject(value);
    return holds(first, RESOURCE_SPANS) || isResourceSpans(first);
  },

  read: (value, table) => readOtlp(value, table, otlp.name),
};

/** What one resource sent. */
export const isResourceSpans = (value: JsonObject | undefined): boolean => holds(value, SCOPE_SPANS);

/** Reads a document of OTLP JSON, bare `resourceSpans`, or a list of either, as a container of this name. */
export function* readOtlp(value: unknown, table: SpanTable, format: string): Generator<number, void> {
  const outliner = new OtlpSpanOutliner(table, new OutlineDraft());
  let done = 0;
  for (const resourceSpans of resourceSpansOf(value, table)) {
    const resource = isObject(resourceSpans['resource']) ? resourceSpans['resource'] : {};
    const service = serviceName(resource);
    for (const scopeSpans of asArray(either(resourceSpans, ...SCOPE_SPANS))) {
      if (!isObject(scopeSpans)) {
        leaveOut(table, 'A scope');
        continue;
      }
      const scope = either(scopeSpans, 'scope', 'instrumentationLibrary', 'instrumentation_library');
      const reader = otlpReader({ format, resource, scope: isObject(scope) ? scope : {} });
      for (const span of asArray(scopeSpans['spans'])) {
        if (isObject(span)) outliner.add(span, service, reader);
        else leaveOut(table, 'A span');
        if (++done % SPANS_PER_STEP === 0) yield done;
      }
    }
  }
}

function* resourceSpansOf(value: unknown, table: SpanTable): Generator<JsonObject> {
  for (const document of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (!isObject(document)) {
      leaveOut(table, 'A document');
      continue;
    }
    const wrapped = either(document, ...RESOURCE_SPANS);
    for (const item of Array.isArray(wrapped) ? (wrapped as unknown[]) : [document]) {
      if (isObject(item)) yield item;
      else leaveOut(table, 'A resource');
    }
  }
}

function leaveOut(table: SpanTable, what: string): void {
  table.problems.push({ code: 'unreadable-record', message: `${what} is not an object and was left out.` });
}

function serviceName(resource: JsonObject): string | undefined {
  for (const [key, value] of keyValues(resource['attributes'])) {
    if (key === 'service.name') return asText(anyValue(value)) || undefined;
  }
  return undefined;
}

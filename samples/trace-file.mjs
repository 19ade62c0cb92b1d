import { strict as assert } from 'node:assert';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { checkForLeaks } from './leaks.mjs';

// The body that an OTLP/HTTP JSON exporter would send for these spans.
export function toDocument(spans) {
  return JSON.parse(new TextDecoder().decode(JsonTraceSerializer.serializeRequest(spans)));
}

function spansOf(document) {
  return document.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

// The only edit made to a recording: directories of the machine in stack traces become file:///app/.
export function hideDirectories(document) {
  for (const span of spansOf(document)) {
    for (const { attributes } of span.events) {
      const stack = attributes.find(({ key }) => key === 'exception.stacktrace');
      if (!stack) continue;
      stack.value.stringValue = stack.value.stringValue.replace(
        /(?:file:\/\/)?(?:\/[^\s/():]+)+\/([^\s/():]+:\d+:\d+)/g,
        'file:///app/$1',
      );
    }
  }
}

export function check(document) {
  const spans = spansOf(document);
  const ids = new Set(spans.map(({ spanId }) => spanId));
  assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, 1, 'one trace');
  assert.equal(spans.filter(({ parentSpanId }) => !parentSpanId).length, 1, 'one root span');
  for (const { name, parentSpanId } of spans) {
    assert.ok(!parentSpanId || ids.has(parentSpanId), `the parent of "${name}" was never recorded`);
  }

  const text = JSON.stringify(document);
  checkForLeaks(text);
  assert.doesNotMatch(text, /"(host|process|os)\.[a-z.]+"/, 'an attribute on the machine or the process is in it');
  return spans.length;
}

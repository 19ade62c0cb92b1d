import { expect } from '@open-wc/testing';
import { otlpSpan, resourceSpansOf, TRACE_ID } from '../../test/otlp-builder.js';
import { sharedText } from '../../test/shared-files.js';
import { readTraces } from '../read-traces.js';

const batch = resourceSpansOf([
  otlpSpan({ id: 'aaaaaaaaaaaaaaaa', name: 'root', attributes: { 'gen_ai.request.model': 'm-1' } }),
  // As Go's protobuf-to-JSON printer writes it: ids in base64, enums as words.
  otlpSpan({
    name: 'child',
    more: {
      traceId: btoa(String.fromCharCode(...TRACE_ID.match(/../g)!.map((byte) => parseInt(byte, 16)))),
      spanId: 'u7u7u7u7u7s=',
      parentSpanId: 'qqqqqqqqqqo=',
      status: { code: 'STATUS_CODE_ERROR', message: 'no' },
    },
  }),
]);
const { scopeSpans, ...resource } = batch;

describe('Grafana Tempo', () => {
  it('reads version 1, version 2, and the older scopes', async () => {
    const answers = [
      { batches: [batch] },
      [{ batches: [batch] }],
      { batches: [{ ...resource, instrumentationLibrarySpans: scopeSpans }] },
      { trace: { resourceSpans: [batch] }, metrics: {} },
      { trace: { batches: [batch] } },
    ];
    for (const answer of answers) {
      const [trace, ...others] = await readTraces(answer);
      expect(others).to.deep.equal([]);
      expect([trace!.format, trace!.id, trace!.problems]).to.deep.equal(['tempo', TRACE_ID, []]);
      expect(
        [...trace!.spans].map(({ id, parentId, status, service, model }) => [id, parentId, status, service, model]),
      ).to.deep.equal([
        ['aaaaaaaaaaaaaaaa', undefined, 'unset', 'shop', 'm-1'],
        ['bbbbbbbbbbbbbbbb', 'aaaaaaaaaaaaaaaa', 'error', 'shop', undefined],
      ]);
    }
  });

  it('says that a trace is not whole', async () => {
    const [trace] = await readTraces({ trace: { resourceSpans: [batch] }, status: 'PARTIAL', message: 'too large' });
    expect(trace!.problems.map(({ message }) => message)).to.deep.equal([
      'Tempo gave only a part of the trace: too large',
    ]);
  });

  it('reads the real file', async function () {
    const text = await sharedText('fixtures/tempo/tempopb-trace.json');
    if (text === undefined) this.skip();
    const [trace] = await readTraces(text);
    expect([trace!.format, trace!.id, trace!.spans.length]).to.deep.equal([
      'tempo',
      '5b8efff798038103d269b633813fc60c',
      1,
    ]);
    const only = trace!.spans.at(0)!;
    expect([only.id, only.service, only.duration, only.attributes.get('my.span.attr')]).to.deep.equal([
      'eee19b7ec3c1b174',
      'my.service',
      1000,
      'some value',
    ]);
  });
});

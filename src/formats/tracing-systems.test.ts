import { expect } from '@open-wc/testing';
import { survivesAnything } from '../test/format-checks.js';
import { otlpSpan, resourceSpansOf } from '../test/otlp-builder.js';
import { sharedFiles, sharedText } from '../test/shared-files.js';
import { chromeTrace } from './chrome-trace/chrome-trace.js';
import { datadogApm } from './datadog/datadog-apm.js';
import { TraceReadError } from './errors.js';
import type { Format } from './format.js';
import { jaeger } from './jaeger/jaeger.js';
import { otlpProtobuf } from './otlp/otlp-protobuf.js';
import { parseText } from './parse-text.js';
import { tempo } from './otlp/tempo.js';
import { zipkin, zipkinV1 } from './zipkin/zipkin.js';

const tag = { key: 'gen_ai.request.model', value: 'm' };
const endpoint = { serviceName: 'a', ipv4: '1.2.3.4', port: 1 };
const reference = { refType: 'CHILD_OF', traceID: 'ab', spanID: '1', span: { spanID: '1', operationName: 'up' } };
const ofJaeger = {
  ...{ traceID: 'ab', spanID: '2', operationName: 'x', references: [reference], startTime: 1, duration: 2 },
  ...{ tags: [tag, { key: 'error', value: 'no' }], logs: [{ timestamp: 1, fields: [tag] }], processID: 'p' },
};
const ofZipkin = {
  ...{ traceId: 'ab', id: '1', parentId: '2', kind: 'CLIENT', timestamp: 5, duration: 5, localEndpoint: endpoint },
  ...{ tags: { error: '' }, annotations: [{ timestamp: 6, value: '"a": {"b":1}' }] },
};
const ofZipkinV1 = {
  ...{ traceId: 'ab', id: '1', annotations: [{ timestamp: 6, value: 'cs', endpoint }] },
  ...{ binaryAnnotations: [{ key: 'sa', value: true, endpoint }] },
};
const chromeEvents = ['X', 'B', 'E', 'b', 'n', 'e', 'C', 's', 'f', 'M', 'i'].map((ph, index) => ({
  ...{
    ph,
    name: 'n',
    cat: 'c',
    id: 1,
    pid: 1,
    tid: index % 2,
    ts: index,
    dur: 3,
    args: { name: 'a', 'session.id': 's' },
  },
}));
const ofDatadog = {
  ...{ trace_id: 1, span_id: '2', parent_id: 0, name: 'x', resource: 'r', start: 1e18, duration: 5, error: 1 },
  ...{
    meta: { 'error.message': 'no' },
    metrics: { n: 1 },
    span_events: [{ name: 'e', time_unix_nano: 5, attributes: {} }],
  },
};
const ofOtlp = resourceSpansOf([otlpSpan({ attributes: { a: [{ b: 1 }] } })]);

/** Samples of each format, and the folders of real files that are its own. */
const CASES: readonly { format: Format; folder: string; samples: readonly unknown[] }[] = [
  {
    format: jaeger,
    folder: 'jaeger',
    samples: [
      { data: [{ traceID: 'ab', spans: [ofJaeger], processes: { p: { serviceName: 's', tags: [tag] } } }] },
      [ofJaeger],
    ],
  },
  { format: zipkin, folder: 'zipkin', samples: [[ofZipkin, { ...ofZipkin, shared: true, kind: 'SERVER' }], ofZipkin] },
  { format: zipkinV1, folder: 'none', samples: [[ofZipkinV1], [[ofZipkinV1], [ofZipkin]]] },
  {
    format: tempo,
    folder: 'tempo',
    samples: [{ batches: [ofOtlp] }, { trace: { resourceSpans: [ofOtlp] }, status: 1 }],
  },
  {
    format: chromeTrace,
    folder: 'chrome-trace',
    samples: [chromeEvents, { traceEvents: chromeEvents, beginningOfTime: 5 }],
  },
  { format: datadogApm, folder: 'datadog-apm', samples: [[[ofDatadog, ofDatadog]], { traces: [[ofDatadog]] }] },
  { format: otlpProtobuf, folder: 'otlp-protobuf', samples: [] },
];

describe('formats of tracing systems', () => {
  for (const { format, samples } of CASES) {
    it(`${format.name} knows its own samples and no other, and survives anything`, () => {
      for (const { format: owner, samples: others } of CASES) {
        for (const sample of others) {
          expect(format.detect(sample), `${owner.name}: ${JSON.stringify(sample)}`).to.equal(owner === format);
        }
      }
      survivesAnything(format, ...(samples.length ? samples : [{}]));
    });
  }

  it('know the real files of their own folders and no others', async function () {
    const files = await sharedFiles();
    if (files.length === 0) this.skip();
    let read = 0;
    for (const file of files.filter((path) => /\.jsonl?$/.test(path))) {
      const text = (await sharedText(`fixtures/${file}`))!;
      let value: unknown;
      try {
        ({ value } = parseText(text));
      } catch (error) {
        expect(error, file).to.be.instanceOf(TraceReadError);
        continue;
      }
      read++;
      const knowing = CASES.filter(({ format }) => format.detect(value)).map(({ folder }) => folder);
      const own = CASES.filter(({ folder }) => file.startsWith(`${folder}/`)).map(({ folder }) => folder);
      expect(knowing, file).to.deep.equal(own);
    }
    expect(read).to.be.greaterThan(100);
  });
});

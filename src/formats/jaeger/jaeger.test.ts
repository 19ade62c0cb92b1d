import { expect } from '@open-wc/testing';
import { sharedText } from '../../test/shared-files.js';
import { readTraces } from '../read-traces.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const START = 1767268800123456;

const tag = (key: string, value: unknown): object => ({ key, type: 'string', value });
const reference = (spanID: string, refType = 'CHILD_OF', traceID = TRACE): object => ({ refType, traceID, spanID });

const span = (spanID: string, more: object = {}): Record<string, unknown> => ({
  traceID: TRACE,
  spanID,
  operationName: `work ${spanID}`,
  references: [],
  startTime: START,
  duration: 1500,
  tags: [],
  logs: [],
  processID: 'p1',
  warnings: null,
  ...more,
});

const PROCESSES = { p1: { serviceName: 'shop', tags: [tag('hostname', 'box')] } };
const traceOf = (...spans: object[]): object => ({ traceID: TRACE, spans, processes: PROCESSES });

async function readOne(value: unknown) {
  const traces = await readTraces(value);
  expect(traces).to.have.length(1);
  expect(traces[0]!.format).to.equal('jaeger');
  return traces[0]!;
}

describe('Jaeger', () => {
  it('reads every form of the container', async () => {
    const spans = [span('a1'), span('b2', { references: [reference('00000000000000a1')] })];
    const alone = spans.map((item) => ({ ...item, processID: undefined, process: PROCESSES.p1, startTimeMillis: 1 }));
    const containers = [
      { data: [traceOf(...spans)], total: 0, errors: null },
      traceOf(...spans),
      [traceOf(...spans)],
      { data: traceOf(...spans), id: TRACE, state: 'FETCH_DONE' },
      alone,
      alone.map((item) => JSON.stringify(item)).join('\n'),
    ];
    for (const container of containers) {
      const trace = await readOne(container);
      expect(trace.id).to.equal(TRACE);
      expect(trace.problems).to.deep.equal([]);
      expect([...trace.spans].map(({ id, parentId, service }) => [id, parentId, service])).to.deep.equal([
        ['00000000000000a1', undefined, 'shop'],
        ['00000000000000b2', '00000000000000a1', 'shop'],
      ]);
    }
  });

  it('keeps microseconds, and gives dropped zeros back', async () => {
    const id = 'df84e36b9e2ee3815d07f0867a5be1f';
    const trace = await readOne({ traceID: id, spans: [span('a1', { traceID: id })], processes: PROCESSES });
    expect(trace.id).to.equal(`0${id}`);
    const only = trace.spans.at(0)!;
    expect(only.start).to.equal(1767268800123.456);
    expect(only.duration).to.equal(1.5);
  });

  it('takes the parent that Jaeger takes, and makes links of the other references', async () => {
    const trace = await readOne(
      traceOf(
        span('1'),
        span('2', { references: [reference('1', 'FOLLOWS_FROM')] }),
        span('3', { references: [reference('2', 'FOLLOWS_FROM'), reference('1'), reference('9', 'CHILD_OF', 'beef')] }),
        span('4', { references: undefined, parentSpanID: '3' }),
      ),
    );
    const parents = [...trace.spans].map(({ id, parentId }) => [Number(id), Number(parentId ?? 0)]);
    expect(parents.sort()).to.deep.equal([
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 3],
    ]);
    const links = trace.span('0000000000000003')!.links;
    expect(
      links.map(({ traceId, spanId, attributes }) => [traceId, Number(spanId), attributes.get('refType')]),
    ).to.deep.equal([
      [TRACE, 2, 'FOLLOWS_FROM'],
      ['000000000000beef', 9, 'CHILD_OF'],
    ]);
    expect(trace.span('0000000000000002')!.links).to.deep.equal([]);
  });

  it('reads spans that stand only in references, once', async () => {
    const top = span('1');
    const middle = span('2', { references: [{ ...reference('1'), span: top }] });
    const low = (id: string): object => span(id, { references: [{ ...reference('2'), span: middle }] });
    const trace = await readOne(traceOf(low('3'), low('4')));
    expect([...trace.spans].map(({ id, depth }) => [Number(id), depth])).to.deep.equal([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 2],
    ]);
    expect(trace.problems).to.deep.equal([]);
  });

  it('reads tags, status, logs and what is of no other use', async () => {
    const trace = await readOne(
      traceOf(
        span('1', {
          tags: [
            tag('otel.library.name', 'lib'),
            tag('gen_ai.operation.name', 'chat'),
            tag('gen_ai.request.model', 'm-1'),
            { key: 'gen_ai.usage.input_tokens', type: 'int64', value: 7 },
            tag('session.id', 's-1'),
            tag('otel.status_code', 'ERROR'),
            tag('otel.status_description', 'no luck'),
          ],
          logs: [{ timestamp: START + 5, fields: [tag('event', 'exception'), tag('exception.message', 'broke')] }],
          flags: 1,
          warnings: ['clock skew'],
        }),
        span('2', {
          tags: [{ key: 'error', type: 'bool', value: true }],
          logs: [
            { timestamp: START, fields: [tag('event', 'error'), tag('error.kind', 'Fault'), tag('message', 'bad')] },
          ],
        }),
        span('3', { tags: [{ key: 'error', type: 'bool', value: false }], tag: { 'http@method': 'GET' } }),
      ),
    );
    const one = trace.span('0000000000000001')!;
    expect([one.kind, one.model, one.usage?.input, one.status, one.statusMessage]).to.deep.equal([
      'llm',
      'm-1',
      7,
      'error',
      'no luck',
    ]);
    expect(trace.sessionId).to.equal('s-1');
    expect(one.scope.name).to.equal('lib');
    expect(one.resource.get('hostname')).to.equal('box');
    expect(one.attributes.get('flags')).to.equal(1);
    expect(one.attributes.get('warnings')).to.deep.equal(['clock skew']);
    expect(one.events.map(({ name, time }) => [name, time])).to.deep.equal([['exception', 1767268800123.461]]);
    expect(one.exceptions[0]?.message).to.equal('broke');
    const two = trace.span('0000000000000002')!;
    expect([two.status, two.exceptions[0]?.type, two.exceptions[0]?.message]).to.deep.equal(['error', 'Fault', 'bad']);
    const three = trace.span('0000000000000003')!;
    expect([three.status, three.attributes.get('http.method')]).to.deep.equal(['unset', 'GET']);
  });

  it('reads the real files', async function () {
    interface RealSpan {
      spanID: string;
      traceID: string;
      operationName: string;
      tags: { key: string; value: unknown }[];
      logs: { fields: { key: string; value: unknown }[] }[];
    }
    const counts: Readonly<Record<string, number>> = {
      'jaeger-ui-flamegraph-testTrace': 4,
      'jaeger-ui-otlp2jaeger-out': 1,
      'jaeger-ui-spansAmongEachOtherGrouped': 15,
      'packet-panic-get-inventory-77': 77,
      'packet-panic-interfaces-R1-188': 188,
      'packet-panic-traces-129': 129,
    };
    for (const [file, count] of Object.entries(counts)) {
      const text = await sharedText(`fixtures/jaeger/${file}.json`);
      if (text === undefined) this.skip();
      const trace = await readOne(text);
      expect(trace.spans.length, file).to.equal(count);
      const value = JSON.parse(text) as { data?: unknown; spans?: RealSpan[] };
      const holder = (Array.isArray(value.data) ? value.data[0] : (value.data ?? value)) as { spans: RealSpan[] };
      let calls = 0;
      for (const raw of holder.spans) {
        const read = trace.span(raw.spanID.padStart(16, '0'))!;
        expect(read.name === '', file).to.equal(false);
        const tags = new Map(raw.tags.map(({ key, value: held }) => [key, held]));
        expect(read.usage?.input, raw.spanID).to.equal(tags.get('gen_ai.usage.input_tokens'));
        // The instrumentation writes “unknown” for a model that it could not tell.
        const model = tags.get('gen_ai.response.model');
        if (model !== undefined && model !== 'unknown') expect(read.model, raw.spanID).to.equal(model);
        for (const [key, held] of tags) expect(read.attributes.get(key)).to.equal(held);
        const exceptions = raw.logs.filter(({ fields }) => fields.some(({ value: held }) => held === 'exception'));
        expect(read.exceptions.length, raw.spanID).to.equal(exceptions.length);
        if (tags.has('gen_ai.output.messages')) {
          calls++;
          expect(read.kind).to.equal('llm');
          expect(read.messages.some(({ origin }) => origin === 'output')).to.equal(true);
        }
        if (tags.has('session.id')) expect(trace.sessionId).to.be.a('string');
      }
      expect(calls > 0, file).to.equal(file.startsWith('packet'));
      const problems = trace.problems.map(({ code }) => code);
      expect(problems, file).to.deep.equal(
        file === 'jaeger-ui-otlp2jaeger-out' ? ['duplicate-id', 'missing-parent'] : [],
      );
    }
  });
});

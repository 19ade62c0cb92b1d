import { expect } from '@open-wc/testing';
import type { Trace } from '../../model/index.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { readTraces } from '../read-traces.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const START = 1767268800123456;

const span = (id: string, more: object = {}): Record<string, unknown> => ({
  traceId: TRACE,
  id,
  name: `work ${id}`,
  timestamp: START,
  duration: 1500,
  localEndpoint: { serviceName: 'shop', ipv4: '10.0.0.1' },
  ...more,
});

const ID = (digit: string): string => digit.padStart(16, '0');
const treeOf = (trace: Trace): unknown[] => [...trace.spans].map(({ id, parentId }) => [id, parentId]);

async function readOne(value: unknown, format = 'zipkin'): Promise<Trace> {
  const traces = await readTraces(value);
  expect(traces).to.have.length(1);
  expect(traces[0]!.format).to.equal(format);
  return traces[0]!;
}

describe('Zipkin v2', () => {
  it('reads a list, a list of lists, one span and lines', async () => {
    const spans = [span('1'), span('2', { parentId: '1' })];
    const tree = [
      [ID('1'), undefined],
      [ID('2'), ID('1')],
    ];
    for (const input of [
      spans,
      [spans],
      [[spans[0]], [spans[1]]],
      spans.map((item) => JSON.stringify(item)).join('\n'),
    ]) {
      const trace = await readOne(input);
      expect(treeOf(trace)).to.deep.equal(tree);
      expect(trace.id).to.equal(TRACE);
    }
    const only = (await readOne(spans[0])).spans.at(0)!;
    expect([only.start, only.duration, only.service]).to.deep.equal([1767268800123.456, 1.5, 'shop']);
    expect(only.resource.get('ipv4')).to.equal('10.0.0.1');
  });

  it('puts a shared span’s server below its client, and what the server did below that', async () => {
    const client = { kind: 'CLIENT', localEndpoint: { serviceName: 'front' } };
    const server = { kind: 'SERVER', shared: true, localEndpoint: { serviceName: 'back' } };
    const trace = await readOne([
      span('3', { parentId: '2', localEndpoint: { serviceName: 'back' } }),
      span('2', { parentId: '1', ...server }),
      span('4', { parentId: '2', localEndpoint: { serviceName: 'front' } }),
      { traceId: TRACE, id: '2', parentId: '1', localEndpoint: { serviceName: 'late' } },
      span('2', { parentId: '1', ...client }),
      span('1'),
    ]);
    expect(new Map(treeOf(trace) as [string, string][])).to.deep.equal(
      new Map([
        [ID('1'), undefined],
        [ID('2'), ID('1')],
        [`${ID('2')}#server`, ID('2')],
        [ID('3'), `${ID('2')}#server`],
        [ID('4'), ID('2')],
        [`${ID('2')}#local`, ID('2')],
      ]),
    );
    expect(trace.problems.map(({ code }) => code)).to.deep.equal(['missing-start']);
    expect(treeOf(await readOne([span('2', server)]))).to.deep.equal([[ID('2'), undefined]]);
  });

  it('joins a trace whose id lost its left half', async () => {
    const trace = await readOne([span('1'), span('2', { parentId: '1', traceId: TRACE.slice(16) })]);
    expect(trace.spans.length).to.equal(2);
  });

  it('reads tags, errors, annotations and missing times', async () => {
    const trace = await readOne([
      span('1', {
        kind: 'CLIENT',
        remoteEndpoint: { serviceName: 'db', port: 5432 },
        tags: { error: '没有操作权限', 'gen_ai.request.model': 'm-1', 'gen_ai.usage.output_tokens': '12' },
        annotations: [
          { timestamp: START + 1, value: 'wire' },
          { timestamp: START + 2, value: '"exception": {"exception.message":"broke"}' },
          { timestamp: START + 3, value: 'retry|{"attempt":2,"why":"a|b"}|0' },
        ],
      }),
      span('2', { timestamp: undefined, duration: undefined }),
      span('3', { duration: undefined, tags: { error: '' } }),
    ]);
    const one = trace.span(ID('1'))!;
    expect([one.status, one.statusMessage, one.model, one.usage?.output]).to.deep.equal([
      'error',
      '没有操作权限',
      'm-1',
      12,
    ]);
    expect(one.attributes.get('remoteEndpoint.serviceName')).to.equal('db');
    expect(one.attributes.get('kind')).to.equal('CLIENT');
    expect(one.events.map(({ name, time }) => [name, time])).to.deep.equal([
      ['wire', 1767268800123.457],
      ['exception', 1767268800123.458],
      ['retry', 1767268800123.459],
    ]);
    expect([...one.events[2]!.attributes]).to.deep.equal([
      ['attempt', 2],
      ['why', 'a|b'],
    ]);
    expect(one.exceptions[0]?.message).to.equal('broke');
    expect(trace.span(ID('2'))!.hasStart).to.equal(false);
    expect([trace.span(ID('3'))!.isRunning, trace.span(ID('3'))!.status]).to.deep.equal([true, 'error']);
  });

  it('reads the real files', async function () {
    const files = (await sharedFiles()).filter((file) => file.startsWith('zipkin/'));
    if (files.length === 0) this.skip();
    for (const file of files) {
      const text = (await sharedText(`fixtures/${file}`))!;
      const value = JSON.parse(text) as unknown;
      const raw = (Array.isArray(value) ? value : [value]) as Readonly<Record<string, unknown>>[];
      const trace = await readOne(text);
      expect(trace.spans.length, file).to.equal(raw.length);
      expect(new Set([...trace.spans].map((read) => read.raw)).size, file).to.equal(raw.length);
      for (const read of trace.spans) {
        const record = read.raw as { tags?: Record<string, string>; timestamp?: number; duration?: number };
        expect(read.status === 'error', file).to.equal(record.tags?.['error'] !== undefined);
        expect(read.hasStart).to.equal(record.timestamp !== undefined);
        if (record.duration !== undefined) expect(read.duration).to.be.closeTo(record.duration / 1000, 1e-6);
        for (const [key, held] of Object.entries(record.tags ?? {})) expect(read.attributes.get(key)).to.equal(held);
      }
    }
    const skew = await readOne(await sharedText('fixtures/zipkin/zipkin-skew.json'));
    expect(treeOf(skew)).to.deep.equal([
      ['bf396325699c84bf', undefined],
      ['74280ae0c10d8062', 'bf396325699c84bf'],
      ['74280ae0c10d8062#server', '74280ae0c10d8062'],
      ['43210ae0c10d1234', '74280ae0c10d8062#server'],
    ]);
  });
});

describe('Zipkin v1', () => {
  const endpoint = (serviceName: string): object => ({ serviceName, ipv4: '10.0.0.1', port: 80 });
  const annotation = (value: string, micros: number, serviceName: string): object => ({
    value,
    timestamp: START + micros,
    endpoint: endpoint(serviceName),
  });
  const old = (id: string, more: object): object => ({ traceId: TRACE, id, name: 'get', annotations: [], ...more });

  it('reads sides, tags, endpoints and times from annotations', async () => {
    const trace = await readOne(
      [
        old('1', {
          timestamp: START,
          duration: 3000,
          annotations: [annotation('cs', 0, 'front'), annotation('cr', 3000, 'front')],
          binaryAnnotations: [
            { key: 'http.path', value: '/x', endpoint: endpoint('front') },
            { key: 'sa', value: true, endpoint: endpoint('back') },
          ],
        }),
        old('1', { annotations: [annotation('sr', 1000, 'back'), annotation('ss', 2000, 'back')] }),
        old('2', {
          parentId: '1',
          timestamp: START,
          duration: 8000,
          binaryAnnotations: [{ key: 'lc', value: 'job', endpoint: endpoint('back') }],
        }),
      ],
      'zipkin-v1',
    );
    expect(
      [...trace.spans].map(({ id, parentId, service, duration }) => [id, parentId, service, Math.round(duration!)]),
    ).to.deep.equal([
      [ID('1'), undefined, 'front', 3],
      [`${ID('1')}#server`, ID('1'), 'back', 1],
      [ID('2'), `${ID('1')}#server`, 'back', 8],
    ]);
    const [client] = trace.spans;
    expect(client!.attributes.get('http.path')).to.equal('/x');
    expect(client!.attributes.get('sa')).to.deep.equal(endpoint('back'));
    expect(client!.events.map(({ name }) => name)).to.deep.equal(['cs', 'cr']);
  });
});

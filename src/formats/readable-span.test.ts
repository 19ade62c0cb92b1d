import { expect } from '@open-wc/testing';
import { readTraces } from './read-traces.js';
import { readableSpan } from './readable-span.js';

const TRACE_ID = '5b8efff798038103d269b633813fc60c';
const SECONDS = 1767268800;
const context = (spanId: string): object => ({ traceId: TRACE_ID, spanId, traceFlags: 1 });

const span = (id: string, more: object = {}): Record<string, unknown> => ({
  name: id,
  spanContext: context(id),
  startTime: [SECONDS, 1],
  endTime: [SECONDS + 1, 3],
  status: { code: 0 },
  attributes: {},
  ...more,
});

describe('spans of OpenTelemetry JS', () => {
  it('are read from one span, from a list, and from lists by name', async () => {
    const child = span('b', { parentSpanId: 'a' });
    const inputs: [unknown, number][] = [[span('a'), 1], [[span('a'), child], 2], [{ roots: [span('a')], none: [], rest: [child] }, 2]]; // prettier-ignore
    for (const [input, count] of inputs) {
      const [trace] = await readTraces(input);
      expect(trace!.format).to.equal('otel-js');
      expect(trace!.spans).to.have.length(count);
      expect(trace!.id).to.equal(TRACE_ID);
      expect(trace!.problems).to.deep.equal([]);
    }
  });

  it('have durations exact to the nanosecond', async () => {
    const [trace] = await readTraces([span('a', { startTime: [SECONDS, 999_999_999], endTime: [SECONDS + 1, 1] })]);
    expect(trace!.span('a')!.duration).to.be.closeTo(0.000002, 0.5e-6);
    expect(trace!.span('a')!.start).to.be.closeTo(SECONDS * 1000 + 999.999999, 0.001);
  });

  it('find their parent in SDK 1 and in SDK 2, and their ids in each way that is met', async () => {
    const live = { ...span('d', { parentSpanContext: context('a') }), spanContext: () => context('d') };
    const bare = { ...span('e'), spanContext: undefined };
    const spans = [
      span('a'),
      span('b', { parentSpanId: 'a' }),
      span('c', { parentSpanContext: context('a') }),
      live,
      { ...bare, ...context('e'), parentSpanId: 'a' },
      { ...bare, name: 'f', traceId: TRACE_ID, id: 'f', parentId: 'a' },
      { ...bare, name: 'g', _spanContext: context('g'), parentSpanId: 'a' },
    ];
    const [trace] = await readTraces(spans);
    expect(trace!.span('a')!.children.map(({ id }) => id)).to.deep.equal(['b', 'c', 'd', 'e', 'f', 'g']);
    expect(trace!.problems).to.deep.equal([]);
  });

  it('are running while they have not ended', async () => {
    const [trace] = await readTraces([span('a', { ended: false }), span('b', { parentSpanId: 'a', endTime: [0, 0] })]);
    expect([...trace!.spans].map(({ isRunning }) => isRunning)).to.deep.equal([true, true]);
  });

  it('keep attributes, events, links, resource, scope and status', async () => {
    const more = {
      status: { code: 2, message: 'no' },
      attributes: { a: [1], 'gen_ai.operation.name': 'chat' },
      events: [{ name: 'e', time: [SECONDS, 500_000_000], attributes: { b: 1 } }, null, { name: 'timeless' }],
      links: [{ context: context('x'), attributes: { c: 1 } }, {}],
      resource: { attributes: { 'service.name': 'shop' } },
      instrumentationLibrary: { name: 'lib', version: '1' },
    };
    const read = (await readTraces(span('a', more)))[0]!.span('a')!;
    expect([read.status, read.statusMessage, read.service, read.kind]).to.deep.equal(['error', 'no', 'shop', 'llm']);
    expect(read.attributes.get('a')).to.deep.equal([1]);
    expect(read.events.map(({ name, time }) => [name, time])).to.deep.equal([['e', SECONDS * 1000 + 500], ['timeless', undefined]]); // prettier-ignore
    expect(read.links.map(({ traceId, spanId }) => [traceId, spanId])).to.deep.equal([[TRACE_ID, 'x'], ['', '']]); // prettier-ignore
    expect(read.scope).to.deep.equal({ name: 'lib', version: '1' });
    expect([...read.resource]).to.deep.equal([['service.name', 'shop']]);
  });

  it('have their resource in JSON of each SDK', async () => {
    const pairs = [['service.name', 'shop'], ['later', {}], ['service.name', 'outdone'], ['none', null], 'odd', [5, 5]]; // prettier-ignore
    const written = { _rawAttributes: pairs, _asyncAttributesPending: false, _memoizedAttributes: undefined };
    for (const resource of [
      written,
      { _attributes: { 'service.name': 'shop' } },
      { attributes: { 'service.name': 'shop' } },
    ]) {
      const read = (await readTraces(JSON.stringify(span('a', { resource }))))[0]!.span('a')!;
      expect(read.service).to.equal('shop');
      expect([...read.resource]).to.deep.equal([['service.name', 'shop']]);
    }
  });

  it('are left out where they are no objects, and that is said', async () => {
    const [trace] = await readTraces([span('a'), null, 'x']);
    expect(trace!.spans).to.have.length(1);
    expect(trace!.problems.map(({ code }) => code)).to.deep.equal(['unreadable-record', 'unreadable-record']);
  });

  it('take no time from moments that are none', async () => {
    for (const startTime of [
      [1e300, 0],
      [NaN, 0],
      [0, 0],
    ]) {
      const [trace] = await readTraces([{ ...span('a'), startTime }, span('b')]);
      expect(trace!.span('a')!.hasStart).to.equal(false);
      expect(trace!.span('b')!.duration).to.be.closeTo(1000.000002, 0.5e-6);
    }
  });

  it('are recognised by a start of two numbers, and nothing else is', () => {
    for (const value of [
      null,
      5,
      'x',
      [],
      {},
      [null],
      [[]],
      { a: null },
      { a: [null] },
      { a: [{}], b: 1 },
      [{ startTime: 5 }],
      [{ startTime: ['1', 2] }],
      { startTime: '2026' },
    ]) {
      expect(readableSpan.detect(value), JSON.stringify(value)).to.equal(false);
    }
    expect(readableSpan.detect({ a: [], b: [span('a')] })).to.equal(true);
  });
});

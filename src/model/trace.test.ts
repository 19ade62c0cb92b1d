import { expect } from '@open-wc/testing';
import { buildTraces } from './build-at-once.js';
import { NOON, plainReader, ran, tableOf, traceOf } from '../test/trace-builder.js';

const HALF_NANOSECOND = 0.5e-6;

describe('Trace', () => {
  const trace = traceOf(
    ran('root', '', { start: 0, end: 100 }),
    ran('late', 'root', { start: 50, end: 60 }),
    ran('early', 'root', { start: 10, end: 20 }),
    ran('inner', 'early', { start: 12, end: 15 }),
  );

  it('has its spans in tree order, siblings by start', () => {
    expect(Array.from(trace.spans, ({ id }) => id)).to.deep.equal(['root', 'early', 'inner', 'late']);
    expect(trace.spans).to.have.length(4);
  });

  it('counts from the end for negative positions, and has nothing beyond its ends', () => {
    expect(trace.spans.at(-1)!.id).to.equal('late');
    expect(trace.spans.at(-4)!.id).to.equal('root');
    expect(trace.spans.at(-5)).to.equal(undefined);
    expect(trace.spans.at(4)).to.equal(undefined);
  });

  it('makes one object a span, whichever way it is asked for', () => {
    const early = trace.span('early')!;
    expect(trace.spans.at(1)).to.equal(early);
    expect([...trace.spans][1]).to.equal(early);
    expect(trace.span('root')!.children[0]).to.equal(early);
    expect(trace.span('inner')!.parent).to.equal(early);
    expect(early.children[0]!.parent).to.equal(early);
    expect(trace.roots[0]).to.equal(early.parent);
  });

  it('knows parents, children, depth and place', () => {
    expect(trace.span('root')!.children.map(({ id }) => id)).to.deep.equal(['early', 'late']);
    expect(trace.span('late')!.children).to.deep.equal([]);
    expect([...trace.spans].map(({ depth }) => depth)).to.deep.equal([0, 1, 2, 1]);
    expect([...trace.spans].map(({ index }) => index)).to.deep.equal([0, 1, 2, 3]);
    expect(trace.span('root')!.parentId).to.equal(undefined);
    expect(trace.span('nobody')).to.equal(undefined);
  });

  it('tells times in milliseconds since the epoch', () => {
    expect(trace.start).to.equal(NOON);
    expect(trace.end).to.equal(NOON + 100);
    expect(trace.span('late')!.start).to.equal(NOON + 50);
    expect(trace.span('late')!.end).to.equal(NOON + 60);
  });

  it('spans from the first moment that it tells of to the last, also where spans end before they start', () => {
    const odd = traceOf(ran('a', '', { start: 5, end: 2 }), ran('b', '', { start: 3, end: 4 }));
    expect(odd.duration).to.equal(3);
    expect(odd.span('a')!.duration).to.equal(-3);
  });

  it('has durations exact to the nanosecond, however long after the epoch', () => {
    const built = traceOf(
      ran('a', '', { start: 0.000001, end: 0.000002 }),
      ran('b', 'a', { start: 123.456789, end: 987.654321 }),
    );
    expect(built.span('a')!.duration).to.be.closeTo(0.000001, HALF_NANOSECOND);
    expect(built.span('b')!.duration).to.be.closeTo(864.197532, HALF_NANOSECOND);
    expect(built.duration).to.be.closeTo(987.65432, HALF_NANOSECOND);
  });

  it('is running while a span has a start but no end', () => {
    const running = traceOf(ran('root'), { id: 'child', parentId: 'root', start: 4 });
    expect(running.isRunning).to.equal(true);
    expect(running.span('child')!.isRunning).to.equal(true);
    expect(running.span('child')!.end).to.equal(undefined);
    expect(running.span('child')!.duration).to.equal(undefined);
    expect(running.span('root')!.isRunning).to.equal(false);
    expect(trace.isRunning).to.equal(false);
  });

  it('gives a span without a start that of its parent, and says so', () => {
    const odd = traceOf(
      ran('root', '', { start: 7 }),
      { id: 'child', parentId: 'root' },
      { id: 'x', parentId: 'child' },
    );
    expect(odd.span('x')!.start).to.equal(NOON + 7);
    expect(odd.span('x')!.hasStart).to.equal(false);
    expect(odd.span('x')!.isRunning).to.equal(false);
    expect(odd.isRunning).to.equal(false);
  });

  it('has no times where no span has one', () => {
    const odd = traceOf({ id: 'a' });
    expect([odd.start, odd.end, odd.duration, odd.isRunning]).to.deep.equal([0, 0, 0, false]);
  });

  it('is called as its first root is, also by an empty name, unless its container names it', () => {
    expect(trace.name).to.equal('root');
    expect(traceOf(ran('a', '', { name: '' })).name).to.equal('');
    const table = tableOf([ran('a')]);
    table.facts('t').name = 'checkout';
    expect(buildTraces(table)[0]!.name).to.equal('checkout');
  });

  it('collects what its spans say of it, and believes the root most', () => {
    const said = traceOf(
      ran('child', 'root', { sessionId: 'of child', userId: 'user', tags: ['a', 'b'] }),
      ran('root', '', { sessionId: 'of root', tags: ['b', 'c'], metadata: { team: 'x' } }),
      ran('second', 'root', { sessionId: 'of second', userId: 'late' }),
    );
    expect(said.sessionId).to.equal('of root');
    expect(said.userId).to.equal('user');
    expect(said.tags).to.deep.equal(['a', 'b', 'c']);
    expect(said.metadata).to.deep.equal({ team: 'x' });
  });

  it('unpacks a record when somebody looks at it, once', () => {
    let unpacked = 0;
    const reader = { ...plainReader, record: (raw: unknown) => (unpacked++, plainReader.record(raw)) };
    const [read] = buildTraces(tableOf([ran('a', '', { raw: { kept: true } })], reader));
    const span = read!.span('a')!;
    expect([span.name, span.duration, span.usage, span.raw]).to.deep.equal(['a', 10, undefined, { kept: true }]);
    expect(unpacked).to.equal(0);
    expect([span.attributes.size, span.events.length, span.messages.length, span.exceptions.length]).to.deep.equal([
      1, 0, 0, 0,
    ]);
    expect(unpacked).to.equal(1);
  });
});

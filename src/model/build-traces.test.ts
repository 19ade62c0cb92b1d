import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { findings, ran, tableOf, traceOf, tracesOf, type SpanSketch } from '../test/trace-builder.js';
import { buildTraces } from './build-at-once.js';
import { SpanTable } from './span-table.js';

const idsOf = (spans: Iterable<{ id: string }>): string[] => Array.from(spans, ({ id }) => id);

describe('buildTraces', () => {
  it('finds nothing wrong with a sound trace', () => {
    expect(traceOf(ran('root'), ran('child', 'root')).problems).to.deep.equal([]);
  });

  it('makes a root of a span whose parent is missing, and keeps the name of that parent', () => {
    const trace = traceOf(ran('root'), ran('orphan', 'gone'));
    expect(idsOf(trace.roots)).to.deep.equal(['root', 'orphan']);
    expect(trace.span('orphan')!.parentId).to.equal('gone');
    expect(trace.span('orphan')!.parent).to.equal(undefined);
    expect(findings(trace)).to.deep.equal(['missing-parent orphan', 'several-roots']);
    expect(trace.problems[0]!.message).to.contain('gone');
  });

  it('makes a root of a span that is its own parent', () => {
    const trace = traceOf(ran('own', 'own'), ran('child', 'own'));
    expect(idsOf(trace.roots)).to.deep.equal(['own']);
    expect(findings(trace)).to.deep.equal(['self-parent own']);
  });

  it('names a span in its problems as the trace does, also where the record has another id', () => {
    const trace = traceOf(ran('a'), ran('a', 'nobody', { name: 'another' }));
    expect(findings(trace)).to.include('missing-parent a#2');
    expect(trace.problems.find(({ code }) => code === 'missing-parent')?.message).to.contain('of the span a#2');
  });

  it('cuts a cycle once and keeps what hangs on it', () => {
    const trace = traceOf(ran('a', 'c', { start: 3 }), ran('b', 'a'), ran('c', 'b', { start: 1 }), ran('leaf', 'c'));
    expect(findings(trace)).to.deep.equal(['cycle b']);
    expect(idsOf(trace.spans)).to.deep.equal(['b', 'c', 'leaf', 'a']);
  });

  it('counts several roots', () => {
    expect(traceOf(ran('a'), ran('b'), ran('c')).problems).to.deep.equal([
      { code: 'several-roots', message: 'The trace has 3 roots.', values: { count: 3 } },
    ]);
  });

  it('keeps traces of one source apart, in the order in which they came', () => {
    const traces = tracesOf(
      ran('a', '', { traceId: 'second' }),
      ran('a', '', { traceId: 'first' }),
      ran('b', 'a', { traceId: 'second' }),
    );
    expect(traces.map(({ id }) => id)).to.deep.equal(['second', 'first']);
    expect(traces.map(({ spans }) => spans.length)).to.deep.equal([2, 1]);
    for (const trace of traces) expect(findings(trace)).to.deep.equal(['several-traces']);
  });

  describe('times', () => {
    it('lists a missing start, a missing end, and an end before the start', () => {
      const trace = traceOf(
        ran('root'),
        { id: 'no-times', parentId: 'root' },
        { id: 'no-start', parentId: 'root', end: 3 },
        { id: 'running', parentId: 'root', start: 5 },
        ran('backwards', 'root', { start: 9, end: 4 }),
      );
      expect(findings(trace)).to.have.members([
        'missing-start no-times',
        'missing-start no-start',
        'missing-end running',
        'end-before-start backwards',
      ]);
      expect(trace.problems.find(({ code }) => code === 'end-before-start')!.message).to.contain('5 ms');
    });
  });

  describe('two records with one id', () => {
    it('are one span where they are the same', () => {
      const trace = traceOf(ran('a'), ran('b', 'a'), ran('b', 'a'));
      expect(trace.spans).to.have.length(2);
      expect(findings(trace)).to.deep.equal(['duplicate-id b']);
    });

    it('are one span where they are the same and have no times', () => {
      expect(traceOf({ id: 'a' }, { id: 'a' }).spans).to.have.length(1);
    });

    it('are one span, the ended one, where it was running and then ended', () => {
      const trace = traceOf({ id: 'a', start: 0 }, ran('a', '', { status: 'ok' }));
      expect(trace.spans).to.have.length(1);
      expect(trace.spans.at(0)!.isRunning).to.equal(false);
      expect(trace.spans.at(0)!.status).to.equal('ok');
      expect(trace.problems).to.deep.equal([]);
    });

    it('are one span, the ended one, where the running one comes late', () => {
      const trace = traceOf(ran('a', '', { status: 'ok' }), { id: 'a', start: 0 });
      expect(trace.spans).to.have.length(1);
      expect(trace.spans.at(0)!.status).to.equal('ok');
      expect(trace.problems).to.deep.equal([]);
    });

    it('are one span where it was running both times: as it was last, whatever the order', () => {
      const running = (service: string): SpanSketch => ({ id: 'a', start: 0, service });
      const ended = ran('a', '', { service: 'ended' });
      for (const [sketches, service] of [
        [[running('x'), running('y')], 'y'],
        [[running('x'), running('y'), ended], 'ended'],
        [[running('x'), ended, running('y')], 'ended'],
        [[ended, running('x'), running('y')], 'ended'],
      ] as const) {
        const trace = traceOf(...sketches);
        expect(trace.spans).to.have.length(1);
        expect(trace.spans.at(0)!.service).to.equal(service);
        expect(findings(trace)).to.deep.equal(service === 'ended' ? [] : ['missing-end a']);
      }
    });

    it('are one problem, however often the id comes', () => {
      const other = ran('b', '', { name: 'other' });
      const trace = traceOf(ran('a'), ran('a'), ran('a'), ran('b'), ran('b'), other, other);
      expect(findings(trace)).to.have.members(['duplicate-id a', 'duplicate-id b#2', 'several-roots']);
    });

    it('are two spans where they differ, and the second is called by another id', () => {
      const trace = traceOf(ran('a'), ran('a', '', { name: 'other' }), ran('child', 'a'));
      expect(idsOf(trace.spans)).to.have.members(['a', 'a#2', 'child']);
      expect(trace.span('a#2')!.name).to.equal('other');
      expect(trace.span('child')!.parent).to.equal(trace.span('a'));
      expect(findings(trace)).to.include('duplicate-id a#2');
    });

    it('are found again behind another one with the same id', () => {
      const other = ran('a', '', { name: 'other' });
      const trace = traceOf(ran('a'), other, ran('a'), other);
      expect(idsOf(trace.spans)).to.deep.equal(['a', 'a#2']);
    });

    it('never take the id of a third', () => {
      const trace = traceOf(ran('a'), ran('a', '', { name: 'other' }), ran('a#2'), ran('child', 'a#2'));
      expect(new Set(idsOf(trace.spans)).size).to.equal(4);
      expect(trace.span('a#2')!.name).to.equal('a#2');
      expect(trace.span('child')!.parent).to.equal(trace.span('a#2'));
    });

    it('may be thousands', () => {
      const spans = Array.from({ length: 5000 }, (_, index) => ran('a', '', { name: `call ${index}` }));
      const trace = traceOf(...spans);
      expect(trace.spans).to.have.length(5000);
      expect(trace.span('a#5000')!.name).to.equal('call 4999');
    });
  });

  it('makes ids that no other span has, whatever ids there are', () => {
    const count = 20_000;
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    const namesakes = numbers.map((number) => ran('x', '', { name: `call ${number}` }));
    const nameless = numbers.map((number) => ran('', '', { name: `nameless ${number}` }));
    const taken = numbers.flatMap((number) => [ran(`x#${number}`), ran(`no-id-${number}`)]);
    const [trace] = buildTraces(tableOf([...namesakes, ...nameless, ...taken]));
    expect(new Set(Array.from(trace!.spans, ({ id }) => id))).to.have.length(4 * count);
  });

  it('lists the problems of a source with each of its traces, and holds them once', () => {
    const table = tableOf([
      ran('a', '', { traceId: 'one' }),
      ran('b', 'gone', { traceId: 'two' }),
      ran('c', '', { traceId: 'three' }),
    ]);
    table.problems.push({ code: 'unreadable-record', message: 'lost' });
    const [one, two, three] = buildTraces(table);
    expect(findings(one!)).to.deep.equal(['unreadable-record', 'several-traces']);
    expect(findings(two!)).to.deep.equal(['missing-parent b', 'unreadable-record', 'several-traces']);
    expect(one!.problems).to.equal(three!.problems);
    expect(two!.problems).to.equal(two!.problems);
  });

  it('gives a span without an id one of its own', () => {
    const trace = traceOf(ran('no-id-2'), { ...ran('', 'no-id-2'), name: 'nameless' }, ran('', 'no-id-2'));
    expect(new Set(idsOf(trace.spans)).size).to.equal(3);
    expect(findings(trace).filter((finding) => finding.startsWith('missing-id'))).to.have.length(2);
    expect(trace.problems[0]!.message).to.contain('nameless');
    for (const span of trace.spans) expect(trace.span(span.id)).to.equal(span);
  });

  describe('a span without a trace id', () => {
    const of = (traceId: string, id: string, parentId = ''): SpanSketch => ran(id, parentId, { traceId });

    it('joins the only trace there is', () => {
      expect(traceOf(of('t', 'a'), of('', 'b')).spans).to.have.length(2);
    });

    it('joins the trace of its parent, also over others without one, in any order', () => {
      fc.assert(
        fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (order) => {
          const spans = [of('t1', 'a'), of('', 'b', 'a'), of('', 'c', 'b'), of('t2', 'x')];
          const traces = tracesOf(...order.map((index) => spans[index]!));
          expect(idsOf(traces.find(({ id }) => id === 't1')!.spans)).to.have.members(['a', 'b', 'c']);
        }),
      );
    });

    it('tells what it knows to the trace that it joins', () => {
      const knowing = { ...of('', 'root'), sessionId: 's', tags: ['x'] };
      const table = tableOf([of('t1', 'a', 'root'), { ...of('t2', 'b'), sessionId: 's2' }, knowing]);
      table.facts('').name = 'checkout';
      for (let time = 0; time < 2; time++) {
        const said = buildTraces(table).map(({ id, name, sessionId, tags }) => [id, name, sessionId, tags]);
        expect(said).to.deep.equal([
          ['t1', 'checkout', 's', ['x']],
          ['t2', 'b', 's2', []],
        ]);
      }
      const appended = new SpanTable();
      appended.append(table);
      expect(buildTraces(appended).map(({ sessionId }) => sessionId)).to.deep.equal(['s', 's2']);
    });

    it('joins the trace of its children, and brings its other children along', () => {
      const traces = tracesOf(of('', 'root'), of('t1', 'a', 'root'), of('', 'b', 'root'), of('t2', 'x'));
      expect(idsOf(traces.find(({ id }) => id === 't1')!.spans)).to.have.members(['root', 'a', 'b']);
    });

    it('makes a trace without an id together with others that belong nowhere', () => {
      const traces = tracesOf(of('t1', 'a'), of('t2', 'b'), of('', 'c', 'd'), of('', 'd', 'c'), of('', ''));
      expect(traces.map(({ id, spans }) => [id, spans.length])).to.deep.equal([
        ['t1', 1],
        ['t2', 1],
        ['', 3],
      ]);
    });
  });

  it('keeps every distinct record, whatever is wrong with it', () => {
    const ids = fc.constantFrom('', 'a', 'b', 'c', 'd');
    const record = fc.record({
      traceId: fc.constantFrom('t1', 't2'),
      id: ids,
      parentId: ids,
      name: fc.constantFrom('', 'x', 'y'),
      start: fc.constantFrom(0, 1, 2),
      end: fc.constantFrom(0, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), (records) => {
        const distinct = new Set(records.map((item, index) => JSON.stringify(item.id === '' ? index : item)));
        const traces = tracesOf(...records);
        const all = traces.flatMap((trace) => idsOf(trace.spans).map((id) => `${trace.id} ${id}`));
        expect(all).to.have.length(distinct.size);
        expect(new Set(all).size).to.equal(all.length);
        for (const trace of traces) for (const span of trace.spans) expect(trace.span(span.id)).to.equal(span);
      }),
      { numRuns: 500 },
    );
  });
});

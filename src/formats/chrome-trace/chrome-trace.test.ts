import { expect } from '@open-wc/testing';
import type { Span, Trace } from '../../model/index.js';
import { sharedText } from '../../test/shared-files.js';
import { readTraces } from '../read-traces.js';

interface Event {
  ph: string;
  name?: string;
  ts?: number;
  dur?: number;
  [more: string]: unknown;
}

const event = (ph: string, name: string, ts: number, more: object = {}): Event => ({
  ph,
  name,
  ts,
  pid: 1,
  tid: 1,
  ...more,
});
const complete = (name: string, ts: number, dur: number, more: object = {}): Event =>
  event('X', name, ts, { dur, ...more });

async function readOne(input: unknown): Promise<Trace> {
  const [trace, ...others] = await readTraces(input);
  expect(others).to.deep.equal([]);
  expect(trace!.format).to.equal('chrome-trace');
  return trace!;
}

const spanNamed = (trace: Trace, name: string): Span => [...trace.spans].find((span) => span.name === name)!;
const treeOf = (trace: Trace): unknown[] => [...trace.spans].map(({ name, parent }) => [name, parent?.name]);

describe('Chrome trace events', () => {
  it('nests what a thread did by its times, in whatever order it stands', async () => {
    const trace = await readOne([
      complete('inner', 20, 10),
      complete('beside', 100, 5),
      event('i', 'moment', 25, { s: 't' }),
      complete('other thread', 20, 5, { tid: 2 }),
      event('B', 'begun', 40, { args: { a: 1 } }),
      event('E', 'begun', 60, { args: { b: 2 } }),
      complete('outer', 0, 100),
      complete('last', 60, 40),
    ]);
    expect(treeOf(trace)).to.deep.equal([
      ['outer', undefined],
      ['inner', 'outer'],
      ['moment', 'inner'],
      ['begun', 'outer'],
      ['last', 'outer'],
      ['other thread', undefined],
      ['beside', undefined],
    ]);
    const begun = spanNamed(trace, 'begun');
    expect([begun.start, begun.end]).to.deep.equal([0.04, 0.06]);
    expect([begun.attributes.get('a'), begun.attributes.get('b')]).to.deep.equal([1, 2]);
    expect(spanNamed(trace, 'outer').start).to.equal(0);
    expect(spanNamed(trace, 'moment').duration).to.equal(0);
  });

  it('keeps beginnings without an end, and ends without a beginning', async () => {
    const trace = await readOne({
      traceEvents: [event('E', 'before', 5), event('B', 'open', 10), complete('in', 11, 2)],
    });
    expect(spanNamed(trace, 'open').isRunning).to.equal(true);
    expect(spanNamed(trace, 'in').parent?.name).to.equal('open');
    expect(spanNamed(trace, 'before').hasStart).to.equal(false);
  });

  it('puts spans together by id, over threads', async () => {
    const async = (ph: string, name: string, ts: number, more: object = {}): Event =>
      event(ph, name, ts, { cat: 'net', id: '0x1', tid: ts, ...more });
    const trace = await readOne([
      async('b', 'request', 10),
      async('b', 'connect', 20),
      async('n', 'packet', 25, { args: { size: 3 } }),
      async('e', 'connect', 30),
      async('e', 'request', 50),
      async('b', 'another', 10, { id: undefined, id2: { local: 1 } }),
      async('e', 'another', 12, { id: undefined, id2: { local: 1 } }),
      event('N', 'thing', 1, { id: 9 }),
      event('O', 'thing', 2, { id: 9, args: { state: 'x' } }),
      event('D', 'thing', 3, { id: 9 }),
    ]);
    expect(new Map(treeOf(trace) as [string, string][])).to.deep.equal(
      new Map([
        ['thing', undefined],
        ['request', undefined],
        ['connect', 'request'],
        ['another', undefined],
      ]),
    );
    const connect = spanNamed(trace, 'connect');
    expect(connect.duration).to.be.closeTo(0.01, 1e-9);
    expect(connect.events.map(({ name, time, attributes }) => [name, time, attributes.get('size')])).to.deep.equal([
      ['packet', 0.025, 3],
    ]);
    expect(spanNamed(trace, 'thing').events.map(({ attributes }) => attributes.get('state'))).to.deep.equal(['x']);
  });

  it('names processes and threads, counts counters, and keeps what is said of the file', async () => {
    const trace = await readOne({
      traceEvents: [
        complete('work', 0, 5, { args: { 'gen_ai.request.model': 'm-1' }, cat: 'c' }),
        event('C', 'memory', 1, { args: { used: 1 } }),
        event('C', 'memory', 9, { args: { used: 4 } }),
        { ph: 'M', name: 'process_name', pid: 1, args: { name: 'app' } },
        { ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: { name: 'main' } },
      ],
      beginningOfTime: 1691836962728328,
      otherData: { version: 'x' },
    });
    const work = spanNamed(trace, 'work');
    expect([work.start, work.service, work.model]).to.deep.equal([1691836962728.328, 'app', 'm-1']);
    expect([work.resource.get('thread_name'), work.attributes.get('cat')]).to.deep.equal(['main', 'c']);
    const memory = spanNamed(trace, 'memory');
    expect(memory.duration).to.be.closeTo(0.008, 1e-9);
    expect(memory.events.map(({ attributes }) => attributes.get('used'))).to.deep.equal([1, 4]);
    expect(trace.metadata).to.deep.equal({ beginningOfTime: 1691836962728328, otherData: { version: 'x' } });
  });

  it('links what arrows connect', async () => {
    const flow = (ph: string, ts: number, tid: number, more: object = {}): Event =>
      event(ph, 'arrow', ts, { cat: 'ipc', id: 7, tid, ...more });
    const trace = await readOne([
      complete('a', 0, 10),
      complete('b', 20, 10, { tid: 2 }),
      complete('before', 25, 6, { tid: 3 }),
      complete('c', 32, 5, { tid: 3 }),
      flow('s', 0, 1),
      flow('t', 25, 2),
      flow('f', 31, 3),
      flow('s', 1, 1, { id: 8 }),
      flow('f', 26, 3, { id: 8, bp: 'e' }),
      flow('f', 1, 1, { id: 'nowhere' }),
    ]);
    const sources = (name: string): unknown[] =>
      spanNamed(trace, name).links.map(({ spanId }) => trace.span(spanId)?.name);
    expect([sources('a'), sources('b'), sources('c'), sources('before')]).to.deep.equal([[], ['a'], ['b'], ['a']]);
    expect(
      trace.problems.filter(({ code }) => code === 'unreadable-record').map((problem) => problem.message),
    ).to.deep.equal(['1 flow events lead from or to no span.']);
  });

  it('reads lists without an end, and of no other text the half', async () => {
    const list = JSON.stringify(
      [complete('a "quoted}"', 0, 5, { args: { deep: [{}] } }), complete('b', 1, 2)],
      undefined,
      1,
    );
    for (const cut of [list.slice(0, -1), `${list.slice(0, -1)},\n`, `{"traceEvents": ${list.slice(0, -1)}`]) {
      const trace = await readOne(cut);
      expect(treeOf(trace)).to.deep.equal([
        ['a "quoted}"', undefined],
        ['b', 'a "quoted}"'],
      ]);
      expect(trace.problems).to.deep.equal([]);
    }
    const within = await readOne(list.slice(0, -12));
    expect(within.spans.length).to.equal(1);
    expect(within.problems.map(({ code }) => code)).to.deep.equal(['unreadable-record']);
    for (const broken of [list.replace('"b"', 'b'), list.replaceAll('"ph"', '"pg"').slice(0, -1)]) {
      const error = await readTraces(broken).catch((reason: unknown) => reason);
      expect((error as Error).name).to.equal('TraceSyntaxError');
    }
  });

  it('nests many without recursion', async () => {
    const depth = 20_000;
    const trace = await readOne(Array.from({ length: depth }, (_, level) => complete('x', level, 2 * (depth - level))));
    expect(trace.spans.at(depth - 1)!.depth).to.equal(depth - 1);
  });

  it('reads the real files', async function () {
    const counts: Readonly<Record<string, number>> = {
      'clang-blender-obj_export_mesh': 749,
      'clang-self-win-13-Analysis': 2869,
      'clang-verylong-symbol': 233,
      'perfetto-flow_events_json_v1': 5,
    };
    for (const [file, count] of Object.entries(counts)) {
      const text = await sharedText(`fixtures/chrome-trace/${file}.json`);
      if (text === undefined) this.skip();
      const trace = await readOne(text);
      expect(trace.spans.length, file).to.equal(count);
      const { traceEvents } = JSON.parse(text) as { traceEvents: Event[] };
      const events = traceEvents.filter(({ ph }) => ph === 'X');
      const total = (list: Iterable<number>): number => [...list].reduce((sum, one) => sum + one, 0);
      expect(total([...trace.spans].map(({ duration }) => duration!))).to.be.closeTo(
        total(events.map(({ dur }) => dur! / 1000)),
        1e-3,
      );
      for (const span of trace.spans) {
        const { parent } = span;
        if (!parent) continue;
        const [inner, outer] = [span.raw as Event, parent.raw as Event];
        expect([inner['pid'], inner['tid']]).to.deep.equal([outer['pid'], outer['tid']]);
        expect(inner.ts! >= outer.ts! && inner.ts! + inner.dur! <= outer.ts! + outer.dur!, span.id).to.equal(true);
      }
      const service = traceEvents.find(({ name }) => name === 'process_name')?.['args'] as { name: string } | undefined;
      expect(trace.spans.at(0)!.service).to.equal(service?.name);
      if (file.startsWith('perfetto')) {
        const linked = [...trace.spans].flatMap(({ name, links }) =>
          links.map(({ spanId }) => [trace.span(spanId)!.name, name]),
        );
        expect(linked.sort()).to.deep.equal([
          ['OtherSlice', 'SomeSlice'],
          ['SenderA', 'OtherSlice'],
          ['SenderB', 'Blergh'],
        ]);
      }
    }
  });
});

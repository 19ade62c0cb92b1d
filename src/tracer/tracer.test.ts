import { expect } from '@open-wc/testing';
import { otherWork } from '../test/other-work.js';
import { RecordedSpans } from '../test/recorded-spans.js';
import { createTracer, type SpanSink, type TracerSpan } from './index.js';

describe('createTracer', () => {
  it('records a function as a span, with what went in and came out', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink, service: 'shop', sessionId: 's-1', tags: ['beta'] });
    const answer = await tracer.span('answer', { kind: 'chain', input: 'why?' }, async (span) => {
      await span.child('search', { kind: 'retriever' }, () =>
        Promise.resolve([{ pageContent: 'because', score: 0.9 }]),
      );
      return 'therefore';
    });
    expect(answer).to.equal('therefore');
    const [search, root] = sink.spans;
    expect(root).to.deep.include({
      name: 'answer',
      kind: 'chain',
      input: 'why?',
      output: 'therefore',
      service: 'shop',
    });
    expect(root).to.deep.include({ sessionId: 's-1', tags: ['beta'] });
    expect(root).not.to.have.property('parentId');
    expect(search).to.deep.include({ kind: 'retriever', parentId: root!.id, traceId: root!.traceId });
    expect(search!.documents).to.deep.equal([{ content: 'because', score: 0.9 }]);
    expect(root!.end).to.be.at.least(search!.end!);
    expect(root!.traceId).to.match(/^[\da-f]{32}$/);
    expect(root!.id).to.match(/^[\da-f]{16}$/);
  });

  it('records an error, throws it on, and lets siblings go on', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const failure = new TypeError('no such city');
    let seen: unknown;
    await tracer.span('root', async (root) => {
      await Promise.all([
        root.span('bad', () => Promise.reject(failure)).catch((error: unknown) => (seen = error)),
        root.span('good', () => otherWork(1)),
      ]);
    });
    expect(seen).to.equal(failure);
    const bad = sink.named('bad');
    expect(bad).to.deep.include({ status: 'error', statusMessage: 'no such city' });
    expect(bad.exceptions![0]).to.include({ type: 'TypeError', message: 'no such city' });
    expect(bad.exceptions![0]!.stacktrace).to.include('tracer.test');
    expect(sink.named('good')).not.to.have.property('status');
    expect(sink.named('root')).not.to.have.property('status');
  });

  it('records what throws at once', () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    expect(() =>
      tracer.span('bad', () => {
        throw new RangeError('too far');
      }),
    ).to.throw(RangeError, 'too far');
    expect(sink.named('bad').status).to.equal('error');
  });

  it('ends with the block that `using` is in, and once only', () => {
    const sink = new RecordedSpans();
    const span = createTracer({ store: sink }).start('block');
    {
      using same = span;
      expect(same.isEnded).to.equal(false);
    }
    const { end } = sink.named('block');
    span.end();
    span.setOutput('too late');
    expect(sink.spans).to.have.length(1);
    expect(sink.spans[0]!.end).to.equal(end);
    expect(sink.spans[0]).not.to.have.property('output');
  });

  it('makes functions traceable without changing what they do', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const greeter = {
      word: 'Hello',
      greet: tracer.traceable(
        async function greet(this: { word: string }, name: string) {
          await otherWork(1);
          return `${this.word} ${name}`;
        },
        { kind: 'tool' },
      ),
    };
    expect(await greeter.greet('Ada')).to.equal('Hello Ada');
    expect(sink.named('greet')).to.deep.include({ kind: 'tool', input: 'Ada', output: 'Hello Ada' });
  });

  it('makes functions traceable as children of a span', () => {
    const sink = new RecordedSpans();
    const root = createTracer({ store: sink }).start('root');
    const double = root.traceable((number: number) => number * 2, { name: 'double' });
    expect(double(21)).to.equal(42);
    expect(sink.named('double')).to.deep.include({ parentId: root.id, input: 21, output: 42 });
  });

  it('ends a span with its block by `using`, also where the engine has no Symbol.dispose', () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    {
      using span = tracer.start('block');
      span.setOutput(1);
    }
    expect(sink.named('block').output).to.equal(1);
  });

  it('hands a span on by run and bind', () => {
    const root = createTracer().start('root');
    const join = (span: TracerSpan, ...words: string[]): string => [span.id, ...words].join(' ');
    expect(root.run(join, 'a', 'b')).to.equal(`${root.id} a b`);
    expect(root.bind(join)('c')).to.equal(`${root.id} c`);
  });

  it('records all that a span is told', () => {
    const sink = new RecordedSpans();
    const prompt = { template: 'Hi {{name}}', variables: { name: 'Ada' } };
    const span = createTracer({ store: sink, userId: 'u-1', metadata: { build: 7 } }).start('call', {
      kind: 'llm',
      prompt,
      parameters: { temperature: 0 },
      attributes: { a: 1 },
    });
    span
      .setAttributes({ b: [1, { c: 2 }], a: 2 })
      .addEvent('retry', { count: 1 })
      .addEvent('earlier', undefined, 5)
      .addScore({ name: 'good', value: 1 })
      .setUsage({ input: 3, output: 4, total: 7 })
      .setStatus('ok')
      .update({ name: 'renamed', cost: 0.5, links: [{ traceId: 'a', spanId: 'b' }] })
      .update({ links: [{ traceId: 'c', spanId: 'd' }], attributes: { d: undefined, e: null } })
      .end(span.context.isSampled ? Date.now() + 1000 : 0);
    const [recorded] = sink.spans;
    expect(recorded).to.deep.include({
      name: 'renamed',
      kind: 'llm',
      prompt,
      userId: 'u-1',
      metadata: { build: 7 },
      parameters: { temperature: 0 },
      attributes: { a: 2, b: [1, { c: 2 }], e: null },
      scores: [{ name: 'good', value: 1 }],
      usage: { input: 3, output: 4, total: 7 },
      cost: 0.5,
      status: 'ok',
      links: [
        { traceId: 'a', spanId: 'b' },
        { traceId: 'c', spanId: 'd' },
      ],
    });
    expect(recorded!.events!.map(({ name, attributes }) => [name, attributes])).to.deep.equal([
      ['retry', { count: 1 }],
      ['earlier', undefined],
    ]);
    expect(recorded!.events![1]!.time).to.equal(5);
  });

  it('keeps what a value was when it was told, whatever becomes of it', () => {
    const sink = new RecordedSpans();
    const input = { words: ['one'] };
    createTracer({ store: sink }).span('call', { input }, () => {
      input.words.push('two');
    });
    expect(sink.spans[0]!.input).to.deep.equal({ words: ['one'] });
  });

  it('counts what is open, and what comes after the end', () => {
    const { status, start } = (() => {
      const tracer = createTracer({ store: new RecordedSpans() });
      return { status: tracer.status, start: (name: string) => tracer.start(name) };
    })();
    const [one, other] = [start('one'), start('other')];
    expect(status.open).to.equal(2);
    one.end();
    one.end();
    one.setOutput('late').addEvent('later');
    expect(status).to.deep.equal({ failures: 0, masked: 0, open: 1, tooLate: 2 });
    other.end();
    expect(status.open).to.equal(0);
  });

  it('flushes every sink, and says what the store says', async () => {
    const flushed: string[] = [];
    const sink = (name: string, stored: number): SpanSink => ({
      started() {},
      ended() {},
      flush() {
        flushed.push(name);
        return Promise.resolve({ stored, dropped: 0 });
      },
    });
    const tracer = createTracer({ store: sink('store', 3), exporters: [sink('exporter', 9)] });
    expect(await tracer.flush()).to.deep.equal({ stored: 3, dropped: 0 });
    expect(flushed).to.deep.equal(['store', 'exporter']);
    expect(await createTracer().flush()).to.deep.equal({ stored: 0, dropped: 0 });
  });

  it('does not wait for ever for an exporter that never answers', async () => {
    const silent: SpanSink = { started() {}, ended() {}, flush: () => new Promise(() => {}) };
    const tracer = createTracer({ store: new RecordedSpans(), exporters: [silent] });
    const { setTimeout: later } = window;
    window.setTimeout = ((work: () => void) => later(work)) as typeof later;
    try {
      await tracer.flush();
    } finally {
      window.setTimeout = later;
    }
    expect(tracer.status.failures).to.equal(1);
  });
});

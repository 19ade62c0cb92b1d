import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { RecordedSpans } from '../test/recorded-spans.js';
import { createTracer, type SpanOptions, type SpanSink } from './index.js';

describe('a tracer in the way of nobody', () => {
  const hostile: [string, () => unknown][] = [
    [
      'a getter that throws',
      () =>
        Object.defineProperty({}, 'x', {
          enumerable: true,
          get: () => {
            throw new Error('no');
          },
        }),
    ],
    [
      'a proxy that throws',
      () =>
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('no');
            },
            get: () => {
              throw new Error('no');
            },
          },
        ),
    ],
    [
      'a revoked proxy',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    [
      'a cycle',
      () => {
        const cycle: Record<string, unknown> = {};
        cycle['me'] = cycle;
        return cycle;
      },
    ],
    ['a big integer', () => 10n ** 40n],
    ['a symbol', () => Symbol('s')],
    ['a function', () => () => 1],
    ['a DOM node', () => document.body],
    ['a window', () => window],
    ['a text of 500 MB', () => 'x'.repeat(500_000_000)],
    ['a list of two such texts', () => ['x'.repeat(500_000_000), 'y'.repeat(500_000_000)]],
    ['a list with a billion places', () => new Array<number>(1_000_000_000)],
    [
      'a proxy that says to be a list without an end',
      () => new Proxy([], { get: (list, key) => (key === 'length' ? 1e15 : (Reflect.get(list, key) as unknown)) }),
    ],
    ['a name of 10 MB', () => ({ ['x'.repeat(10_000_000)]: 1 })],
    ['a property called __proto__', () => JSON.parse('{"__proto__": {"polluted": true}, "a": 1}') as unknown],
    ['a boxed text', () => Object('text') as unknown],
    ['a boxed big integer', () => Object(1n) as unknown],
    ['bytes', () => new Uint8Array(1_000_000)],
    [
      'a map with objects as names',
      () =>
        new Map<unknown, unknown>([
          [{}, 1],
          [Symbol('s'), 2],
        ]),
    ],
    ['a promise inside', () => ({ promise: Promise.resolve(1) })],
    [
      'a deep object',
      () => {
        let deep: unknown = 1;
        for (let level = 0; level < 100_000; level++) deep = [deep];
        return deep;
      },
    ],
    ['a wide object', () => Object.fromEntries(Array.from({ length: 200_000 }, (_, key) => [`k${key}`, key]))],
    [
      'a toJSON that throws',
      () => ({
        toJSON: () => {
          throw new Error('no');
        },
      }),
    ],
    ['an error without a prototype', () => Object.create(null) as unknown],
  ];
  for (const [what, make] of hostile) {
    it(`takes ${what} anywhere`, () => {
      const sink = new RecordedSpans();
      const value = make();
      const tracer = createTracer({ store: sink });
      const back = tracer.span('root', { input: value, metadata: value, attributes: { value } }, (span) => {
        span.setAttributes({ value }).addEvent('event', { value }).setInput(value).recordException(value);
        span.addScore({ name: 'score', value: value as never });
        span.setUsage(value as never);
        return value;
      });
      expect(back).to.equal(value);
      expect(sink.spans).to.have.length(1);
      expect(() => JSON.stringify(sink.spans)).not.to.throw();
      expect(tracer.status.failures).to.equal(0);
    });
  }

  it('survives sinks and hooks that throw', () => {
    const broken: SpanSink = {
      started: () => {
        throw new Error('no');
      },
      ended: () => {
        throw new Error('no');
      },
      flush: () => Promise.reject(new Error('no')),
    };
    const tracer = createTracer({
      store: broken,
      mask: () => {
        throw new Error('no');
      },
      sample: () => {
        throw new Error('no');
      },
    });
    expect(tracer.span('root', { input: 'x' }, () => 'fine')).to.equal('fine');
    expect(tracer.status.failures).to.be.greaterThan(0);
    return tracer.flush().then((result) => expect(result).to.deep.equal({ stored: 0, dropped: 0 }));
  });

  it('makes JSON of any value, and changes nothing of it', () => {
    const anything = fc.anything({
      maxDepth: 4,
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        const sink = new RecordedSpans();
        const tracer = createTracer({ store: sink });
        const before = fc.stringify(value);
        tracer.span('call', { input: value, attributes: { value } }, () => value);
        expect(fc.stringify(value)).to.equal(before);
        const [span] = sink.spans;
        expect(JSON.parse(JSON.stringify(span))).to.deep.equal(span);
        expect(tracer.status.failures).to.equal(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps what JSON has no word for', () => {
    const sink = new RecordedSpans();
    const input = {
      map: new Map<unknown, unknown>([['a', 1]]),
      set: new Set([1, 2]),
      date: new Date(0),
      error: new TypeError('odd'),
      bytes: new Uint8Array(3),
      blob: new Blob(['abc'], { type: 'text/plain' }),
      node: document.createElement('p'),
      promise: Promise.resolve(),
      big: 12n,
      not: NaN,
      gone: undefined,
      same: [1, 1],
    };
    createTracer({ store: sink }).start('call', { input }).end();
    const recorded = sink.spans[0]!.input as unknown as Record<string, unknown>;
    expect(recorded['error']).to.include({ name: 'TypeError', message: 'odd' });
    expect({ ...recorded, error: undefined }).to.deep.equal({
      map: { a: 1 },
      set: [1, 2],
      date: '1970-01-01T00:00:00.000Z',
      error: undefined,
      bytes: '[3 bytes]',
      blob: '[text/plain, 3 bytes]',
      node: '[object HTMLParagraphElement]',
      promise: '[object Promise]',
      big: '12',
      not: 'NaN',
      same: [1, 1],
    });
  });

  it('says where a value was cut', () => {
    const sink = new RecordedSpans();
    const cycle: unknown[] = [1];
    cycle.push(cycle);
    let deep: unknown = 'end';
    for (let level = 0; level < 100; level++) deep = [deep];
    const wide = Array.from({ length: 60_000 }, (_, at) => at);
    const long = 'x'.repeat(1_500_000);
    const input = { cycle, deep, long, wide };
    createTracer({ store: sink }).start('call', { input }).end();
    const recorded = sink.spans[0]!.input as unknown as typeof input;
    expect(recorded.cycle).to.deep.equal([1, '[cycle]']);
    expect(JSON.stringify(recorded.deep)).to.match(/^\[+"\[cut: too deep\]"\]+$/);
    expect(recorded.long)
      .to.have.length.below(1_000_100)
      .and.to.match(/… \[cut: 1500000 characters\]$/);
    expect(recorded.wide.at(-1)).to.equal('[cut: too many values]');
  });

  it('takes options, names and updates that are none', () => {
    const hostile = new Proxy({} as SpanOptions, {
      ownKeys() {
        throw new Error('no');
      },
      get() {
        throw new Error('no');
      },
    });
    for (const given of [hostile, null, undefined, 7, 'text', { startTime: NaN, traceparent: {}, kind: {} }]) {
      const sink = new RecordedSpans();
      const tracer = createTracer({ store: sink });
      const options = given as SpanOptions;
      expect(tracer.span(given as string, options, () => 1)).to.equal(1);
      const span = tracer.start('start', options);
      span
        .update(options as never)
        .setAttributes(given as never)
        .addEvent(given as string, given as never);
      span.setStatus(given as never, given as never).end(given as number);
      expect(() => tracer.traceable(() => 1, { name: 'traceable' })()).not.to.throw();
      expect(sink.spans).to.have.length(3);
      for (const { start, end } of sink.spans) expect([start, end].every(Number.isFinite)).to.equal(true);
    }
  });

  it('drops what a rule of the page fails to decide, or decides too late', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({
      store: sink,
      mask: (value, path) => {
        if (path === 'input.slow') return Promise.reject(new Error('too late'));
        if (path === 'input.loop') return Object.assign([], { toJSON: () => 1n });
        return value;
      },
    });
    tracer.start('call', { input: { slow: 'secret', loop: 1, fine: 1 } }).end();
    await tracer.flush();
    expect(sink.spans[0]!.input).to.deep.include({ slow: '[dropped: the masking rule failed]', fine: 1 });
    expect(tracer.status.failures).to.equal(1);
  });

  it('gives a rule of the page copies: it changes nothing of the application', () => {
    const input = { list: [{ name: 'Ada' }] };
    const mask = (value: unknown): unknown => {
      if (typeof value === 'object' && value !== null) Object.assign(value, { seen: true });
      return value;
    };
    createTracer({ store: new RecordedSpans(), mask }).start('call', { input }).end();
    expect(input).to.deep.equal({ list: [{ name: 'Ada' }] });
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { RecordedSpan } from '../model/index.js';
import { createTracer, parseTraceparent, type SpanSink, type TracerSpan } from './index.js';

/** A sink that keeps what has ended, in order. */
class Memory implements SpanSink {
  readonly begun: RecordedSpan[] = [];
  readonly spans: RecordedSpan[] = [];

  started(span: RecordedSpan): void {
    this.begun.push(span);
  }

  ended(span: RecordedSpan): void {
    this.spans.push(span);
  }

  flush(): Promise<{ stored: number; dropped: number }> {
    return Promise.resolve({ stored: this.spans.length, dropped: 0 });
  }

  named(name: string): RecordedSpan {
    const span = this.spans.find((candidate) => candidate.name === name);
    if (!span) throw new Error(`no span “${name}” has ended`);
    return span;
  }
}

/** Lets everything else that waits go first, `turns` times. */
async function otherWork(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  }
}

describe('createTracer', () => {
  it('records a function as a span, with what went in and came out', async () => {
    const sink = new Memory();
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

  it('gives back the very promise that the function gave', () => {
    const tracer = createTracer();
    const promise = Promise.resolve(1);
    expect(tracer.span('call', () => promise)).to.equal(promise);
  });

  it('records an error, throws it on, and lets siblings go on', async () => {
    const sink = new Memory();
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
    const sink = new Memory();
    const tracer = createTracer({ store: sink });
    expect(() =>
      tracer.span('bad', () => {
        throw new RangeError('too far');
      }),
    ).to.throw(RangeError, 'too far');
    expect(sink.named('bad').status).to.equal('error');
  });

  it('ends a span with the generator that it stands for, also when its reader goes away', async () => {
    const sink = new Memory();
    const tracer = createTracer({ store: sink });
    async function* words(): AsyncGenerator<string> {
      yield await Promise.resolve('one');
      yield 'two';
    }
    const all: string[] = [];
    for await (const word of tracer.span('through', words)) all.push(word);
    expect(all).to.deep.equal(['one', 'two']);
    expect(sink.named('through').output).to.deep.equal(['one', 'two']);
    for await (const word of tracer.span('left', words)) if (word === 'one') break;
    expect(sink.named('left').output).to.deep.equal(['one']);
  });

  it('ends with the block that `using` is in, and once only', () => {
    const sink = new Memory();
    const span = createTracer({ store: sink }).start('block');
    span[Symbol.dispose]();
    const { end } = sink.named('block');
    span.end();
    span.setOutput('too late');
    expect(sink.spans).to.have.length(1);
    expect(sink.spans[0]!.end).to.equal(end);
    expect(sink.spans[0]).not.to.have.property('output');
  });

  it('makes functions traceable without changing what they do', async () => {
    const sink = new Memory();
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

  it('hands the trace on to a server, and takes it from a caller', () => {
    const tracer = createTracer();
    const span = tracer.start('here');
    const { traceparent } = span.headers();
    expect(parseTraceparent(traceparent)).to.deep.equal({ traceId: span.traceId, spanId: span.id, isSampled: true });
    const sink = new Memory();
    const there = createTracer({ store: sink }).start('there', { traceparent });
    there.end();
    expect(there.traceId).to.equal(span.traceId);
    expect(sink.spans[0]!.parentId).to.equal(span.id);
  });

  it('takes no caller from a header that is none', () => {
    for (const header of [
      '',
      'nonsense',
      `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`,
      `ff-${'1'.repeat(32)}-${'1'.repeat(16)}-01`,
    ]) {
      expect(parseTraceparent(header), header).to.equal(undefined);
    }
  });

  it('records nothing of a trace that is not sampled, and hands that on', async () => {
    const sink = new Memory();
    const tracer = createTracer({ store: sink, sample: (name) => name !== 'health' });
    const header = await tracer.span('health', (span) =>
      span.child('inner', (inner) => Promise.resolve(inner.headers())),
    );
    expect(parseTraceparent(header.traceparent)!.isSampled).to.equal(false);
    tracer.span('chat', () => 1);
    expect(sink.spans.map(({ name }) => name)).to.deep.equal(['chat']);
    expect(sink.begun.map(({ name }) => name)).to.deep.equal(['chat']);
  });

  it('keeps every parent right in 1,000 interleavings of nested, parallel, failing and aborted calls', async function () {
    this.timeout(60_000);
    interface Call {
      before: number;
      after: number;
      fails: boolean;
      isParallel: boolean;
      inner: Call[];
    }
    const call = fc.memo((depth): fc.Arbitrary<Call> =>
      fc.record({
        before: fc.nat({ max: 3 }),
        after: fc.nat({ max: 3 }),
        fails: fc.boolean(),
        isParallel: fc.boolean(),
        inner: depth <= 1 ? fc.constant([]) : fc.array(call(depth - 1), { maxLength: 3 }),
      }),
    );
    let counter = 0;
    const expected = new Map<string, string | undefined>();
    const perform = async (
      span: TracerSpan,
      { before, after, fails, isParallel, inner }: Call,
      own: string,
    ): Promise<void> => {
      await otherWork(before);
      const begin = (child: Call): Promise<unknown> => {
        const name = `call/${counter++}`;
        expected.set(name, own);
        return span.child(name, (next) => perform(next, child, name)).catch(() => undefined);
      };
      if (isParallel) await Promise.all(inner.map(begin));
      else for (const child of inner) await begin(child);
      await otherWork(after);
      if (fails) throw new Error('as planned');
    };
    await fc.assert(
      fc.asyncProperty(fc.array(call(3), { minLength: 1, maxLength: 3 }), async (chats) => {
        const sink = new Memory();
        const tracer = createTracer({ store: sink });
        expected.clear();
        await Promise.all(
          chats.map((chat) => {
            const name = `chat/${counter++}`;
            expected.set(name, undefined);
            return tracer.span(name, (span) => perform(span, chat, name)).catch(() => undefined);
          }),
        );
        const names = new Map(sink.spans.map(({ id, name }) => [id, name]));
        const found = new Map(sink.spans.map(({ name, parentId }) => [name, parentId && names.get(parentId)]));
        expect(found).to.deep.equal(new Map([...found.keys()].map((name) => [name, expected.get(name)])));
        expect(found.size).to.equal(expected.size);
      }),
      { numRuns: 1000 },
    );
  });
});

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
    ['a long text', () => 'x'.repeat(20_000_000)],
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
      const sink = new Memory();
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
});

describe('what a tracer records of secrets', () => {
  const KEYS = [
    `sk-${'a1B2'.repeat(8)}`,
    `sk-proj-${'a1B2'.repeat(12)}`,
    `sk-ant-api03-${'x9Y8'.repeat(10)}`,
    `AIza${'S'.repeat(35)}`,
    `AKIA${'ABCD'.repeat(4)}`,
    `ghp_${'a'.repeat(36)}`,
    `xoxb-123456789012-${'a'.repeat(24)}`,
    `hf_${'b'.repeat(34)}`,
    `gsk_${'c'.repeat(52)}`,
    `lsv2_pt_${'d'.repeat(32)}_${'e'.repeat(10)}`,
    `eyJ${'h'.repeat(20)}.eyJ${'p'.repeat(20)}.${'s'.repeat(20)}`,
  ];

  it('keeps no key, wherever it stands', () => {
    const sink = new Memory();
    const tracer = createTracer({ store: sink });
    for (const key of KEYS) {
      tracer.span(
        `call with ${key}`,
        { input: { deep: [{ text: `my key is ${key}.` }] }, attributes: { [key]: 1 } },
        (span) => {
          span.setAttributes({ url: `https://user:${key}@host/?k=${key}` }).addEvent(key, { key });
          span.recordException(new Error(`bad key ${key}`));
          return { headers: { Authorization: `Bearer ${key}` } };
        },
      );
    }
    const dump = JSON.stringify(sink.spans);
    for (const key of KEYS) expect(dump, key).not.to.include(key);
    expect(dump).to.include('[masked:openai-key]').and.to.include('[masked:key-name]');
    expect(tracer.status.masked).to.be.greaterThan(KEYS.length);
  });

  it('leaves what is no secret as it is', () => {
    const sink = new Memory();
    const input = {
      tokens: 12,
      max_tokens: 5,
      token_count: 3,
      text: 'a sketch of task-oriented risk, 192.168.0.1, ada@example.org',
      key: 'C major',
    };
    createTracer({ store: sink }).span('call', { input }, () => 1);
    expect(sink.spans[0]!.input).to.deep.equal(input);
  });

  it('masks what tells who somebody is when it is asked to', () => {
    const sink = new Memory();
    const input =
      'Write to ada@example.org, card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00, from 10.1.2.3, call +49 30 1234567.';
    createTracer({ store: sink, content: 'masked' }).span('call', { input }, () => 1);
    expect(sink.spans[0]!.input).to.equal(
      'Write to [masked:email], card [masked:card], IBAN [masked:iban], from [masked:ip], call [masked:phone].',
    );
  });

  it('records nothing of what was said when it is told so, and everything else', () => {
    const sink = new Memory();
    createTracer({ store: sink, content: 'none' }).span(
      'call',
      { kind: 'llm', model: 'm', input: 'secret' },
      (span) => {
        span.setUsage({ input: 3 }).update({ messages: [{ role: 'user', origin: 'input', parts: [] }] });
        return 'secret';
      },
    );
    expect(JSON.stringify(sink.spans)).not.to.include('secret');
    expect(sink.spans[0]).to.deep.include({ model: 'm', usage: { input: 3 } });
  });

  it('asks the page, and drops what the page fails to decide', () => {
    const sink = new Memory();
    const paths: string[] = [];
    const mask = (value: unknown, path: string): unknown => {
      paths.push(path);
      if (path === 'input.bad') throw new Error('no');
      return path === 'input.name' ? 'somebody' : value;
    };
    createTracer({ store: sink, mask }).span('call', { input: { name: 'Ada', bad: 'x', list: [1] } }, () => undefined);
    expect(sink.spans[0]!.input).to.deep.equal({
      name: 'somebody',
      bad: '[dropped: the masking rule failed]',
      list: [1],
    });
    expect(paths).to.include('input.list.0');
  });
});

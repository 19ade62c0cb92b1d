import { expect } from '@open-wc/testing';
import { RecordedSpans } from '../test/recorded-spans.js';
import { createTracer } from './index.js';

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
    const sink = new RecordedSpans();
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
    // What is the same for everybody says what it was.
    expect(dump).to.include('sk-ant-[masked]').and.to.include('"Authorization":"[masked]"');
    expect(tracer.status.masked).to.be.greaterThan(KEYS.length);
  });

  it('leaves what is no secret as it is', () => {
    const sink = new RecordedSpans();
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

  it('masks what tells who somebody is when it is asked to', async () => {
    const sink = new RecordedSpans();
    const input =
      'Write to ada@example.org, card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00, from 10.1.2.3, call +49 30 1234567.';
    const tracer = createTracer({ store: sink, content: 'masked' });
    // Until what knows better is loaded, more is left out rather than less.
    tracer.start('early', { input: { text: input, model: 'gpt-4o', list: ['in 2026'] } }).end();
    await tracer.flush();
    tracer.start('call', { input, attributes: { to: 'ada@example.org' } }).end();
    expect(sink.named('early').input).to.deep.equal({ text: '[masked]', model: 'gpt-4o', list: ['[masked]'] });
    expect(sink.named('call').input).to.equal(
      'Write to [masked:email], card [masked:card], IBAN [masked:iban], from [masked:ip], call [masked:phone].',
    );
    expect(sink.named('call').attributes).to.deep.equal({ to: '[masked:email]' });
  });

  it('records nothing of what was said when it is told so, and everything else', () => {
    const sink = new RecordedSpans();
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
    const sink = new RecordedSpans();
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

  it('masks values by their names, also in lists, and leaves other names alone', () => {
    const sink = new RecordedSpans();
    const input = {
      apiKey: 'x1',
      OPENAI_API_KEY: 'x2',
      'set-cookie': ['x3', 'x4'],
      nested: [{ clientSecret: 'x5', access_token: 66, id_token: 'x7' }],
      password: { type: 'string' },
      isSecret: true,
      secret: '',
      max_tokens: 5,
      paid_tokens: 6,
      tokenizer: 'bpe',
    };
    const tracer = createTracer({ store: sink });
    tracer.start('call', { input, attributes: { api_key: 'x8', other: 'x' } }).end();
    const [span] = sink.spans;
    expect(JSON.stringify([span!.input, span!.attributes])).not.to.match(/x\d|66/);
    expect(span!.input).to.deep.include({
      password: { type: 'string' },
      isSecret: true,
      secret: '',
      max_tokens: 5,
      paid_tokens: 6,
      tokenizer: 'bpe',
      'set-cookie': ['[masked]', '[masked]'],
    });
    expect(span!.attributes).to.deep.equal({ api_key: '[masked]', other: 'x' });
    expect(tracer.status.masked).to.be.at.least(8);
  });

  it('finds keys behind escapes, in pieces of a text, and where a text is cut', () => {
    const key = `sk-proj-${'a1B2'.repeat(12)}`;
    const sink = new RecordedSpans();
    const input = {
      json: JSON.stringify({ text: `first\n${key}` }),
      address: `https://example.com/?q=a%20${key}&r=%3D${key}`,
      pieces: [`my key is ${key.slice(0, 20)}`, key.slice(20, 30), `${key.slice(30)} indeed`],
      others: ['one', 'two'],
      boxed: Object(key) as unknown,
      cut: `${'x'.repeat(999_960)} ${key}`,
    };
    createTracer({ store: sink }).start('call', { input }).end();
    const recorded = sink.spans[0]!.input as unknown as Record<string, unknown>;
    expect(JSON.stringify(recorded)).not.to.include('a1B2a1B2a1B2');
    expect(JSON.parse(recorded['json'] as string)).to.deep.equal({ text: 'first\nsk-proj-[masked]' });
    expect(recorded).to.deep.include({ pieces: 'my key is sk-proj-[masked] indeed', others: ['one', 'two'] });
  });

  it('finds the shortest of all secrets between short words', () => {
    for (const [secret, hidden] of [
      ['xoxb-a1b2c3d4', 'a1b2c3d4'],
      ['rk_live_a1b2c3d4', 'a1b2c3d4'],
      ['Bearer a1b2c3d4e5f6g7h8', 'a1b2c3d4'],
      ['AKIAABCDEFGHIJKLMNOP', 'ABCDEFGH'],
      ['a://u:secret@b', 'secret'],
    ] as const) {
      const sink = new RecordedSpans();
      const text = `it is in ${secret} or so`;
      createTracer({ store: sink }).start('call', { input: text, attributes: { text } }).end();
      const [span] = sink.spans;
      expect(JSON.stringify([span!.input, span!.attributes]))
        .to.match(/\[masked](@b)? or so/)
        .and.not.to.include(hidden);
    }
  });

  it('keeps the values of two names that are the same once they are masked', () => {
    const sink = new RecordedSpans();
    const usage = { [KEYS[0]!]: 1, [`${KEYS[0]}x`]: 2, plain: 3 };
    createTracer({ store: sink }).start('call', { input: usage, attributes: usage }).end();
    const [span] = sink.spans;
    for (const found of [span!.input, span!.attributes]) {
      expect(Object.values(found as object)).to.have.members([1, 2, 3]);
      expect(JSON.stringify(found)).not.to.include('a1B2a1B2');
    }
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readTraces } from '../formats/index.js';
import { addRecordedSpan, buildTraces, SpanTable, type RecordedSpan } from '../model/index.js';
import { sharedFiles, sharedText } from '../test/shared-files.js';
import { maskJson, maskTraces } from './masked-copy.js';
import { tracesToOtlp } from './otlp.js';

const START = 1_767_268_800_000;

const plain: RecordedSpan = {
  traceId: 'a'.repeat(32),
  id: 'b'.repeat(16),
  name: 'work',
  kind: 'llm',
  start: START,
  end: START + 100,
};

function traceOf(...spans: RecordedSpan[]) {
  const table = new SpanTable();
  for (const span of spans) addRecordedSpan(table, span);
  return buildTraces(table);
}

/** Ways to write a text into another one that are not those of the code that is tested. */
function forms(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  const packed = [0, 1, 2].flatMap((before) => {
    const binary = String.fromCharCode(...new Uint8Array(before), ...bytes);
    // Without the letters that depend on what stands beside it.
    const letters = btoa(binary).slice(before === 0 ? 0 : before + 1, -4);
    return letters.length > 5 ? [letters, letters.replaceAll('+', '-').replaceAll('/', '_')] : [];
  });
  const json = JSON.stringify(secret).slice(1, -1);
  const div = document.createElement('div');
  div.textContent = secret;
  return [secret, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(secret), div.innerHTML, ...packed];
}

/** How a secret may stand in a text. */
const writers: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `before ${secret} behind`,
  (secret) => JSON.stringify({ deep: [{ value: secret }] }),
  (secret) => JSON.stringify({ json: JSON.stringify({ value: `x ${secret}` }) }),
  (secret) => `https://example.com/?q=${encodeURIComponent(secret)}&page=2`,
  (secret) => new URLSearchParams({ q: secret }).toString(),
  (secret) => {
    const div = document.createElement('div');
    div.textContent = secret;
    return `<p>${div.innerHTML}</p>`;
  },
  (secret) => btoa(String.fromCharCode(...new TextEncoder().encode(`user:${secret}`))),
  (secret) => `data:text/plain;base64,${btoa(String.fromCharCode(...new TextEncoder().encode(`${secret} and more`)))}`,
];

/** Where a text may stand in a span. */
const places: readonly ((text: string) => Partial<RecordedSpan>)[] = [
  (text) => ({ name: text }),
  (text) => ({ input: text }),
  (text) => ({ output: { answer: [text] } }),
  (text) => ({ output: { [text]: 1 } }),
  (text) => ({ attributes: { note: text } }),
  (text) => ({ attributes: { [text]: 'x' } }),
  (text) => ({ status: 'error', statusMessage: text }),
  (text) => ({ exceptions: [{ type: 'Error', message: text, stacktrace: `at ${text}` }] }),
  (text) => ({ messages: [{ role: 'user', origin: 'input', parts: [{ type: 'text', text }] }] }),
  (text) => ({
    messages: [{ role: 'assistant', origin: 'output', parts: [{ type: 'tool-call', name: 'f', arguments: { text } }] }],
  }),
  (text) => ({ documents: [{ content: text, metadata: { source: text } }] }),
  (text) => ({ events: [{ name: 'e', time: START, attributes: { text } }] }),
  (text) => ({ links: [{ traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), attributes: { text } }] }),
  (text) => ({ metadata: { text }, tags: [text], userId: text }),
  (text) => ({ parameters: { stop: [text] }, tools: [{ name: 'f', description: text }] }),
];

/** Of letters that no part of the format and no mask is made of alone. */
const secrets = fc
  .string({ unit: fc.constantFrom(...Array.from('ZQXqz7ñ€😀"\'<>&\\/ %+=\n')), minLength: 8, maxLength: 24 })
  .filter((text) => /[A-Za-zñ€7]{3}/u.test(text) && text.trim() === text);

describe('maskTraces', () => {
  it('leaves nothing of what is masked, wherever and however it stands', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(secrets, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...places), fc.constantFrom(...writers)), {
          minLength: 1,
          maxLength: 6,
        }),
        async (texts, uses) => {
          const spans = uses.map(([which, place, write], index): RecordedSpan => ({
            ...plain,
            id: String(index + 1).padStart(16, '0'),
            ...place(write(texts[which % texts.length]!)),
          }));
          const { traces, masked } = await maskTraces(traceOf(...spans), { texts });
          expect(masked).to.be.at.least(1);
          expect(traces[0]!.spans.length).to.equal(spans.length);
          const written = JSON.stringify(tracesToOtlp(traces));
          for (const text of texts)
            for (const form of forms(text)) expect(written.includes(form), form).to.equal(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes short texts out where they are words of their own, and keeps what only holds them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...Array.from('QZñ€7李')), minLength: 2, maxLength: 5 }),
        fc.constantFrom(...places),
        fc.constantFrom(...writers.slice(0, 7)),
        async (text, place, write) => {
          const { traces } = await maskTraces(traceOf({ ...plain, ...place(write(text)) }), { texts: [text] });
          const written = JSON.stringify(tracesToOtlp(traces));
          for (const form of [text, encodeURIComponent(text)]) expect(written.includes(form), form).to.equal(false);
        },
      ),
      { numRuns: 150 },
    );
    const names = 'Ada and Adam, say 我叫李明。';
    const messages: RecordedSpan['messages'] = [
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: names }] },
    ];
    const kept = traceOf({ ...plain, input: { name: 'Ada', age: 42, more: 423 }, messages });
    const { traces } = await maskTraces(kept, { texts: ['Ada', '李明', '42', 'text', 'user'], known: false });
    const [span] = [...traces[0]!.spans];
    expect(span!.input).to.deep.equal({ name: '[masked]', age: '[masked]', more: 423 });
    expect(span!.messages).to.deep.equal([
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: '[masked] and Adam, say 我叫[masked]。' }] },
    ]);
  });

  it('masks what is found in one place everywhere else', async () => {
    const key = 'sk-proj-Zq8xY2mW4vT6uR1sP3oN5lK7';
    const traces = traceOf(
      { ...plain, input: `The key is ${key}.` },
      {
        ...plain,
        id: 'c'.repeat(16),
        output: btoa(key),
        attributes: { password: 'correct horse battery', n: 'x' },
      },
      { ...plain, id: 'd'.repeat(16), output: 'I was told “correct horse battery”, by mail@example.com.' },
    );
    const copy = await maskTraces(traces);
    const [first, second, third] = [...copy.traces[0]!.spans];
    expect(first!.input).to.equal('The key is sk-proj-[masked].');
    expect(second!.output).to.equal('[masked]');
    expect(second!.attributes.get('password')).to.equal('[masked]');
    expect(third!.output).to.equal('I was told “[masked]”, by [masked:email].');
  });

  it('masks patterns, names and spans that are asked for, and keeps the figures', async () => {
    const traces = traceOf(
      { ...plain, input: 'Order 1234-AB for you', attributes: { customer: 'Somebody Nobody', plan: 'gold' } },
      {
        ...plain,
        id: 'c'.repeat(16),
        parentId: plain.id,
        kind: 'tool',
        name: 'look',
        input: 'a secret question',
        usage: { input: 3 },
      },
      { ...plain, id: 'd'.repeat(16), parentId: plain.id, output: 'Somebody Nobody asked a secret question' },
    );
    const rules = { known: false, patterns: [/\d{4}-[A-Z]{2}/], keys: ['customer'], spans: ['c'.repeat(16)] };
    const copy = await maskTraces(traces, rules);
    const [first, second, third] = [...copy.traces[0]!.spans];
    expect(first!.input).to.equal('Order [masked] for you');
    expect(first!.attributes.get('plan')).to.equal('gold');
    expect([second!.name, second!.kind, second!.usage, second!.input]).to.deep.equal([
      'look',
      'tool',
      { input: 3 },
      '[masked]',
    ]);
    expect(third!.output).to.equal('[masked] asked [masked]');
    expect(third!.parent!.id).to.equal(plain.id);
  });

  it('lets spans find each other whose ids hold what is masked', async () => {
    const traces = traceOf({ ...plain, id: 'user-QXZ-1' }, { ...plain, id: 'child', parentId: 'user-QXZ-1' });
    const copy = await maskTraces(traces, { texts: ['QXZ-1-', 'user-QXZ'] });
    const [parent, child] = [...copy.traces[0]!.spans];
    expect(parent!.id).not.to.contain('QXZ');
    expect(child!.parent).to.equal(parent);
  });

  it('keeps the tree of every real trace, and nothing of what it masks', async function () {
    this.timeout(240_000);
    const files = (await sharedFiles()).filter((file) => /\.jsonl?$/.test(file)).filter((_, index) => index % 6 === 0);
    if (files.length === 0) return this.skip();
    for (const file of files) {
      const traces = await readTraces((await sharedText(`fixtures/${file}`))!).catch(() => []);
      const long = traces
        .flatMap((trace) => Array.from(trace.spans, ({ input }) => input))
        .filter((input) => typeof input === 'string');
      const texts = long.filter((text) => text.length > 20).slice(0, 3);
      const copy = await maskTraces(traces, { texts });
      const shape = (all: typeof traces) =>
        all.map((trace) => Array.from(trace.spans, ({ depth, kind }) => `${depth} ${kind}`));
      expect(shape(copy.traces), file).to.deep.equal(shape(traces));
      const written = JSON.stringify(tracesToOtlp(copy.traces));
      for (const text of texts)
        for (const form of forms(text)) expect(written.includes(form), `${file}: ${form}`).to.equal(false);
    }
    return undefined;
  });
});

describe('maskTraces, of the inside of a model', () => {
  const pieces = ['to', ' jane', '.doe', '@exam', 'ple.org', '!'];
  const top = { text: pieces.map((piece) => [piece, 'x']), logprob: pieces.map(() => [-1, -2]) };
  const internals = {
    v: 1,
    tokens: { text: pieces, split: 0 },
    output: { from: 0, dist: 'raw', top },
    stages: { clock: 'ms', events: [{ stage: 'decode', start: 0, end: 1, req: 'of jane.doe@example.org' }] },
  };
  const content = pieces.map((token) => ({ token, logprob: -1 }));
  const output = { choices: [{ message: { role: 'assistant', content: pieces.join('') }, logprobs: { content } }] };
  const attributes = { 'llm_trace.internals': JSON.stringify(internals) };

  it('masks a secret that is spread over tokens, and keeps the others', async () => {
    const { traces } = await maskTraces(traceOf({ ...plain, output, attributes }));
    const span = traces[0]!.spans.at(0)!;
    expect(JSON.stringify(tracesToOtlp(traces))).not.to.match(/jane|doe|ple\.org/);
    expect(span.internals!.tokens!.text).to.deep.equal(['to', '•••', '•••', '•••', '•••', '!']);
    expect(span.internalsProblems).to.deep.equal([]);
    const file = await maskJson(tracesToOtlp(traceOf({ ...plain, output, attributes })));
    expect(JSON.stringify(file)).not.to.match(/jane|doe|ple\.org/);
  });
});

describe('maskJson', () => {
  it('masks a file as it is, pairs of names and values too', async () => {
    const file = {
      resourceSpans: [
        { scopeSpans: [{ spans: [{ attributes: [{ key: 'api_key', value: { stringValue: 'abc' } }] }] }] },
      ],
      headers: [{ name: 'Authorization', value: 'Basic abc' }],
      'mail@example.com': 1,
      ['__proto__']: 'x',
    };
    const copy = (await maskJson(file)) as typeof file;
    const written = JSON.stringify(copy);
    expect(written).to.contain('{"key":"api_key","value":{"stringValue":"[masked]"}}');
    expect(written).to.contain('{"name":"Authorization","value":"[masked]"}');
    expect(written).to.contain('"[masked:email]":1');
  });

  it('takes values of any depth', async () => {
    let deep: unknown = 'mail@example.com';
    for (let level = 0; level < 100_000; level++) deep = [deep];
    let found = await maskJson(deep);
    while (Array.isArray(found)) found = found[0];
    expect(found).to.equal('[masked:email]');
  });
});

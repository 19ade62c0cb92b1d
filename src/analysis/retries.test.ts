import { expect } from '@open-wc/testing';
import { buildTraces, type SpanMeaning, type SpanReader, type Trace } from '../model/index.js';
import { plainReader, ran, tableOf, type SpanSketch } from '../test/trace-builder.js';
import { failureOf, retryEvents, tryOf } from './retries.js';

interface Raw extends SpanMeaning {
  attributes?: Record<string, unknown>;
  events?: { name: string; attributes: Record<string, unknown> }[];
}

const reader: SpanReader = {
  ...plainReader,
  record: (raw) => {
    const { attributes = {}, events = [] } = raw as Raw;
    return {
      ...plainReader.record(raw),
      attributes: new Map(Object.entries(attributes)),
      events: events.map((event) => ({ ...event, attributes: new Map(Object.entries(event.attributes)) })),
    };
  },
  meaning: (_, raw) => raw as Raw,
};

const traceOf = (...sketches: SpanSketch[]): Trace =>
  buildTraces(
    tableOf(
      sketches.map((sketch) => ({ ...sketch, raw: sketch.raw ?? {} })),
      reader,
    ),
  )[0]!;

const call = (id: string, start: number, end: number, raw: Raw = {}, more: SpanSketch = {}): SpanSketch =>
  ran(id, 'root', { name: 'chat', kind: 'llm', model: 'm', status: 'error', start, end, raw, ...more });

const root = ran('root', '', { end: 1000 });

/** `number previous next` of a span's try. */
function tried(trace: Trace, id: string): string {
  const found = tryOf(trace.span(id)!);
  return found ? `${found.number} ${found.previous?.id ?? '-'} ${found.next?.id ?? '-'}` : 'none';
}

const failed = (statusMessage: string, attributes: Record<string, unknown> = {}): unknown =>
  failureOf(traceOf(root, call('a', 0, 1, { attributes }, { statusMessage })).span('a')!);

describe('a failure', () => {
  it('is a rate limit by its status, or by what is said', () => {
    expect(failed('429 Rate limit reached. Please try again in 1.5s.')).to.deep.equal({
      status: 429,
      isRateLimit: true,
      askedToWait: 1500,
    });
    expect(failed('RESOURCE_EXHAUSTED')).to.deep.equal({ isRateLimit: true });
    expect(failed('no', { 'http.response.status_code': 529 })).to.deep.equal({ status: 529, isRateLimit: false });
    expect(failed('Error code: 503 - {}')).to.deep.equal({ status: 503, isRateLimit: false });
    expect(failed('429 You exceeded your current quota')).to.deep.equal({ status: 429, isRateLimit: false });
    expect(failed('took 429 ms')).to.equal(undefined);
  });

  it('says how long to wait by its headers', () => {
    const wait = (name: string, value: unknown): unknown =>
      (failed('429', { [`http.response.header.${name}`]: value }) as { askedToWait?: number }).askedToWait;
    expect(wait('retry-after', '20')).to.equal(20_000);
    expect(wait('retry-after', ['2'])).to.equal(2000);
    expect(wait('retry-after-ms', '350')).to.equal(350);
    expect(wait('retry-after', 'Wed, 21 Oct 2026 07:28:00 GMT')).to.equal(undefined);
  });

  it('is none of a span that did not fail', () => {
    expect(
      failureOf(
        traceOf(root, call('a', 0, 1, { attributes: { 'http.response.status_code': 429 } }, { status: 'ok' })).span(
          'a',
        )!,
      ),
    ).to.equal(undefined);
  });
});

describe('tries of a call', () => {
  it('are siblings that were given the same after one had failed', () => {
    const trace = traceOf(
      root,
      call('a', 0, 10, { input: { q: 1 } }),
      ran('between', 'root', { start: 11, end: 12 }),
      call('b', 20, 30, { input: { q: 1 } }),
      call('c', 40, 50, { input: { q: 1 } }, { status: 'ok' }),
      call('d', 60, 70, { input: { q: 1 } }, { status: 'ok' }),
    );
    expect(['a', 'b', 'c', 'd', 'between'].map((id) => tried(trace, id))).to.deep.equal([
      '1 - b',
      '2 a c',
      '3 b -',
      'none',
      'none',
    ]);
  });

  it('are calls of another model, whatever their name, that were given the same', () => {
    const asked = (role = 'user'): Raw => ({
      messages: [{ origin: 'input', role, parts: [{ type: 'text', text: 'a' }] }],
    });
    const trace = traceOf(
      root,
      call('a', 0, 10, { ...asked(), input: { model: 'm' } }, { name: 'chat m' }),
      call('b', 20, 30, { ...asked(), input: { model: 'n' } }, { name: 'chat n', model: 'n' }),
      call('c', 40, 50, asked(), { name: 'chat o', model: 'o', status: 'ok' }),
      call('d', 60, 70, asked('system'), { model: 'p', status: 'ok' }),
      call('e', 80, 90, asked(), { model: 'q', status: 'ok' }),
    );
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => tried(trace, id))).to.deep.equal([
      '1 - b',
      '2 a c',
      '3 b -',
      'none',
      'none',
    ]);
    const silent = traceOf(root, call('a', 0, 10), call('b', 20, 30, {}, { model: 'n' }));
    expect(tried(silent, 'b'), 'nothing says that they were given the same').to.equal('none');
  });

  it('are not calls that were given something else, or ran at the same time', () => {
    const trace = traceOf(
      root,
      call('a', 0, 10, { input: 1 }),
      call('other', 20, 30, { input: 2 }),
      call('beside', 5, 9, { input: 1 }),
    );
    for (const id of ['a', 'other', 'beside']) expect(tried(trace, id), id).to.equal('none');
  });

  it('are what the tracer says that they are, also inside a root', () => {
    const trace = traceOf(
      call('a', 0, 10, { input: 1 }, { parentId: '' }),
      call(
        'b',
        20,
        30,
        { input: 2, attributes: { 'llm_trace.retry_of': 'a', 'http.request.resend_count': 1 } },
        { parentId: 'a', status: 'ok' },
      ),
    );
    expect([tried(trace, 'a'), tried(trace, 'b')]).to.deep.equal(['1 - b', '2 a -']);
  });

  it('are counted where the earlier ones are not in the trace, and never go round', () => {
    const resent = { attributes: { 'http.request.resend_count': 2 } };
    expect(tried(traceOf(root, call('a', 0, 1, resent)), 'a')).to.equal('3 - -');
    const round = { attributes: { 'llm_trace.retry_of': 'a' } };
    expect(tried(traceOf(root, call('a', 0, 1, round)), 'a')).to.equal('none');
  });

  it('are found among a hundred thousand siblings', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ran(`s${index}`, 'root', { start: 20, end: 21 }));
    expect(tried(traceOf(root, call('a', 0, 10), ...many), 'a')).to.equal('none');
    expect(tried(traceOf(root, ...many.slice(0, 100), call('a', 22, 23), call('b', 24, 25)), 'b')).to.equal('2 a -');
  });
});

describe('retries that are events', () => {
  it('tell of failures, and not of the try that went well', () => {
    const events = [
      { name: 'start', attributes: {} },
      { name: 'retry', attributes: { kwargs: { attempt: 1, slept: 1.5, exception: 'Timeout()' } } },
      { name: 'retry', attributes: { kwargs: { attempt: 2, slept: 1.5, outcome: 'success' } } },
    ];
    const span = traceOf(root, call('a', 0, 1, { events } as unknown as Raw)).span('a')!;
    expect(retryEvents(span)).to.deep.equal([{ reason: 'Timeout()', waited: 1500 }]);
  });
});

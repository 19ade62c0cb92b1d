import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Trace } from '../../model/index.js';
import {
  attributesOf,
  END,
  otlpDocument,
  otlpSpan,
  resourceSpansOf,
  START,
  TRACE_ID,
} from '../../test/otlp-builder.js';
import { otlp } from './otlp.js';
import { readTraces } from '../read-traces.js';

const ROOT = 'aaaaaaaaaaaaaaaa';
const CHILD = 'bbbbbbbbbbbbbbbb';
const root = otlpSpan({ id: ROOT, name: 'root' });
const child = otlpSpan({ id: CHILD, parentId: ROOT, name: 'child' });

const base64Of = (hex: string): string =>
  btoa(String.fromCharCode(...hex.match(/../g)!.map((byte) => parseInt(byte, 16))));
const bufferOf = (hex: string): object => ({
  type: 'Buffer',
  data: hex.match(/../g)!.map((byte) => parseInt(byte, 16)),
});

/** Every key of a value in snake case. */
function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCase(item),
    ]),
  );
}

async function readOne(input: unknown): Promise<Trace> {
  const traces = await readTraces(input);
  expect(traces).to.have.length(1);
  return traces[0]!;
}

function expectBoth(trace: Trace): void {
  expect(trace.format).to.equal('otlp');
  expect(trace.id).to.equal(TRACE_ID);
  expect([...trace.spans].map(({ id, parent, name }) => [id, parent?.id, name])).to.deep.equal([
    [ROOT, undefined, 'root'],
    [CHILD, ROOT, 'child'],
  ]);
  expect(trace.problems).to.deep.equal([]);
  expect(trace.span(CHILD)!.service).to.equal('shop');
  expect(trace.span(CHILD)!.duration).to.be.closeTo(1000.000001, 0.5e-6);
}

describe('OTLP JSON', () => {
  const withIds = (idOf: (hex: string) => unknown): object =>
    otlpDocument(
      { ...root, traceId: idOf(TRACE_ID), spanId: idOf(ROOT) },
      { ...child, traceId: idOf(TRACE_ID), spanId: idOf(CHILD), parentSpanId: idOf(ROOT) },
    );
  const withTimes = (nanosOf: (digits: string) => unknown): object => {
    const times = { startTimeUnixNano: nanosOf(START), endTimeUnixNano: nanosOf(END) };
    return otlpDocument({ ...root, ...times }, { ...child, ...times });
  };
  const document = otlpDocument(root, child);
  const old = [{ resource: document.resourceSpans[0]!['resource'], instrumentationLibrarySpans: [{ instrumentationLibrary: { name: 'test-scope', version: '1.2.3' }, spans: [root, child] }] }]; // prettier-ignore
  const half = (digits: string): object => {
    const bits = BigInt(digits);
    return { low: Number(BigInt.asIntN(32, bits)), high: Number(bits >> 32n), unsigned: true };
  };
  const forms: Record<string, unknown> = {
    'one document': document,
    'one document as text': JSON.stringify(document),
    'a list of documents': [otlpDocument(child), otlpDocument(root)],
    'lines of documents, the parent in the last': `${JSON.stringify(otlpDocument(child))}\n${JSON.stringify(otlpDocument(root))}\n`,
    'one bare resourceSpans': resourceSpansOf([root, child]),
    'a list of bare resourceSpans': [resourceSpansOf([child]), resourceSpansOf([root])],
    'one trace in many resourceSpans': { resourceSpans: [resourceSpansOf([child]), resourceSpansOf([root])] },
    'snake case': snakeCase(document),
    'the spelling from before scopes had their name': { resourceSpans: old },
    'the same in snake case': snakeCase({ resourceSpans: old }),
    'upper-case ids': withIds((hex) => hex.toUpperCase()),
    'base64 ids': withIds(base64Of),
    'ids as bytes': withIds(bufferOf),
    'nanoseconds as halves of protobufjs': withTimes(half),
    'an empty parent': otlpDocument({ ...root, parentSpanId: '' }, child),
    'a parent of zeros': otlpDocument({ ...root, parentSpanId: '0000000000000000' }, child),
    'a null parent': otlpDocument({ ...root, parentSpanId: null }, child),
  };
  for (const [name, input] of Object.entries(forms)) it(`reads ${name}`, async () => expectBoth(await readOne(input)));

  it('loses no nanosecond of numbers above 2^53 in JSON text', async () => {
    const text = JSON.stringify(document).replace(/"(\d{19})"/g, '$1');
    expect(text).to.contain(`:${START}`);
    expectBoth(await readOne(text));
  });

  it('reads nanoseconds that somebody has parsed into numbers, as exactly as they are', async () => {
    const trace = await readOne(withTimes(Number));
    expect(trace.span(ROOT)!.duration).to.be.closeTo(1000, 0.001);
  });

  for (const [status, expected] of [
    [{}, 'unset'],
    [undefined, 'unset'],
    [null, 'unset'],
    [{ code: 0 }, 'unset'],
    [{ code: 1 }, 'ok'],
    [{ code: 2 }, 'error'],
    [{ code: '2' }, 'error'],
    [{ code: 'STATUS_CODE_OK' }, 'ok'],
    [{ code: 'STATUS_CODE_ERROR' }, 'error'],
    [{ code: 'STATUS_CODE_UNSET' }, 'unset'],
    [{ code: 'nonsense' }, 'unset'],
  ] as const) {
    it(`reads the status ${JSON.stringify(status)} as ${expected}`, async () => {
      expect((await readOne(otlpDocument(otlpSpan({ more: { status } })))).spans.at(0)!.status).to.equal(expected);
    });
  }

  it('reads what a span says of its outline', async () => {
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 12,
    };
    const status = { code: 2, message: 'rate limited' };
    const span = (await readOne(otlpDocument(otlpSpan({ attributes, more: { status } })))).spans.at(0)!;
    expect([span.kind, span.model, span.usage?.input, span.statusMessage]).to.deep.equal([
      'llm',
      'gpt-4.1',
      12,
      'rate limited',
    ]);
  });

  it('unpacks attributes, events, links, resource and scope of a span', async () => {
    const more = {
      events: [
        { timeUnixNano: START, name: 'hi', attributes: attributesOf({ a: [1, null] }) },
        { name: 'timeless' },
        null,
      ],
      links: [{ traceId: TRACE_ID.toUpperCase(), spanId: base64Of(ROOT) }, 5],
    };
    const span = (await readOne(otlpDocument(otlpSpan({ attributes: { a: { b: true }, c: null }, more })))).spans.at(
      0,
    )!;
    expect(JSON.parse(JSON.stringify([...span.attributes]))).to.deep.equal([['a', { b: true }], ['c', null]]); // prettier-ignore
    expect(span.events.map(({ name, time }) => [name, time])).to.deep.equal([['hi', Number(START) / 1e6], ['timeless', undefined]]); // prettier-ignore
    expect(span.events[0]!.attributes.get('a')).to.deep.equal([1, null]);
    expect(span.links.map(({ traceId, spanId }) => [traceId, spanId])).to.deep.equal([[TRACE_ID, ROOT]]);
    expect([...span.resource]).to.deep.equal([['service.name', 'shop']]);
    expect(span.scope).to.deep.equal({ name: 'test-scope', version: '1.2.3' });
  });

  it('leaves out what is no object, and says so each time', async () => {
    const scopes = (document.resourceSpans[0]!['scopeSpans'] as object[])[0]!;
    const junk = [
      null,
      5,
      { resourceSpans: ['x', { scopeSpans: [null, { ...scopes, spans: [[], root, 'y', child] }] }] },
    ];
    const trace = await readOne(junk);
    expect(trace.spans).to.have.length(2);
    expect(trace.problems.filter(({ code }) => code === 'unreadable-record')).to.have.length(6);
  });

  it('reads the spans of a file that the collector writes, and counts what else is there', async () => {
    const metrics = { resourceMetrics: [{ scopeMetrics: [] }] };
    const logs = { resource_logs: [] };
    const lines = [
      metrics,
      metrics,
      logs,
      {},
      ...Array<object>(20).fill(metrics),
      { foo: 1 },
      otlpDocument(root),
      otlpDocument(child),
      { bar: 1 },
    ];
    const trace = await readOne(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(trace.spans).to.have.length(2);
    expect(trace.problems.map(({ message }) => message)).to.deep.equal([
      '22 documents hold metrics and were left out.',
      '1 document holds logs and was left out.',
      '2 documents are of an unknown shape and were left out.',
    ]);
  });

  it('reads odd members without fail', async () => {
    const odd = [
      null,
      5,
      'x',
      [],
      {},
      true,
      [[]],
      { values: 5 },
      [{ toString: 1, valueOf: 1 }],
      { data: [{ toString: 1 }] },
    ];
    const members = ['traceId', 'spanId', 'parentSpanId', 'name', 'startTimeUnixNano', 'endTimeUnixNano', 'status', 'attributes', 'events', 'links', 'kind']; // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...members), fc.constantFrom(...odd), async (member, value) => {
        const [trace] = await readTraces(otlpDocument({ ...root, [member]: value }, child));
        for (const span of trace!.spans) {
          expect([span.events, span.links, span.attributes, span.messages, span.start, span.end]).to.have.length(6);
        }
      }),
      { numRuns: 200 },
    );
    const events = odd.map((value) => ({ name: value, timeUnixNano: value, attributes: value }));
    const links = odd.map((value) => ({ traceId: value, spanId: value, attributes: value }));
    const span = (await readOne(otlpDocument({ ...root, events, links }))).spans.at(0)!;
    expect([span.events.length, span.links.length]).to.deep.equal([odd.length, odd.length]);
  });

  it('keeps hostile attribute keys as data', async () => {
    const attributes = [
      ...attributesOf({ constructor: 'a', 'llm.__proto__.x': 'b' }),
      { key: '__proto__', value: { stringValue: 'c' } },
    ];
    const span = (await readOne(otlpDocument({ ...root, attributes }))).spans.at(0)!;
    expect(span.attributes.get('__proto__')).to.equal('c');
    expect(span.messages).to.deep.equal([]);
    expect(({} as { x?: unknown }).x).to.equal(undefined);
  });

  it('reads 20,000 spans in one chain', async () => {
    const id = (index: number): string => `a${index.toString(16).padStart(15, '0')}`;
    const spans = Array.from({ length: 20_000 }, (_, index) =>
      otlpSpan({ id: id(index), parentId: index ? id(index - 1) : '' }),
    );
    const trace = await readOne(otlpDocument(...spans));
    expect(trace.spans.at(-1)!.depth).to.equal(19_999);
    expect(trace.problems).to.deep.equal([]);
  });

  it('recognises nothing else', () => {
    for (const value of [
      null,
      undefined,
      5,
      'resourceSpans',
      [],
      {},
      [null],
      [5],
      { resourceSpans: null },
      { resourceSpans: {} },
      { scopeSpans: 'x' },
      [[document]],
    ]) {
      expect(otlp.detect(value), JSON.stringify(value)).to.equal(false);
    }
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readTraces } from '../formats/index.js';
import { SPAN_KINDS, type RecordedSpan } from '../model/index.js';
import { toOtlp } from './otlp.js';
import { otlpProtobuf, toOtlpProtobuf } from './protobuf.js';
import { recordedSpanOf } from './recorded-span.js';

const START = 1_767_268_800_123.25;

const chat: RecordedSpan = {
  traceId: '5b8efff798038103d269b633813fc60c',
  id: 'eee19b7ec3c1b174',
  parentId: 'eee19b7ec3c1b173',
  name: 'chat gpt-5 – Grüße 🙂',
  kind: 'llm',
  start: START,
  end: START + 1500.5,
  status: 'error',
  statusMessage: 'no',
  service: 'app',
  model: 'gpt-5',
  usage: { input: 10, output: 5, total: 15 },
  cost: 0.25,
  parameters: { temperature: 0.5, stop_sequences: ['a'] },
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Weather?' }], origin: 'input' }],
  events: [{ name: 'first token', time: START + 1, attributes: { at: 1 } }],
  links: [{ traceId: '5b8efff798038103d269b633813fc60d', spanId: 'eee19b7ec3c1b175', attributes: { why: 'retry' } }],
  attributes: { yes: true, none: null, map: { list: [1, -2.5, 'x'], deep: {} }, big: 2 ** 53 - 1, negative: -1 },
};

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));

async function readBack(data: unknown): Promise<RecordedSpan[]> {
  const traces = await readTraces(data);
  return traces.flatMap(({ spans }) => Array.from(spans, recordedSpanOf));
}

describe('toOtlpProtobuf', () => {
  it('is read back equal', async () => {
    const other: RecordedSpan = { ...chat, id: 'eee19b7ec3c1b176', service: 'other', kind: 'tool', name: '' };
    expect(await readBack(toOtlpProtobuf([chat, other]))).to.deep.equal([chat, other]);
  });

  it('says what JSON says, whatever a span holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySpan, { minLength: 1, maxLength: 4 }), async (spans) => {
        const distinct = spans.map((span, index) => ({ ...span, id: `${index + 1}`.padStart(16, '0') }));
        expect(await readBack(toOtlpProtobuf(distinct))).to.deep.equal(await readBack(toOtlp(distinct)));
      }),
      { numRuns: 100 },
    );
  }).timeout(60_000);

  it('writes lists in lists as deep as there are', () => {
    let value: object = { stringValue: 'x' };
    for (let level = 0; level < 20_000; level++) value = { arrayValue: { values: [value] } };
    const document = { resourceSpans: [{ resource: { attributes: [{ key: 'deep', value }] } }] };
    expect(otlpProtobuf.encode(document).length).to.be.greaterThan(40_000);
  });
});

describe('otlpProtobuf', () => {
  it('writes the bytes that the protocol’s own library writes', () => {
    expect(hexOf(otlpProtobuf.encode(EVERY_FIELD))).to.equal(OFFICIAL);
  });

  it('reads what a receiver has not taken, and why', () => {
    // ExportTraceServiceResponse { partial_success { rejected_spans: 2, error_message: "old" } }, and an unknown field.
    expect(otlpProtobuf.decode(bytesOf('0a070802' + '12036f6c64' + '1a0101'))).to.deep.equal({
      rejected: 2,
      message: 'old',
    });
    // google.rpc.Status { code: 3, message: "bad" }
    expect(otlpProtobuf.decode(bytesOf('0803' + '1203626164')).message).to.equal('bad');
    expect(otlpProtobuf.decode(new Uint8Array())).to.deep.equal({});
  });
});

const attribute = (key: string, value: object): object => ({ key, value });

/** A document with every field that the exporter writes. */
const EVERY_FIELD = {
  resourceSpans: [
    {
      resource: { attributes: [attribute('service.name', { stringValue: 'app' })] },
      scopeSpans: [
        {
          scope: { name: 'kit' },
          spans: [
            {
              traceId: '5b8efff798038103d269b633813fc60c',
              spanId: 'eee19b7ec3c1b174',
              parentSpanId: 'eee19b7ec3c1b173',
              name: 'Grüße 🙂',
              kind: 3,
              startTimeUnixNano: '1767268800123250000',
              endTimeUnixNano: '1767268801623750000',
              attributes: [
                attribute('text', { stringValue: '' }),
                attribute('yes', { boolValue: true }),
                attribute('negative', { intValue: '-1' }),
                attribute('half', { doubleValue: 0.5 }),
                attribute('list', { arrayValue: { values: [{ intValue: '9007199254740991' }, {}] } }),
                attribute('map', { kvlistValue: { values: [attribute('in', { stringValue: 'side' })] } }),
              ],
              events: [
                {
                  timeUnixNano: '1767268800124250000',
                  name: 'first token',
                  attributes: [attribute('at', { intValue: '1' })],
                },
              ],
              links: [
                {
                  traceId: '5b8efff798038103d269b633813fc60d',
                  spanId: 'eee19b7ec3c1b175',
                  attributes: [attribute('why', { stringValue: 'retry' })],
                },
              ],
              status: { message: 'no', code: 2 },
            },
          ],
        },
      ],
    },
  ],
};

/** The same document, serialised by the package opentelemetry-proto 1.45.2 for Python. */
const OFFICIAL = [
  '0abb020a170a150a0c736572766963652e6e616d6512050a03617070129f020a050a036b69741295020a105b8efff7980381',
  '03d269b633813fc60c1208eee19b7ec3c1b1742208eee19b7ec3c1b1732a0c4772c3bcc39f6520f09f99823003395025fa3d',
  '9c9986184170f569979c9986184a0a0a047465787412020a004a090a03796573120210014a170a086e65676174697665120b',
  '18ffffffffffffffffff014a110a0468616c66120921000000000000e03f4a170a046c697374120f2a0d0a0918ffffffffff',
  'ffff0f0a004a170a036d61701210320e0a0c0a02696e12060a04736964655a20099067093e9c998618120b66697273742074',
  '6f6b656e1a080a026174120218016a2c0a105b8efff798038103d269b633813fc60d1208eee19b7ec3c1b175220e0a037768',
  '7912070a0572657472797a0612026e6f1802',
].join('');

const text = fc.string({ unit: 'binary' });
const time = fc.double({ min: 1e12, max: 2.1e12, noNaN: true });
const object = fc.dictionary(text, fc.jsonValue({ maxDepth: 4 }), { minKeys: 1, maxKeys: 4 });
const hex = (length: number): fc.Arbitrary<string> =>
  fc.bigInt({ min: 1n, max: 2n ** BigInt(length * 4) - 1n }).map((id) => id.toString(16).padStart(length, '0'));

const anySpan = fc.record(
  {
    traceId: hex(32),
    id: hex(16),
    parentId: hex(16),
    name: text,
    kind: fc.constantFrom(...SPAN_KINDS),
    start: time,
    end: time,
    status: fc.constantFrom('ok', 'error'),
    statusMessage: text,
    service: text,
    model: text,
    usage: fc.record({ input: fc.nat(), output: fc.nat() }),
    cost: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    input: fc.jsonValue(),
    messages: fc.array(fc.record({ role: text, origin: fc.constantFrom('input', 'output'), parts: fc.constant([]) })),
    events: fc.array(fc.record({ name: text, time, attributes: object })),
    links: fc.array(fc.record({ traceId: hex(32), spanId: hex(16), attributes: object })),
    attributes: object,
  },
  { requiredKeys: ['traceId', 'id', 'name', 'kind', 'start'] },
) as unknown as fc.Arbitrary<RecordedSpan>;

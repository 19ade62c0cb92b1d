import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Trace } from '../../model/index.js';
import { EmptyInputError } from '../errors.js';
import { otlpProtobuf } from './otlp-protobuf.js';
import { decodeMessage } from './protobuf-message.js';
import { readSpans, readTraces } from '../read-traces.js';

type Write = (writer: BinaryWriter) => unknown;

const tagged = (number: number, wireType: WireType, write: Write): Write => {
  return (writer) => write(writer.tag(number, wireType));
};
const message = (number: number, ...fields: Write[]): Write =>
  tagged(number, WireType.LengthDelimited, (writer) => {
    writer.fork();
    for (const field of fields) field(writer);
    writer.join();
  });
const text = (number: number, value: string): Write =>
  tagged(number, WireType.LengthDelimited, (writer) => writer.string(value));
const bytes = (number: number, ...value: number[]): Write =>
  tagged(number, WireType.LengthDelimited, (writer) => writer.bytes(Uint8Array.from(value)));
const fixed = (number: number, value: string): Write =>
  tagged(number, WireType.Bit64, (writer) => writer.fixed64(value));
const count = (number: number, value: number): Write =>
  tagged(number, WireType.Varint, (writer) => writer.uint32(value));

function bytesOf(...fields: Write[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const field of fields) field(writer);
  return writer.finish();
}

const attribute = (number: number, key: string, ...value: Write[]): Write =>
  message(number, text(1, key), message(2, ...value));
const integer = (value: bigint): Write => tagged(3, WireType.Varint, (writer) => writer.int64(value));
const sixteen = Array.from({ length: 16 }, (_, index) => index + 1);

const span = (id: number, ...more: Write[]): Write =>
  message(
    2,
    bytes(1, ...sixteen),
    bytes(2, ...Array<number>(8).fill(id)),
    text(5, `span ${id}`),
    count(6, 3),
    fixed(7, '1767268800123456789'),
    fixed(8, '1767268801123456790'),
    ...more,
  );
const resourceSpans = (...spans: Write[]): Write =>
  message(
    1,
    message(1, attribute(1, 'service.name', text(1, 'shop'))),
    message(2, message(1, text(1, 'lib')), ...spans),
  );

const request = bytesOf(
  resourceSpans(
    span(
      1,
      attribute(9, 'gen_ai.request.model', text(1, 'm-1')),
      attribute(9, 'big', integer(9007199254740993n)),
      attribute(9, 'negative', integer(-5n)),
      attribute(9, 'yes', count(2, 1)),
      attribute(
        9,
        'half',
        tagged(4, WireType.Bit64, (writer) => writer.double(0.5)),
      ),
      attribute(9, 'list', message(5, message(1, text(1, 'a')), message(1))),
      attribute(9, 'map', message(6, attribute(1, 'in', text(1, 'side')))),
      attribute(9, 'raw', bytes(7, 1, 2, 3)),
      message(
        11,
        fixed(1, '1767268800500000000'),
        text(2, 'exception'),
        attribute(3, 'exception.message', text(1, 'ä')),
      ),
      message(13, bytes(1, ...sixteen), bytes(2, 9, 9, 9, 9, 9, 9, 9, 9)),
      message(15, text(2, 'no'), count(3, 2)),
      // A field of the future.
      text(99, 'new'),
    ),
    span(2, bytes(4, 1, 1, 1, 1, 1, 1, 1, 1)),
  ),
);

async function readOne(input: Uint8Array): Promise<Trace> {
  const [trace, ...others] = await readTraces(input);
  expect(others).to.deep.equal([]);
  expect(trace!.format).to.equal('otlp-protobuf');
  return trace!;
}

function expectBoth(trace: Trace): void {
  expect(trace.id).to.equal('0102030405060708090a0b0c0d0e0f10');
  expect([...trace.spans].map(({ id, parentId, name }) => [id, parentId, name])).to.deep.equal([
    ['0101010101010101', undefined, 'span 1'],
    ['0202020202020202', '0101010101010101', 'span 2'],
  ]);
  expect(trace.problems).to.deep.equal([]);
}

describe('OTLP protobuf', () => {
  it('reads spans, and gives OTLP JSON as the raw record', async () => {
    const trace = await readOne(request);
    expectBoth(trace);
    const one = trace.spans.at(0)!;
    expect([one.service, one.model, one.status, one.statusMessage, one.scope.name]).to.deep.equal([
      'shop',
      'm-1',
      'error',
      'no',
      'lib',
    ]);
    expect(one.duration).to.be.closeTo(1000.000001, 0.5e-6);
    expect(Object.fromEntries(one.attributes)).to.deep.equal({
      'gen_ai.request.model': 'm-1',
      big: '9007199254740993',
      negative: -5,
      yes: true,
      half: 0.5,
      list: ['a', null],
      map: Object.assign(Object.create(null) as object, { in: 'side' }),
      raw: 'AQID',
    });
    expect(one.exceptions[0]?.message).to.equal('ä');
    expect(one.links.map(({ spanId }) => spanId)).to.deep.equal(['0909090909090909']);
    expect(JSON.parse(JSON.stringify(one.raw))).to.include({ startTimeUnixNano: '1767268800123456789', kind: 3 });
  });

  it('reads Tempo’s response, and the scopes of old', async () => {
    expectBoth(await readOne(bytesOf(message(1, (writer) => writer.raw(request)))));
    const old = bytesOf(message(1, message(1000, span(1), span(2, bytes(4, 1, 1, 1, 1, 1, 1, 1, 1)))));
    expectBoth(await readOne(old));
    const partial = bytesOf(
      message(1, (writer) => writer.raw(request)),
      count(3, 1),
      text(4, 'too large'),
    );
    expect((await readOne(partial)).problems.map((problem) => problem.message)).to.deep.equal([
      'Tempo gave only a part of the trace: too large',
    ]);
  });

  it('reads what is there of bytes that are cut off, and says where', async () => {
    const trace = await readOne(request.subarray(0, request.length - 4));
    expect(trace.spans.length).to.equal(2);
    expect(trace.problems.find(({ code }) => code === 'unreadable-record')?.message).to.contain(
      `cut off at byte ${request.length - 10} of ${request.length - 4}`,
    );
  });

  it('decodes values of any depth', () => {
    let inner: Uint8Array = new Uint8Array();
    for (let depth = 0; depth < 2000; depth++) {
      const held = inner;
      inner = bytesOf(
        message(
          5,
          message(1, (writer) => writer.raw(held)),
        ),
      );
    }
    expect(decodeMessage(inner, 'AnyValue').faultAt).to.equal(undefined);
  });

  it('never throws, and takes no bytes by accident', async () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (random) => {
        expect(otlpProtobuf.detect(random)).to.equal(false);
        decodeMessage(random, 'TracesData');
      }),
      { numRuns: 2000 },
    );
    const mutated = fc.tuple(fc.nat(request.length - 1), fc.nat(255), fc.nat(request.length));
    await fc.assert(
      fc.asyncProperty(mutated, async ([at, byte, length]) => {
        const copy = request.slice(0, length);
        if (at < length) copy[at] = byte;
        if (!otlpProtobuf.detect(copy)) return;
        const error = await readSpans(copy).catch((reason: unknown) => reason);
        // Where the damage is before the first span, nothing is left.
        if (error instanceof Error) expect(error).to.be.instanceOf(EmptyInputError);
      }),
      { numRuns: 500 },
    );
  });

  it('reads the real files', async function () {
    for (const [file, spans] of Object.entries({ 'telemetry-2': 2, 'telemetry-7': 3, 'telemetry-9': 1 })) {
      const response = await fetch(`/shared/fixtures/otlp-protobuf/crewai-${file}.pb`);
      if (!response.ok) this.skip();
      const traces = await readTraces(response);
      let count = 0;
      for (const trace of traces) {
        expect(trace.format).to.equal('otlp-protobuf');
        expect(trace.id).to.match(/^[0-9a-f]{32}$/);
        for (const read of trace.spans) {
          count++;
          expect(read.service).to.equal('crewAI-telemetry');
          expect(read.name).to.not.equal('');
          expect(read.duration).to.be.greaterThan(0);
          expect(read.attributes.size).to.be.greaterThan(0);
        }
      }
      expect(count, file).to.equal(spans);
    }
  });
});

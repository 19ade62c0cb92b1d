import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { atOnce, GrowingTraces, SpanTable, type Trace } from '../../model/index.js';
import { otlpDocument, otlpSpan, START, TRACE_ID } from '../../test/otlp-builder.js';
import { readSpans, readTraces } from '../read-traces.js';

const hexOf = (number: number): string => (number + 1).toString(16).padStart(16, '0');

const text = fc.constantFrom('one', 'two', '', '__proto__', 'Answer');

/** What spans state of themselves and of their trace, in several vocabularies. */
const attributes = fc.record(
  {
    'openinference.span.kind': fc.constantFrom('LLM', 'TOOL', 'nonsense'),
    'gen_ai.operation.name': fc.constantFrom('chat', 'execute_tool'),
    'gen_ai.request.model': text,
    'gen_ai.provider.name': text,
    'gen_ai.usage.input_tokens': fc.nat(99),
    'gen_ai.usage.output_tokens': fc.nat(99),
    'gen_ai.usage.cost': fc.nat(9),
    'gen_ai.tool.name': text,
    'gen_ai.server.time_to_first_token': fc.nat(9),
    'langfuse.trace.name': text,
    'langfuse.internal.as_root': fc.boolean(),
    'session.id': text,
    'user.id': text,
    'tag.tags': fc.array(text, { maxLength: 2 }),
    'metadata.x': fc.nat(9),
    'service.name': text,
    'llm_trace.span': fc.constantFrom(
      '{"id":"a span","traceId":"a trace","traceName":"exact"}',
      '{"id":"a span","parentId":"other"}',
      '{"kind":"agent","label":"","sessionId":"exact"}',
      'no JSON',
    ),
  },
  { requiredKeys: [] },
);

const span = (place: number): fc.Arbitrary<object> =>
  fc
    .record({
      attributes,
      above: fc.option(fc.nat(place + 1), { nil: undefined }),
      traceId: fc.constantFrom(TRACE_ID, TRACE_ID, 'b'.repeat(32), ''),
      name: text,
      code: fc.constantFrom(0, 1, 2, 'STATUS_CODE_ERROR'),
      // The same span may come twice.
      id: fc.nat({ max: 9 }).map((chance) => hexOf(chance === 0 ? 0 : place)),
      isTimed: fc.boolean(),
    })
    .map((given) =>
      otlpSpan({
        id: given.id,
        ...(given.above !== undefined && { parentId: hexOf(given.above) }),
        traceId: given.traceId,
        name: given.name,
        attributes: given.attributes,
        more: {
          status: { code: given.code, message: given.name },
          ...(!given.isTimed && { startTimeUnixNano: undefined, endTimeUnixNano: undefined }),
        },
      }),
    );

const spans = fc.nat(11).chain((count) => fc.tuple(...Array.from({ length: count + 1 }, (_, place) => span(place))));

/** Everything that a table knows of a row. */
const rowOf = (table: SpanTable, row: number): unknown => [
  table.traceIds.at(row),
  table.ids.at(row),
  table.parentIds.at(row),
  table.starts[row],
  table.nameAt(row),
  table.labelAt(row),
  table.kindAt(row),
  table.statusAt(row),
  table.statusMessageAt(row),
  table.serviceAt(row),
  table.modelAt(row),
  table.providerAt(row),
  table.usageAt(row),
  table.costAt(row),
  table.timeToFirstTokenAt(row),
];

const saidOf = (trace: Trace): unknown => [
  trace.id,
  trace.name,
  trace.sessionId,
  trace.userId,
  trace.tags,
  trace.metadata,
  trace.problems,
  trace.rollUp,
  Array.from(trace.spans, ({ id, index }) => [id, rowOf(trace.table, trace.rowAt(index))]),
];

const tracesOf = (table: SpanTable): Trace[] => atOnce(new GrowingTraces(table).update());

/** What can be asked, of a row or of all. */
const ASKS: readonly ((table: SpanTable, row: number) => unknown)[] = [
  (table, row) => table.nameAt(row),
  (table, row) => table.usageAt(row),
  (table, row) => table.traceNameAt(row),
  rowOf,
  (table) => table.kinds.length,
  (table, row) => table.tokensAt(row),
  (table) => table.costs.length,
  (table) => tracesOf(table)[0]!.name,
  (table) => tracesOf(table)[0]!.spans.at(0)!.kind,
  (table) => table.settleInSteps().next(),
  (table) => table.trim(),
];

const asks = fc.array(fc.tuple(fc.constantFrom(...ASKS), fc.nat(11)), { maxLength: 6 });

describe('what spans of OTLP JSON state', () => {
  it('is the same in whatever order it is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(spans, asks, async (given, order) => {
        const atFirst = await readSpans(otlpDocument(...given));
        atFirst.settle();
        const later = await readSpans(otlpDocument(...given));
        expect(later.isSettled).to.equal(false);
        for (const [ask, row] of order) ask(later, row % given.length);
        for (let row = 0; row < given.length; row++) {
          expect(rowOf(later, row), `row ${row}`).to.deep.equal(rowOf(atFirst, row));
        }
        expect(tracesOf(later).map(saidOf)).to.deep.equal(tracesOf(atFirst).map(saidOf));
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it('is the same where it joins another table before anybody asked', async () => {
    await fc.assert(
      fc.asyncProperty(spans, spans, async (given, more) => {
        const [atFirst, later] = [new SpanTable(), new SpanTable()];
        for (const part of [given, more]) {
          const settled = await readSpans(otlpDocument(...part), { epoch: atFirst.origin.epoch });
          settled.settle();
          atFirst.append(settled);
          later.append(await readSpans(otlpDocument(...part), { epoch: later.origin.epoch }));
        }
        expect(tracesOf(later).map(saidOf)).to.deep.equal(tracesOf(atFirst).map(saidOf));
      }),
      { numRuns: 100 },
    );
  }).timeout(60_000);

  it('is not read before somebody asks, and then of that row alone', async () => {
    let asked = 0;
    const watched = (id: number): object => {
      const value = otlpSpan({ id: hexOf(id) });
      return Object.defineProperty(value, 'status', { get: () => ({ message: `span ${++asked}` }), enumerable: true });
    };
    const [trace] = await readTraces(otlpDocument(watched(0), watched(1), watched(2)));
    expect(asked).to.equal(0);
    expect(trace!.span(hexOf(1))!.statusMessage).to.equal('span 1');
    expect(trace!.span(hexOf(1))!.kind).to.equal('span');
    expect(asked).to.equal(1);
    expect(trace!.table.isSettled).to.equal(false);
  });

  it('is counted where it cannot be read, and the others are', async () => {
    const broken = Object.defineProperty(otlpSpan({ id: hexOf(0) }), 'status', {
      get: () => {
        throw new Error('gone');
      },
    });
    const [trace] = await readTraces(otlpDocument(broken, otlpSpan({ id: hexOf(1), name: 'whole' })));
    expect(trace!.problems.map(({ code }) => code)).to.deep.equal(['several-roots']);
    expect(Array.from(trace!.spans, ({ name }) => name)).to.deep.equal(['', 'whole']);
    expect(trace!.usage).to.equal(undefined);
    expect(trace!.problems.map(({ message }) => message)).to.include('What 1 span states could not be read.');
    expect(trace!.start).to.be.closeTo(Number(START) / 1e6, 1);
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { plainReader, ran, tableOf, type SpanSketch } from '../test/trace-builder.js';
import { buildTraces } from './build-at-once.js';
import { GrowingTraces } from './growing-traces.js';
import { SpanTable } from './span-table.js';
import { atOnce } from './steps.js';
import type { Trace } from './trace.js';

/** Orders and parts that are tried; `npm run test:properties` tries 10,000. */
const ORDERS = 200;

/** Everything that a trace says, but for details. */
const allOf = (trace: Trace): unknown => ({
  id: trace.id,
  start: trace.start,
  end: trace.end,
  duration: trace.duration,
  isRunning: trace.isRunning,
  name: trace.name,
  sessionId: trace.sessionId,
  tags: trace.tags,
  usage: trace.usage,
  cost: trace.cost,
  problems: trace.problems,
  tree: { ...trace.tree, cut: [...trace.tree.cut] },
  // What states no cost may say so in half the memory.
  sums: { ...trace.rollUp, cost: Array.from(trace.rollUp.cost) },
  rows: [...trace.rows],
  spans: Array.from(trace.spans, (span) => ({
    id: span.id,
    found: trace.span(span.id)?.index,
    parentId: span.parentId,
    parent: span.parent?.id,
    start: span.start,
    end: span.end,
    duration: span.duration,
    depth: span.depth,
    raw: span.raw,
  })),
});

/** Spans of few ids, so that everything that can go wrong does. */
const sketch = (ids: fc.Arbitrary<string>, ...traceIds: string[]): fc.Arbitrary<SpanSketch> =>
  fc.record(
    {
      id: ids,
      parentId: fc.oneof({ weight: 3, arbitrary: ids }, fc.constant('')),
      traceId: fc.constantFrom('one', ...traceIds),
      kind: fc.constantFrom('llm', 'chain'),
      start: fc.nat(6),
      end: fc.nat(6),
      usage: fc.record({ input: fc.nat(3), output: fc.nat(3) }),
      cost: fc.nat(3),
    },
    { requiredKeys: ['id', 'parentId', 'traceId', 'kind'] },
  );

const hex = fc.nat(40).map((number) => (number + 1).toString(16).padStart(16, '0'));

/** A sound trace, of which spans come while they run too. */
const sound = fc
  .array(fc.record({ above: fc.nat(), start: fc.nat(9), took: fc.nat(9), isSeen: fc.boolean() }), { maxLength: 30 })
  .map((spans) =>
    spans.flatMap(({ above, start, took, isSeen }, place) => {
      const parentId = place === 0 ? '' : idOf(above % place);
      const ended = ran(idOf(place), parentId, { start, end: start + took, kind: 'llm', usage: { input: took } });
      return isSeen ? [{ ...ended, end: NaN }, ended] : [ended];
    }),
  );
const idOf = (place: number): string => (place + 1).toString(16).padStart(16, '0');

const spans = fc.oneof(
  sound,
  fc.array(sketch(hex, 'one', 'two'), { maxLength: 40 }),
  fc.array(sketch(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')), { maxLength: 12 }),
  fc.array(sketch(fc.constantFrom('', 'a', 'b'), 'two', ''), { maxLength: 8 }),
);

/** Spans in some order, and where it is cut. */
const parts = spans.chain((given) =>
  fc.record({
    given: fc.shuffledSubarray(given, { minLength: given.length }),
    cuts: fc.array(fc.nat(given.length), { maxLength: 6 }),
  }),
);

describe('GrowingTraces', () => {
  it('comes to what is built at once, in whatever order and parts the spans come', () => {
    fc.assert(
      fc.property(parts, ({ given, cuts }) => {
        const growing = new GrowingTraces(new SpanTable());
        const ends = [...cuts.sort((one, other) => one - other), given.length];
        let from = 0;
        for (const end of ends) {
          growing.table.append(tableOf(given.slice(from, end)));
          from = end;
          const grown = atOnce(growing.update());
          const built = buildTraces(growing.table);
          expect(grown.map(allOf)).to.deep.equal(built.map(allOf));
        }
      }),
      { numRuns: ORDERS },
    );
  });

  it('goes on where it was ended in the middle', () => {
    const growing = new GrowingTraces(tableOf([ran('a')]));
    atOnce(growing.update());
    growing.table.append(tableOf([ran('b', 'a')]));
    const ended = growing.update();
    ended.next();
    ended.return([]);
    const [trace] = atOnce(growing.update());
    expect(Array.from(trace!.spans, ({ id }) => id)).to.deep.equal(['a', 'b']);
  });

  it('takes rows that come while it works the next time', () => {
    const growing = new GrowingTraces(tableOf([ran('a')]));
    atOnce(growing.update());
    growing.table.append(tableOf([ran('b', 'a')]));
    const work = growing.update();
    let step = work.next();
    growing.table.append(tableOf([ran('c', 'b'), ran('d', 'a')]));
    while (!step.done) step = work.next();
    expect(step.value[0]!.spans).to.have.length(2);
    expect(atOnce(growing.update()).map(allOf)).to.deep.equal(buildTraces(growing.table).map(allOf));
  });

  it('leaves the trace that was there before as it was', () => {
    const sketches = [ran('a', '', { end: 20 }), ran('c', 'a', { start: 5 }), { id: 'open', parentId: 'a', start: 1 }];
    const growing = new GrowingTraces(tableOf(sketches));
    const [before] = atOnce(growing.update());
    const said = allOf(before!);
    growing.table.append(tableOf([ran('b', 'a', { start: 2 }), ran('open', 'a', { start: 1, end: 9 }), ran('d', 'c')]));
    const [after] = atOnce(growing.update());
    expect(Array.from(after!.spans, ({ id }) => id)).to.deep.equal(['a', 'open', 'b', 'c', 'd']);
    expect(allOf(before!)).to.deep.equal(said);
    expect(before!.span('d')).to.equal(undefined);
    expect(before!.span('open')!.isRunning).to.equal(true);
  });

  it('gives a trace that nothing was added to as it is, and one that grew as another', () => {
    const of = (traceId: string, id: string): SpanSketch => ran(id, '', { traceId });
    const growing = new GrowingTraces(tableOf([of('one', 'a'), of('two', 'b')]));
    const [one, two] = atOnce(growing.update());
    growing.table.append(tableOf([of('two', 'c')]));
    const again = atOnce(growing.update());
    expect([again[0] === one, again[1] === two]).to.deep.equal([true, false]);
    growing.table.append(tableOf([of('three', 'd')]));
    expect(atOnce(growing.update()).map(({ problems }) => problems.at(-1)!.message)).to.deep.equal(
      new Array(3).fill('The source holds 3 traces.'),
    );
  });

  it('looks up no span that it has looked up before', () => {
    let looked = 0;
    const growing = new GrowingTraces(tableOf(Array.from({ length: 5000 }, (_, place) => ran(idOf(place), idOf(0)))));
    atOnce(growing.update());
    const { table } = growing;
    table.append(tableOf([ran(idOf(5000), idOf(4999))], plainReader));
    const { namesParent } = table;
    table.namesParent = (row) => {
      looked++;
      return namesParent.call(table, row);
    };
    const [trace] = atOnce(growing.update());
    expect(trace!.span(idOf(5000))!.depth).to.equal(2);
    // The new one, and the root: whether its parent has come.
    expect(looked).to.be.at.most(2);
  });
});

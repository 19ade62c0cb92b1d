import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Span, Trace } from '../model/index.js';
import { NOON, ran, traceOf, type SpanSketch } from '../test/trace-builder.js';
import { criticalPath } from './critical-path.js';

const at = (id: string, parentId: string, start: number, end: number): SpanSketch => ran(id, parentId, { start, end });
const pathOf = (...sketches: SpanSketch[]): string[] =>
  criticalPath(traceOf(...sketches)).segments.map(({ span, start, end }) => `${span.id} ${start}–${end}`);

describe('critical path', () => {
  it('goes through children that ran one after the other, and the gaps between them', () => {
    expect(pathOf(at('root', '', 0, 100), at('a', 'root', 10, 40), at('b', 'root', 50, 90))).to.deep.equal([
      'root 0–10',
      'a 10–40',
      'root 40–50',
      'b 50–90',
      'root 90–100',
    ]);
  });

  it('goes through the one that ended last of those that ran side by side', () => {
    const path = pathOf(
      at('root', '', 0, 100),
      at('short', 'root', 0, 30),
      at('long', 'root', 0, 100),
      at('mid', 'root', 20, 90),
    );
    expect(path).to.deep.equal(['long 0–100']);
  });

  it('passes a child that was still running when the one that was waited for began', () => {
    const path = pathOf(
      at('root', '', 0, 100),
      at('first', 'root', 0, 30),
      at('beside', 'root', 10, 60),
      at('last', 'root', 40, 100),
    );
    expect(path).to.deep.equal(['first 0–30', 'root 30–40', 'last 40–100']);
  });

  it('takes a child that ended just after the next one began, as where starts are rounded to milliseconds', () => {
    const path = (end: number): string[] =>
      pathOf(at('root', '', 0, 100), at('first', 'root', 0, end), at('last', 'root', 40, 100));
    expect(path(40.9)).to.deep.equal(['first 0–40', 'last 40–100']);
    expect(path(41.1)).to.deep.equal(['root 0–40', 'last 40–100']);
    // A tenth of a short one is less.
    const short = pathOf(at('root', '', 38, 100), at('first', 'root', 38, 40.5), at('last', 'root', 40, 100));
    expect(short).to.deep.equal(['root 0–2', 'last 2–62']);
  });

  it('counts a child that outlives its parent as long as the parent ran', () => {
    expect(pathOf(at('root', '', 0, 50), at('late', 'root', 40, 50), at('later', 'late', 45, 90))).to.deep.equal([
      'root 0–40',
      'late 40–45',
      'later 45–50',
    ]);
  });

  it('sums up by span, and says in how much of the time no root ran', () => {
    const { time, uncovered } = criticalPath(traceOf(at('a', '', 0, 10), at('b', '', 30, 50)));
    expect(Array.from(time, ([{ id }, length]) => [id, length])).to.deep.equal([['a', 10], ['b', 20]]); // prettier-ignore
    expect(uncovered).to.equal(20);
  });

  it('takes what is running to last as long as the trace, and leaves out what has no start or ends before it', () => {
    const path = criticalPath(
      traceOf(
        at('root', '', 0, 100),
        { id: 'open', parentId: 'root', start: 60 },
        { id: 'lost', parentId: 'root', end: 80 },
        at('back', 'root', 50, 40),
      ),
    );
    expect(path.segments.map(({ span }) => span.id)).to.deep.equal(['root', 'open']);
    expect(path).to.deep.include({ leftOut: 2, isRunning: true });
  });

  it('is empty for a trace without times', () => {
    expect(criticalPath(traceOf({ id: 'a' }))).to.deep.include({ segments: [], leftOut: 1 });
  });

  it('walks a chain of 20,000 spans', () => {
    const chain = Array.from({ length: 20_000 }, (_, depth) =>
      at(`${depth}`, depth ? `${depth - 1}` : '', depth, 40_000 - depth),
    );
    const { segments } = criticalPath(traceOf(...chain));
    expect(segments.length).to.equal(39_999);
  });
});

/** Milliseconds: less than what a child may be late by. */
const TICK = 0.25;

/** The definition, tick by tick: whose tick is the one that ends at `tick`, while a span is walked back from `to`. */
function ownerOf(
  span: Span | undefined,
  children: readonly Span[],
  from: number,
  to: number,
  tick: number,
  /** Where the span itself ended. */
  most = to,
): Span | undefined {
  const started = (child: Span): number => Math.max(from, child.hasStart ? (child.start - NOON) / TICK : NaN);
  const over = (child: Span): number => Math.min(most, ((child.end ?? child.trace.end) - NOON) / TICK);
  const late = (child: Span): number => over(child) - to;
  const isOver = (child: Span): boolean =>
    late(child) <= 0 ||
    (started(child) < to && late(child) * TICK < 1 && late(child) <= (over(child) - started(child)) / 10);
  const [last] = children
    .filter((child) => started(child) < over(child) && isOver(child))
    .sort((one, other) => over(other) - over(one) || started(one) - started(other) || one.index - other.index);
  if (!last || tick > over(last)) return span;
  if (tick > started(last)) return ownerOf(last, last.children, started(last), Math.min(over(last), to), tick);
  return ownerOf(span, children, from, started(last), tick, most);
}

describe('critical path of any trace', () => {
  const sketch = fc.record({
    parent: fc.nat(),
    start: fc.option(fc.integer({ min: 0, max: 48 }), { nil: undefined, freq: 12 }),
    length: fc.option(fc.integer({ min: -1, max: 60 }), { nil: undefined, freq: 12 }),
  });
  const anyTrace = fc.array(sketch, { minLength: 1, maxLength: 9 }).map((sketches): Trace =>
    traceOf(
      ...sketches.map(({ parent, start, length }, index): SpanSketch => {
        // Now and then a span is another root.
        const home = index === 0 || parent % 11 === 0 ? '' : `${parent % index}`;
        const end = length === undefined ? undefined : ((start ?? 0) + length) * TICK;
        return {
          id: `${index}`,
          parentId: home,
          ...(start !== undefined && { start: start * TICK }),
          ...(end !== undefined && { end }),
        };
      }),
    ),
  );

  it('is the one of the definition, tick by tick', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { segments, uncovered } = criticalPath(trace);
        const first = (trace.start - NOON) / TICK;
        const last = (trace.end - NOON) / TICK;
        const expected: (string | undefined)[] = [];
        for (let tick = first + 1; tick <= last; tick++) {
          expected.push(ownerOf(undefined, trace.roots, first, last, tick)?.id);
        }
        const found: (string | undefined)[] = new Array<undefined>(Math.max(0, expected.length)).fill(undefined);
        for (const { span, start, end } of segments) {
          for (let tick = start / TICK; tick < end / TICK; tick++) {
            if (found[tick] !== undefined) throw new Error(`${tick} is twice on the path`);
            found[tick] = span.id;
          }
        }
        expect(found).to.deep.equal(expected);
        expect(uncovered / TICK).to.equal(expected.filter((owner) => owner === undefined).length);
      }),
      { numRuns: 10_000 },
    );
  });

  it('is in order, and each stretch lies within its span', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        let reached = 0;
        for (const { span, start, end } of criticalPath(trace).segments) {
          expect(start).to.be.at.least(reached);
          expect(end).to.be.greaterThan(start);
          reached = end;
          expect(start).to.be.at.least(span.start - trace.start);
          expect(end).to.be.at.most((span.end ?? trace.end) - trace.start);
        }
      }),
      { numRuns: 500 },
    );
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { atOnce, SPAN_KINDS } from '../model/index.js';
import { ran, traceOf } from '../test/trace-builder.js';
import { rollUpSpans } from './roll-ups.js';
import { SPAN_COLUMNS, spanOrder } from './span-order.js';

const word = fc.option(fc.constantFrom('a', 'b', 'B', 'ä', '__proto__'), { nil: undefined });
const sketch = fc.record(
  {
    name: fc.constantFrom('', 'x', 'y', 'constructor'),
    kind: fc.constantFrom(...SPAN_KINDS),
    start: fc.nat(9),
    length: fc.integer({ min: -2, max: 9 }),
    isOpen: fc.boolean(),
    tokens: fc.option(fc.nat(3), { nil: undefined }),
    cost: fc.option(fc.nat(3), { nil: undefined }),
    status: fc.constantFrom('ok' as const, 'error' as const, 'unset' as const),
    model: word,
    service: word,
  },
  { noNullPrototype: true },
);

describe('spanOrder', () => {
  it('is the order of a naive sort, in each column and direction', () => {
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 30 }), fc.boolean(), (sketches, isDescending) => {
        const trace = traceOf(
          ...sketches.map(({ start, length, isOpen, tokens, cost, ...more }, at) =>
            ran(`s${at}`, '', {
              ...more,
              start,
              end: isOpen ? NaN : start + length,
              usage: tokens === undefined ? undefined : { total: tokens },
              cost,
            }),
          ),
        );
        const rollUps = rollUpSpans(trace);
        for (const column of SPAN_COLUMNS) {
          const valueOf = (at: number): string | number | undefined => {
            const span = trace.spanAt(at);
            if (column === 'own') return span.duration === undefined ? undefined : Math.max(0, span.duration);
            if (column === 'tokens') return span.usage?.total;
            if (column === 'status') return span.status === 'unset' ? undefined : span.status;
            return span[column] === '' ? undefined : span[column];
          };
          const expected = sketches
            .map((_sketch, at) => at)
            .sort((one, other) => {
              const [x, y] = [valueOf(one), valueOf(other)];
              if (x === undefined || y === undefined) {
                return Number(x === undefined) - Number(y === undefined) || one - other;
              }
              const order = x < y ? -1 : x > y ? 1 : 0;
              return (isDescending ? -order : order) || one - other;
            });
          const order = [...atOnce(spanOrder(rollUps, column, isDescending))];
          expect(order, column).to.deep.equal(expected);
        }
      }),
    );
  });

  it('merges many pieces', () => {
    const count = 20_000;
    const trace = traceOf(
      ...Array.from({ length: count }, (_, at) => ran(`s${at}`, '', { start: 0, end: (at * 7919) % count })),
    );
    const order = atOnce(spanOrder(rollUpSpans(trace), 'duration', true));
    expect(new Set(order).size).to.equal(count);
    for (let at = 1; at < count; at++) {
      if (trace.spanAt(order[at - 1]!).duration! < trace.spanAt(order[at]!).duration!) expect.fail(`at ${at}`);
    }
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { atOnce, GrowingTraces, SpanTable, type Trace } from '../model/index.js';
import { readTraces } from './index.js';
import { readSpans } from './read-traces.js';

interface Sketch {
  above: number;
  start: bigint;
  took: bigint;
  tokens: number;
}

const hexOf = (number: number): string => (number + 1).toString(16).padStart(16, '0');

/** Spans of OTLP JSON; one that has no end yet comes again, with its end. */
const spansOf = (sketches: readonly Sketch[]): object[] =>
  sketches.flatMap(({ above, start, took, tokens }, place) => {
    const span = {
      traceId: 'a'.repeat(32),
      spanId: hexOf(place),
      ...(place > 0 && { parentSpanId: hexOf(above % place) }),
      name: `span ${place}`,
      startTimeUnixNano: String(1_790_000_000_000_000_000n + start),
      attributes: [
        { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
        { key: 'gen_ai.usage.input_tokens', value: { intValue: String(tokens) } },
      ],
    };
    return [span, { ...span, endTimeUnixNano: String(1_790_000_000_000_000_000n + start + took) }];
  });

const documentOf = (spans: readonly object[]): object => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

const sketch = fc.record({
  above: fc.nat(),
  // An hour in nanoseconds: where a double is about to run out of digits.
  start: fc.bigInt({ min: 0n, max: 3_600_000_000_000n }),
  took: fc.bigInt({ min: 0n, max: 3_600_000_000_000n }),
  tokens: fc.nat(1000),
});

/** Spans in any order, in parts. */
const parts = fc.array(sketch, { minLength: 1, maxLength: 12 }).chain((sketches) => {
  const spans = spansOf(sketches);
  return fc
    .tuple(fc.shuffledSubarray(spans, { minLength: spans.length }), fc.array(fc.nat(spans.length), { maxLength: 5 }))
    .map(([order, cuts]) => {
      const ends = [...cuts.sort((one, other) => one - other), order.length];
      return ends.map((end, place) => order.slice(ends[place - 1] ?? 0, end)).filter((part) => part.length > 0);
    });
});

const said = (trace: Trace): unknown => ({
  problems: trace.problems,
  start: trace.start,
  duration: trace.duration,
  sums: trace.rollUp,
  usage: trace.usage,
  spans: Array.from(trace.spans, ({ id, depth, parent, start, end, duration, usage }) => [
    id,
    depth,
    parent?.id,
    start,
    end,
    duration,
    usage,
  ]),
});

describe('spans that are appended part by part', () => {
  it('come to what is read of them at once', async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (given) => {
        const whole = await readTraces(given.map(documentOf));
        const growing = new GrowingTraces(new SpanTable());
        let traces: Trace[] = [];
        for (const part of given) {
          const { epoch } = growing.table.origin;
          growing.table.append(await readSpans(documentOf(part), { epoch }));
          traces = atOnce(growing.update());
        }
        expect(traces.map(said)).to.deep.equal(whole.map(said));
      }),
      { numRuns: 200 },
    );
  }).timeout(60_000);
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { RecordedSpans } from '../test/recorded-spans.js';
import { createTracer, parseTraceparent } from './index.js';
import { formatTraceparent } from './trace-context.js';

const [TRACE, SPAN] = ['1'.repeat(32), '2'.repeat(16)];

describe('W3C trace context', () => {
  it('hands the trace on to a server, and takes it from a caller', () => {
    const tracer = createTracer();
    const span = tracer.start('here');
    const { traceparent } = span.headers();
    expect(parseTraceparent(traceparent)).to.deep.equal({ traceId: span.traceId, spanId: span.id, isSampled: true });
    const sink = new RecordedSpans();
    const there = createTracer({ store: sink }).start('there', { traceparent });
    there.end();
    expect(there.traceId).to.equal(span.traceId);
    expect(sink.spans[0]!.parentId).to.equal(span.id);
  });

  it('takes no caller from a header that is none', () => {
    for (const header of [
      '',
      'nonsense',
      `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`,
      `00-${TRACE}-${'0'.repeat(16)}-01`,
      `ff-${TRACE}-${SPAN}-01`,
      `00-${TRACE}-${SPAN}-01-more`,
      `00-${TRACE}-${SPAN}-0`,
      `01-${TRACE}-${SPAN}-011`,
      `00-${TRACE.toUpperCase().replace('1', 'A')}-${SPAN}-01`,
    ]) {
      expect(parseTraceparent(header), header).to.equal(undefined);
    }
  });

  it('records nothing of a trace that is not sampled, and hands that on', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink, sample: (name) => name !== 'health' });
    const header = await tracer.span('health', (span) =>
      span.child('inner', (inner) => Promise.resolve(inner.headers())),
    );
    expect(parseTraceparent(header.traceparent)!.isSampled).to.equal(false);
    tracer.span('chat', () => 1);
    expect(sink.spans.map(({ name }) => name)).to.deep.equal(['chat']);
    expect(sink.begun.map(({ name }) => name)).to.deep.equal(['chat']);
  });

  it('reads later versions by what they have in common with this one', () => {
    const expected = { traceId: TRACE, spanId: SPAN, isSampled: true };
    for (const header of [`01-${TRACE}-${SPAN}-01`, ` cc-${TRACE}-${SPAN}-ff-what-else `]) {
      expect(parseTraceparent(header), header).to.deep.equal(expected);
    }
  });

  it('gives back what it has written', () => {
    const digits = (length: number) =>
      fc
        .array(
          fc.nat({ max: 15 }).map((digit) => digit.toString(16)),
          { minLength: length, maxLength: length },
        )
        .map((all) => all.join(''))
        .filter((id) => /[^0]/.test(id));
    fc.assert(
      fc.property(digits(32), digits(16), fc.boolean(), (traceId, spanId, isSampled) => {
        const context = { traceId, spanId, isSampled };
        expect(parseTraceparent(formatTraceparent(context))).to.deep.equal(context);
      }),
    );
  });

  it('follows the decision of a caller, whatever share of the traces is recorded here', () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink, sample: 0 });
    tracer.start('recorded', { traceparent: `00-${TRACE}-${SPAN}-01` }).end();
    tracer.start('not recorded').end();
    createTracer({ store: sink })
      .start('not recorded', { traceparent: `00-${TRACE}-${SPAN}-00` })
      .end();
    expect(sink.spans.map(({ name }) => name)).to.deep.equal(['recorded']);
  });

  it('gives every span an id of its own', () => {
    const tracer = createTracer();
    const ids = new Set(
      Array.from({ length: 5000 }, () => tracer.start('root')).flatMap(({ traceId, id }) => [traceId, id]),
    );
    expect(ids.size).to.equal(10_000);
    for (const id of ids) expect(id).to.match(/^(?:[\da-f]{32}|[\da-f]{16})$/);
  });
});

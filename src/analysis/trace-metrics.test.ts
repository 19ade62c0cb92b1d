import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { StoredTraceSummary } from '../store/index.js';
import { NOON, ran, traceOf } from '../test/trace-builder.js';
import { traceFigures, traceMetrics, type TraceFigures } from './trace-metrics.js';

const MINUTE = 60_000;
const figures = (id: string, minute: number, more: Partial<TraceFigures> = {}): TraceFigures => ({
  id,
  start: NOON + minute * MINUTE,
  duration: 100,
  ...more,
});

describe('figures of a trace', () => {
  it('are those of its spans, each call counted once', () => {
    const trace = traceOf(
      ran('root', '', { kind: 'agent', end: 100, usage: { total: 50 }, status: 'error' }),
      ran('wrapper', 'root', { kind: 'llm', model: 'm', end: 90, usage: { total: 50 }, timeToFirstToken: 7 }),
      ran('call', 'wrapper', {
        kind: 'llm',
        model: 'm',
        end: 80,
        usage: { total: 50 },
        cost: 0.2,
        timeToFirstToken: 6,
      }),
      ran('broken', 'root', { kind: 'tool', end: 20, status: 'error' }),
    );
    const { id, start, models, timesToFirstToken, errorCount, errorTypes, usage, cost, isEstimate } =
      traceFigures(trace);
    expect([id, start]).to.deep.equal(['t', NOON]);
    expect(models).to.deep.equal([{ model: 'm', calls: 1, tokens: 50, cost: 0.2 }]);
    expect(timesToFirstToken).to.deep.equal([7]);
    // The root fails because of what is inside it.
    expect([errorCount, errorTypes]).to.deep.equal([2, ['error']]);
    expect([usage?.total, cost, isEstimate]).to.deep.equal([50, 0.2, false]);
  });

  it('lack what the trace does not state', () => {
    const bare = traceFigures(traceOf({ id: 'a' }));
    expect(bare).not.to.have.any.keys('usage', 'cost');
    expect(traceMetrics([bare])).to.deep.include({
      count: 1,
      tokens: undefined,
      cost: undefined,
      duration: undefined,
      buckets: [],
    });
    expect(traceMetrics([bare]).leftOut).to.deep.equal({
      untimed: 1,
      undated: 1,
      outside: 0,
      withoutTokens: 1,
      withoutCost: 1,
    });
  });
});

describe('metrics of many traces', () => {
  const traces = [
    figures('a', 0, {
      usage: { total: 10 },
      cost: 1,
      models: [{ model: 'x', calls: 1, tokens: 10, cost: 1 }],
      timesToFirstToken: [5],
    }),
    figures('b', 1, {
      duration: 300,
      errorCount: 1,
      errorTypes: ['429', '429'],
      scores: [{ name: 'good', value: true }],
    }),
    figures('c', 1, {
      isRunning: true,
      usage: { input: 4, output: 2 },
      scores: [
        { name: 'good', value: 0.5 },
        { name: 'tone', label: 'kind' },
      ],
    }),
    figures('d', 30, {
      errorTypes: ['429'],
      cost: 2,
      isEstimate: true,
      models: [
        { model: 'y', calls: 2, cost: 2 },
        { model: 'x', calls: 1 },
      ],
    }),
  ];

  it('add up', () => {
    const metrics = traceMetrics(traces);
    expect(metrics).to.deep.include({
      count: 4,
      failed: 2,
      errorRate: 0.5,
      tokens: 16,
      cost: 3,
      isEstimate: true,
      perHour: 8,
    });
    expect(metrics.duration).to.deep.equal({ count: 3, sum: 500, p50: 100, p95: 300, p99: 300, max: 300 });
    expect(metrics.timeToFirstToken?.p50).to.equal(5);
    expect([...metrics.errorTypes]).to.deep.equal([['429', 2]]);
    expect(metrics.models).to.deep.equal([
      { model: 'y', calls: 2, cost: 2 },
      { model: 'x', calls: 2, tokens: 10, cost: 1 },
    ]);
    expect(metrics.scores.map(({ name, count, mean, values }) => [name, count, mean, [...values]])).to.deep.equal([
      ['good', 2, 0.75, []],
      ['tone', 1, undefined, [['kind', 1]]],
    ]);
    expect(metrics.leftOut).to.deep.equal({ untimed: 1, undated: 0, outside: 0, withoutTokens: 2, withoutCost: 2 });
  });

  it('tell what traces took of their machines, of those that state it', () => {
    const { resources, buckets } = traceMetrics(
      [
        figures('a', 0, { resources: { cpu: 0.5 } }),
        figures('b', 0, { resources: { cpu: 1, memory: 2e9 } }),
        figures('c', 30),
      ],
      { buckets: 31 },
    );
    expect([...resources]).to.deep.equal([
      ['cpu', { count: 2, mean: 0.75, most: 1 }],
      ['memory', { count: 1, mean: 2e9, most: 2e9 }],
    ]);
    expect(buckets[0]!.resources.get('cpu')).to.deep.equal({ count: 2, mean: 0.75, most: 1 });
    expect(buckets.at(-1)!.resources.size).to.equal(0);
  });

  it('put traces into stretches of a length that people use, with the traces behind each', () => {
    const { buckets } = traceMetrics(traces, { buckets: 31 });
    expect(buckets.length).to.equal(31);
    expect(buckets[1]!.end - buckets[1]!.start).to.equal(MINUTE);
    expect(buckets[1]!.traces.map(({ id }) => id)).to.deep.equal(['b', 'c']);
    expect(buckets[1]).to.deep.include({ failed: 1, tokens: 6, cost: undefined });
    expect(buckets[2]).to.deep.include({ traces: [], duration: undefined, tokens: undefined });
    expect(traceMetrics(traces, { buckets: 30 }).buckets.length).to.equal(16);
  });

  it('keep to a range', () => {
    const metrics = traceMetrics([...traces, figures('undated', 0, { start: 0 })], {
      from: NOON + MINUTE,
      to: NOON + 30 * MINUTE,
    });
    expect(metrics.count).to.equal(2);
    expect(metrics.leftOut.outside).to.equal(3);
  });

  it('take the lines of a store as they are', () => {
    const line: StoredTraceSummary = {
      id: 'a',
      name: 'run',
      start: NOON,
      duration: 5,
      spanCount: 3,
      status: 'error',
      errorCount: 2,
      isRunning: false,
      usage: { total: 7 },
      cost: 0.5,
    };
    expect(traceMetrics([line])).to.deep.include({
      count: 1,
      failed: 1,
      tokens: 7,
      cost: 0.5,
      timeToFirstToken: undefined,
    });
  });

  it('are empty for no traces', () => {
    expect(traceMetrics([])).to.deep.include({
      count: 0,
      range: undefined,
      perHour: undefined,
      errorRate: undefined,
      buckets: [],
    });
  });

  it('have every dated trace in one bucket, of at most so many, whatever the times', () => {
    const time = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: -8.64e15, max: 8.64e15 }));
    fc.assert(
      fc.property(fc.array(time, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (times, most) => {
        const all = times.map((start, index): TraceFigures => ({ id: `${index}`, start, duration: 1 }));
        const { buckets } = traceMetrics(all, { buckets: most });
        // Traces on both sides of a border need two, however long a bucket is.
        expect(buckets.length).to.be.at.most(Math.max(most, 2));
        const inside = buckets.flatMap(({ start, end, traces: some }) =>
          some.filter((one) => one.start >= start && one.start < end),
        );
        expect(inside.length).to.equal(times.filter((start) => start !== 0).length);
      }),
      { numRuns: 500 },
    );
  });
});

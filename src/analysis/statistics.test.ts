import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { ran, traceOf, type SpanSketch } from '../test/trace-builder.js';
import { percentile, spreadInSteps, spreadOf } from './percentile.js';
import { rollUpSpans } from './roll-ups.js';
import { statistics, type StatisticsRow } from './statistics.js';

const call = (id: string, start: number, end: number, more: SpanSketch = {}): SpanSketch =>
  ran(id, 'root', { kind: 'llm', name: 'chat', model: 'small', service: 'front', start, end, ...more });

describe('percentiles', () => {
  it('are values that occur, by nearest rank', () => {
    const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect([0, 0.5, 0.95, 1].map((share) => percentile(ten, share))).to.deep.equal([1, 5, 10, 10]);
    expect(percentile([], 0.5)).to.equal(undefined);
  });

  it('are the smallest value that so many do not exceed', () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 50 }), share, (values, part) => {
        const sorted = Float64Array.from(values).sort();
        const found = percentile(sorted, part)!;
        const enough = (limit: number): boolean =>
          values.filter((value) => value <= limit).length >= part * values.length;
        expect(enough(found)).to.equal(true);
        expect(values.some((value) => value < found && enough(value))).to.equal(false);
      }),
    );
  });

  it('say nothing of no values', () => {
    expect(spreadOf(new Float64Array())).to.equal(undefined);
    expect(spreadOf(Float64Array.of(3, 1, 2))).to.deep.equal({ count: 3, sum: 6, p50: 2, p95: 3, p99: 3, max: 3 });
  });

  it('are those of a sort, of however many values, with rests between', () => {
    for (const count of [32_768, 32_769, 150_001]) {
      const values = Float64Array.from({ length: count }, (_, at) => (at * 7919) % 100_003);
      const sorted = values.toSorted();
      const work = spreadInSteps(values);
      let rests = 0;
      let step = work.next();
      for (; !step.done; step = work.next()) rests++;
      const { p50, p95, p99, max } = step.value!;
      expect([p50, p95, p99, max]).to.deep.equal([0.5, 0.95, 0.99, 1].map((share) => percentile(sorted, share)));
      expect(rests).to.be.at.least(Math.floor((count - 1) / 32_768));
    }
  });
});

describe('statistics', () => {
  const trace = traceOf(
    ran('root', '', { kind: 'agent', name: 'run', service: 'front', end: 100, usage: { total: 110 } }),
    call('a', 0, 10, { usage: { input: 40, output: 10 }, cost: 0.5 }),
    call('b', 10, 40, { usage: { input: 50, output: 10 }, status: 'error' }),
    call('open', 40, NaN, { model: 'large' }),
    ran('t', 'root', { kind: 'tool', name: 'execute', label: 'search', service: 'back', start: 50, end: 70 }),
    ran('t2', 'root', { kind: 'chain', name: 'chat', start: 75, end: 80 }),
  );
  const row = (rows: readonly StatisticsRow[], name: string, kind?: string): StatisticsRow =>
    rows.find((one) => one.name === name && (!kind || one.kind === kind))!;

  it('puts spans together by name and kind', () => {
    const rows = statistics([trace], 'operation');
    const { slowest, ...chat } = row(rows, 'chat', 'llm');
    expect(chat).to.deep.equal({
      name: 'chat',
      kind: 'llm',
      count: 3,
      duration: { count: 2, sum: 40, p50: 10, p95: 30, p99: 30, max: 30 },
      untimed: 1,
      selfTime: 40,
      tokens: 110,
      cost: 0.5,
      estimatedCost: 0,
      errors: 1,
      errorRate: 1 / 3,
    });
    expect(slowest.map(({ id }) => id)).to.deep.equal(['b', 'a']);
    expect(row(rows, 'chat', 'chain').count).to.equal(1);
  });

  it('counts tokens where they belong, and none as missing', () => {
    const rows = statistics([trace], 'operation');
    // The agent only repeats what is inside it.
    expect(row(rows, 'run').tokens).to.equal(0);
    expect(row(rows, 'execute').tokens).to.equal(undefined);
    expect(row(rows, 'execute').cost).to.equal(undefined);
  });

  it('puts spans together by model, tool and service', () => {
    expect(statistics([trace], 'model').map(({ name, count }) => [name, count])).to.deep.equal([['small', 2], ['large', 1]]); // prettier-ignore
    expect(statistics([trace], 'tool').map(({ name, count }) => [name, count])).to.deep.equal([['search', 1]]);
    const services = statistics([trace, trace], 'service');
    expect(services.map(({ name, count, kind }) => [name, count, kind])).to.deep.equal([['front', 8, undefined], ['back', 2, 'tool']]); // prettier-ignore
  });

  it('estimates costs where there are prices', () => {
    const chat = row(
      statistics([trace], 'operation', { priceOf: ({ model }) => (model === 'small' ? 2 : undefined) }),
      'chat',
      'llm',
    );
    expect([chat.cost, chat.estimatedCost]).to.deep.equal([2.5, 2]);
  });

  it('takes no cost for an estimate that the trace states, also where one is estimated inside', () => {
    const mixed = traceOf(
      ran('outer', '', { kind: 'llm', name: 'outer', usage: { input: 9 }, cost: 5, end: 90 }),
      ran('inner', 'outer', { kind: 'llm', name: 'inner', model: 'small', usage: { input: 2 } }),
    );
    const rows = statistics([mixed], 'operation', { priceOf: () => 1 });
    expect(row(rows, 'outer')).to.deep.include({ cost: 5, estimatedCost: 0 });
    expect(row(rows, 'inner')).to.deep.include({ cost: 1, estimatedCost: 1 });
  });

  it('adds up to the trace, with every span in one row', () => {
    const sketch = fc.record({
      kind: fc.constantFrom('llm', 'chain', 'agent', 'tool'),
      name: fc.constantFrom('a', 'b', '__proto__', 'constructor'),
      parent: fc.nat(),
      tokens: fc.option(fc.nat(100), { nil: undefined }),
      end: fc.option(fc.nat(100), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 15 }), (sketches) => {
        const any = traceOf(
          ...sketches.map(({ kind, name, parent, tokens, end }, index): SpanSketch => ({
            id: `${index}`,
            parentId: index ? `${parent % index}` : '',
            kind: kind as 'llm',
            name,
            start: 0,
            ...(end !== undefined && { end }),
            ...(tokens !== undefined && { usage: { total: tokens } }),
          })),
        );
        const rows = statistics([any], 'operation');
        const sum = (of: (one: StatisticsRow) => number): number => rows.reduce((total, one) => total + of(one), 0);
        expect(sum(({ count }) => count)).to.equal(any.spans.length);
        expect(sum(({ duration, untimed }) => (duration?.count ?? 0) + untimed)).to.equal(any.spans.length);
        expect(sum(({ tokens }) => tokens ?? 0)).to.equal(rollUpSpans(any).total.usage?.total ?? 0);
      }),
      { numRuns: 300 },
    );
  });
});

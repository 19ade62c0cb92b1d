import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { ran, traceOf, type SpanSketch } from '../test/trace-builder.js';
import { totalTokens, USAGE_FIELDS, type Usage } from './usage.js';

const llm = (id: string, parentId: string, usage: Usage, more: SpanSketch = {}): SpanSketch =>
  ran(id, parentId, { kind: 'llm', usage, ...more });
const wrapper = (id: string, parentId: string, more: SpanSketch = {}): SpanSketch =>
  ran(id, parentId, { kind: 'chain', ...more });

describe('roll-up of usage', () => {
  it('adds up the calls', () => {
    const trace = traceOf(
      wrapper('root', ''),
      llm('a', 'root', { input: 10, output: 5, cacheRead: 4, reasoning: 2 }),
      llm('b', 'root', { input: 20, output: 7, cacheRead: 6, total: 27 }),
    );
    expect(trace.usage).to.deep.equal({ input: 30, output: 12, total: 42, cacheRead: 10, reasoning: 2 });
    expect(trace.rollUp.tokens[0]).to.equal(42);
  });

  it('counts a wrapper that repeats the sum of its children once', () => {
    const trace = traceOf(
      wrapper('root', '', { usage: { input: 30, output: 12, total: 42 } }),
      llm('a', 'root', { input: 10, output: 5 }),
      llm('b', 'root', { input: 20, output: 7 }),
    );
    expect(trace.usage).to.deep.equal({ input: 30, output: 12, total: 42 });
  });

  it('keeps the parts that only the calls inside a wrapper state', () => {
    const trace = traceOf(
      wrapper('root', '', { usage: { input: 30, output: 12, total: 42 } }),
      llm('a', 'root', { input: 10, output: 5, cacheRead: 8 }),
      llm('b', 'root', { input: 20, output: 7, reasoning: 3 }),
    );
    expect(trace.usage).to.deep.equal({ input: 30, output: 12, total: 42, cacheRead: 8, reasoning: 3 });
  });

  it('takes both sides from a wrapper that states one, so that they stay within the total', () => {
    const trace = traceOf(wrapper('root', '', { usage: { input: 100 } }), llm('a', 'root', { input: 70, output: 20 }));
    expect(trace.usage).to.deep.equal({ input: 100, total: 100 });
  });

  it('counts nested wrappers once', () => {
    const usage = { input: 30, output: 12 };
    const trace = traceOf(
      wrapper('root', '', { usage }),
      ran('agent', 'root', { kind: 'agent', usage }),
      llm('a', 'agent', usage),
    );
    expect(trace.usage!.total).to.equal(42);
    expect([...trace.rollUp.tokens]).to.deep.equal([42, 42, 42]);
  });

  it('believes a wrapper that states more than what it holds', () => {
    const trace = traceOf(wrapper('root', '', { usage: { total: 100 } }), llm('a', 'root', { total: 60 }));
    expect(trace.usage).to.deep.equal({ total: 100 });
  });

  it('believes the calls where a wrapper states less', () => {
    const trace = traceOf(wrapper('root', '', { usage: { total: 10 } }), llm('a', 'root', { total: 60 }));
    expect(trace.usage).to.deep.equal({ total: 60 });
  });

  it('counts a call that two instrumentations report, one inside the other, once', () => {
    const trace = traceOf(
      llm('outer', '', { input: 1000, output: 100 }),
      llm('inner', 'outer', { input: 998, output: 100 }),
    );
    expect(trace.usage).to.deep.equal({ input: 1000, output: 100, total: 1100 });
  });

  it('adds a call inside a call where the figures differ', () => {
    const trace = traceOf(llm('outer', '', { input: 100 }), llm('inner', 'outer', { input: 70, output: 20 }));
    expect(trace.usage).to.deep.equal({ input: 170, output: 20, total: 190 });
    expect([...trace.rollUp.tokens]).to.deep.equal([190, 90]);
  });

  it('counts the root alone where only the root states anything', () => {
    const trace = traceOf(wrapper('root', '', { usage: { input: 3 } }), ran('child', 'root', { kind: 'llm' }));
    expect(trace.usage).to.deep.equal({ input: 3, total: 3 });
    expect(trace.rollUp.tokens[1]).to.be.NaN;
  });

  it('adds up several roots', () => {
    expect(traceOf(llm('a', '', { input: 1 }), llm('b', '', { input: 2 })).usage).to.deep.equal({ input: 3, total: 3 });
  });

  it('is undefined, never 0, where nothing is stated', () => {
    const trace = traceOf(wrapper('root', ''), ran('a', 'root', { kind: 'llm', usage: {} }));
    expect(trace.usage).to.equal(undefined);
    expect(trace.cost).to.equal(undefined);
    expect(trace.rollUp.tokens[0]).to.be.NaN;
    expect(trace.rollUp.cost[0]).to.be.NaN;
  });

  it('is 0 where 0 is stated', () => {
    const trace = traceOf(llm('a', '', { input: 0, output: 0 }, { cost: 0 }));
    expect(trace.usage).to.deep.equal({ input: 0, output: 0, total: 0 });
    expect(trace.cost).to.equal(0);
  });
});

describe('roll-up of cost', () => {
  it('counts wrappers once and calls that differ beside each other', () => {
    const trace = traceOf(
      wrapper('root', '', { cost: 0.03 }),
      llm('a', 'root', {}, { cost: 0.01 }),
      llm('b', 'root', {}, { cost: 0.02 }),
      llm('inside b', 'b', {}, { cost: 0.005 }),
    );
    expect(trace.cost).to.be.closeTo(0.035, 1e-12);
    expect(trace.rollUp.cost[trace.span('b')!.index]).to.be.closeTo(0.025, 1e-12);
  });
});

describe('roll-up of any tree', () => {
  const figure = fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined });
  const sketch = fc.record({
    kind: fc.constantFrom('llm', 'chain', 'agent', 'embedding', 'span'),
    parent: fc.nat(),
    input: figure,
    output: figure,
    cacheRead: figure,
    cost: figure,
  });
  const spansOf = (sketches: readonly (typeof sketch extends fc.Arbitrary<infer S> ? S : never)[]): SpanSketch[] =>
    sketches.map(({ kind, parent, input, output, cacheRead, cost }, index) => {
      const stated = Object.entries({ input, output, cacheRead }).filter(([, tokens]) => tokens !== undefined);
      const usage: Usage | undefined = stated.length ? Object.fromEntries(stated) : undefined;
      return ran(`${index}`, index ? `${parent % index}` : '', { kind: kind as 'llm', usage, cost });
    });
  const bounded = (own: number[], total: number | undefined): void => {
    if (own.length === 0) expect(total).to.equal(undefined);
    else {
      expect(total).to.be.at.least(Math.max(...own));
      expect(total).to.be.at.most(own.reduce((sum, item) => sum + item, 0));
    }
  };
  const known = (figures: readonly (number | undefined)[]): number[] => figures.filter((item) => item !== undefined);

  it('is at least the largest figure and at most the sum of all', () => {
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 20 }), (sketches) => {
        const spans = spansOf(sketches);
        const trace = traceOf(...spans);
        bounded(known(spans.map(({ usage }) => usage && totalTokens(usage))), trace.usage?.total);
        bounded(known(spans.map(({ cost }) => cost)), trace.cost);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps sides within the total, and no part exceeds the sum of what is stated', () => {
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 20 }), (sketches) => {
        const spans = spansOf(sketches);
        const { usage } = traceOf(...spans);
        if (usage?.total === undefined) return;
        expect((usage.input ?? 0) + (usage.output ?? 0)).to.be.at.most(usage.total);
        for (const part of USAGE_FIELDS) {
          if (part === 'total') continue;
          const stated = known(spans.map((span) => span.usage?.[part]));
          expect(usage[part] ?? 0).to.be.at.most(stated.reduce((sum, tokens) => sum + tokens, 0));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has for the roots the same total as for the trace', () => {
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 20 }), (sketches) => {
        const trace = traceOf(...spansOf(sketches));
        const roots = trace.roots.map(({ index }) => trace.rollUp.tokens[index]!).filter((sum) => !Number.isNaN(sum));
        expect(roots.length ? roots.reduce((sum, tokens) => sum + tokens, 0) : undefined).to.equal(trace.usage?.total);
      }),
    );
  });
});

import { expect } from '@open-wc/testing';
import { ran, traceOf } from '../test/trace-builder.js';
import { nextSpan, summarise } from './summary.js';

describe('summarise', () => {
  const trace = traceOf(
    ran('root', '', { kind: 'agent', end: 100, usage: { input: 30, output: 12 }, cost: 0.5 }),
    ran('tool', 'root', { kind: 'tool', end: 60, status: 'error', model: 'not a call' }),
    ran('cheap', 'root', {
      kind: 'llm',
      start: 60,
      end: 70,
      model: 'small',
      usage: { input: 25, output: 10 },
      cost: 0.1,
    }),
    ran('dear', 'root', { kind: 'llm', start: 70, end: 95, model: 'large', usage: { input: 5, output: 2 }, cost: 0.4 }),
  );
  const summary = summarise(trace);

  it('counts spans, kinds, calls and errors', () => {
    expect(summary.spanCount).to.equal(4);
    expect([...summary.kinds]).to.deep.equal([['agent', 1], ['llm', 2], ['tool', 1]]); // prettier-ignore
    expect(summary.llmCalls).to.equal(2);
    expect(summary.errors).to.equal(1);
    expect([...summary.models]).to.deep.equal(['small', 'large']);
  });

  it('gives the figures of the trace', () => {
    expect(summary.duration).to.equal(100);
    expect(summary.isRunning).to.equal(false);
    expect(summary.usage).to.deep.equal({ input: 30, output: 12, total: 42 });
    expect(summary.cost).to.equal(0.5);
  });

  it('names the slowest by its own time, and the dearest and longest among those that hold no other figure', () => {
    expect(summary.slowest!.span.id).to.equal('tool');
    expect(summary.slowest!.time).to.equal(60);
    expect(summary.mostExpensive!.id).to.equal('dear');
    expect(summary.mostTokens!.id).to.equal('cheap');
  });

  it('leaves out what the trace does not state', () => {
    const bare = summarise(traceOf({ id: 'a' }));
    expect(bare.usage).to.equal(undefined);
    expect(bare.cost).to.equal(undefined);
    expect(bare.slowest).to.equal(undefined);
    expect(bare.mostExpensive).to.equal(undefined);
    expect(bare.mostTokens).to.equal(undefined);
    expect(bare.models.size).to.equal(0);
  });
});

describe('nextSpan', () => {
  const trace = traceOf(ran('a'), ran('b', 'a'), ran('c', 'b'), ran('d', 'c'));
  const isOneOf =
    (...ids: string[]) =>
    ({ id }: { id: string }): boolean =>
      ids.includes(id);

  it('finds the next one behind a position', () => {
    expect(nextSpan(trace, 0, isOneOf('a', 'c', 'd'))!.id).to.equal('c');
  });

  it('goes on at the beginning, and comes back to where it was', () => {
    expect(nextSpan(trace, 2, isOneOf('b'))!.id).to.equal('b');
    expect(nextSpan(trace, 2, isOneOf('c'))!.id).to.equal('c');
  });

  it('begins with the first span where none is selected', () => {
    expect(nextSpan(trace, -1, isOneOf('a', 'b'))!.id).to.equal('a');
  });

  it('finds nothing where nothing matches', () => {
    expect(nextSpan(trace, 1, isOneOf('x'))).to.equal(undefined);
  });
});

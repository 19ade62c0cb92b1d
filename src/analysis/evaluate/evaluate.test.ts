import { expect } from '@open-wc/testing';
import type { Trace } from '../../model/index.js';
import { answered, recordedTrace, recordedTraces } from '../../test/recorded-trace.js';
import { evaluate, exactMatch, type Evaluation, type Evaluator, type Verdict } from './index.js';

const ID = { a: 'a'.repeat(16), b: 'b'.repeat(16) };

/** An evaluator for every span that gives what a function gives. */
const says = (name: string, judge: Evaluator['judge']): Evaluator => ({
  name,
  source: 'code',
  isFor: () => true,
  judge,
});

/** `span name value` of each score. */
const shown = ({ scores }: Evaluation): string[] =>
  scores.map(({ spanId, score: { name, value } }) => `${spanId.charAt(0)} ${name} ${value}`);

const pair = (): Trace => recordedTrace(answered(ID.a, 'one'), { ...answered(ID.b, 'two'), parentId: ID.a });

describe('evaluate', () => {
  it('gives scores in the order of spans and evaluators, whoever answers first', async () => {
    const answers = new Map<string, (verdict: Verdict) => void>();
    const slow = says('slow', ({ span }) => new Promise((resolve) => answers.set(span.id, resolve)));
    const quick = says('quick', () => ({ value: 1 }));
    const running = evaluate(pair(), [slow, quick]);
    while (answers.size < 2) await new Promise((resolve) => setTimeout(resolve));
    answers.get(ID.b)!({ value: 2 });
    await Promise.resolve();
    answers.get(ID.a)!({ value: 3 });
    expect(shown(await running)).to.deep.equal(['a slow 3', 'a quick 1', 'b slow 2', 'b quick 1']);
  });

  it('keeps every score where an evaluator throws, rejects, or gives what is no score', async () => {
    const bad: Evaluator[] = [
      says('throws', () => {
        throw new Error('no');
      }),
      says('rejects', () => Promise.reject(new Error('not now'))),
      says('gives NaN', () => ({ value: NaN })),
      says('gives an object', () => ({ value: {} as never })),
      {
        ...says('cannot say', () => undefined),
        isFor: () => {
          throw new Error('for nobody');
        },
      },
    ];
    const evaluation = await evaluate(pair(), [...bad, says('good', () => ({ value: 1 }))]);
    expect(shown(evaluation)).to.deep.equal(['a good 1', 'b good 1']);
    expect(evaluation.failures.map(({ spanId, evaluator }) => `${spanId.charAt(0)} ${evaluator}`)).to.deep.equal(
      [ID.a, ID.b].flatMap((id) => bad.map(({ name }) => `${id.charAt(0)} ${name}`)),
    );
    expect(String(evaluation.failures[1]!.error)).to.equal('Error: not now');
  });

  it('counts what has nothing to say, and leaves alone what it is not for', async () => {
    const picky: Evaluator = { ...says('picky', () => undefined), isFor: ({ id }) => id === ID.a };
    const evaluation = await evaluate(pair(), [picky]);
    expect(evaluation).to.deep.equal({ scores: [], failures: [], withoutVerdict: 1, isAborted: false });
    const none = await evaluate(pair(), [says('x', () => ({ value: 1 }))], { spans: () => false });
    expect(none).to.deep.equal({ scores: [], failures: [], withoutVerdict: 0, isAborted: false });
  });

  it('takes what is expected from the page, and reports where the page fails', async () => {
    const evaluation = await evaluate(pair(), [exactMatch()], {
      expected: ({ id }) => {
        if (id === ID.b) throw new Error('no table');
        return 'one';
      },
    });
    expect(shown(evaluation)).to.deep.equal(['a exact match 1']);
    expect(evaluation.failures.map(({ error }) => String(error))).to.deep.equal(['Error: no table']);
  });

  it('waits for no more than is wanted at once', async () => {
    let running = 0;
    let most = 0;
    const slow = says('slow', async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve));
      running--;
      return { value: 1 };
    });
    const trace = recordedTrace(
      ...Array.from({ length: 20 }, (_, place) => answered(`${place}`.padStart(16, '0'), '')),
    );
    const evaluation = await evaluate(trace, [slow], { concurrency: 3 });
    expect(evaluation.scores).to.have.length(20);
    expect(most).to.equal(3);
  });

  it('ends when nobody wants it any more, with what there is, though an evaluator never answers', async () => {
    const ending = new AbortController();
    let heard: AbortSignal | undefined;
    const never = says('never', ({ signal }) => {
      heard = signal;
      return new Promise(() => {});
    });
    const running = evaluate(pair(), [says('quick', () => ({ value: 1 })), never], { signal: ending.signal });
    while (!heard) await new Promise((resolve) => setTimeout(resolve));
    ending.abort();
    const evaluation = await running;
    expect(evaluation.isAborted).to.equal(true);
    expect(shown(evaluation)).to.include('a quick 1');
    expect(heard.aborted).to.equal(true);
    const notBegun = await evaluate(pair(), [never], { signal: AbortSignal.abort() });
    expect(notBegun).to.deep.equal({ scores: [], failures: [], withoutVerdict: 0, isAborted: true });
  });

  it('lets the page do other things, and tells how far it is', async () => {
    const until = performance.now() + 100;
    const busy = says('busy', () => {
      const end = Math.min(until, performance.now() + 5);
      while (performance.now() < end);
      return { value: 1 };
    });
    const trace = recordedTrace(
      ...Array.from({ length: 60 }, (_, place) => answered(`${place}`.padStart(16, '0'), '')),
    );
    let otherWork = 0;
    const timer = setInterval(() => otherWork++);
    const told: [number, number][] = [];
    await evaluate(trace, [busy], { onProgress: (done, total) => told.push([done, total]) });
    clearInterval(timer);
    expect(otherWork).to.be.greaterThan(1);
    expect(told.length).to.be.greaterThan(2);
    expect(told.every(([, total]) => total === 60)).to.equal(true);
    expect(told.at(-1)).to.deep.equal([60, 60]);
  });

  it('judges many traces', async () => {
    const traces = recordedTraces(answered(ID.a, 'one'), { ...answered(ID.b, 'two'), traceId: 'b'.repeat(32) });
    const { scores } = await evaluate(traces, [says('is two', ({ answer }) => ({ value: answer === 'two' }))]);
    expect(scores.map(({ traceId, score }) => `${traceId.charAt(0)} ${score.value}`)).to.deep.equal([
      'a false',
      'b true',
    ]);
  });
});

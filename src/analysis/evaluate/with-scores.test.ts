import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { otlp } from '../../elements/test-support.js';
import { recordedSpanOf, toOtlp } from '../../export/index.js';
import { readTraces } from '../../formats/index.js';
import type { Score, Trace } from '../../model/index.js';
import { openTraceStore } from '../../store/index.js';
import { answered, recordedTrace } from '../../test/recorded-trace.js';
import { evaluate, exactMatch, withScores, type Evaluator, type SpanScore } from './index.js';

const ID = { a: 'a'.repeat(16), b: 'b'.repeat(16) };

const score: fc.Arbitrary<Score> = fc.record(
  {
    name: fc.string({ minLength: 1 }),
    value: fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n || 0),
    ),
    label: fc.string(),
    explanation: fc.string(),
    source: fc.constantFrom('code', 'llm', 'human'),
  },
  { requiredKeys: ['name'] },
);

const nameOf: Evaluator = {
  name: 'name',
  source: 'code',
  isFor: () => true,
  judge: ({ span }) => ({ value: span.name }),
};

describe('withScores', () => {
  const exported = async (trace: Trace): Promise<Trace> => {
    const spans = [...trace.spans].map(recordedSpanOf);
    return (await readTraces(JSON.stringify(toOtlp(spans))))[0]!;
  };

  it('gives a trace whose scores are exported and read like any other', () =>
    fc.assert(
      fc.asyncProperty(fc.array(score, { minLength: 1, maxLength: 5 }), async (scores) => {
        const own: Score = { name: 'own', value: 0.5 };
        const trace = recordedTrace({ ...answered(ID.a, 'one'), scores: [own] }, answered(ID.b, 'two'));
        const added = scores.map((one): SpanScore => ({ traceId: trace.id, spanId: ID.a, score: one }));
        const scored = withScores(trace, added);
        expect(scored.span(ID.a)!.scores).to.deep.equal([own, ...scores]);
        expect(scored.span(ID.b)!.scores).to.deep.equal([]);
        expect(trace.span(ID.a)!.scores).to.deep.equal([own]);
        expect((await exported(scored)).span(ID.a)!.scores).to.deep.equal([own, ...scores]);
      }),
      { numRuns: 50 },
    ));

  it('adds to spans of any format, also those that come twice', async () => {
    const document = otlp(
      { id: ID.a, start: 0, end: 9, attributes: { 'gen_ai.operation.name': 'chat' } },
      { id: ID.b, parent: ID.a, start: 1, end: 5, name: 'first' },
      { id: ID.b, parent: ID.a, start: 6, end: 8, name: 'second' },
    );
    const [trace] = await readTraces(document);
    const evaluation = await evaluate(trace!, [nameOf]);
    const scored = withScores(trace!, evaluation.scores);
    const names = (of: Trace): string[] => [...of.spans].map(({ id, scores }) => `${id} ${scores.map(({ value }) => value).join()}`); // prettier-ignore
    expect(names(scored)).to.deep.equal([...trace!.spans].map(({ id, name }) => `${id} ${name}`));
    expect(new Set(names(scored)).size).to.equal(3);
    expect((await exported(scored)).spans.at(0)!.scores).to.deep.equal([{ name: 'name', value: ID.a, source: 'code' }]);
    expect(scored.problems.map(({ code }) => code)).to.deep.equal(trace!.problems.map(({ code }) => code));
  });

  it('leaves out scores of other traces and of spans that are not there', () => {
    const trace = recordedTrace(answered(ID.a, 'one'));
    const value = { name: 'x', value: 1 };
    expect(withScores(trace, [])).to.equal(trace);
    const scored = withScores(trace, [
      { traceId: 'other', spanId: ID.a, score: value },
      { traceId: trace.id, spanId: 'gone', score: value },
    ]);
    expect([...scored.spans].flatMap(({ scores }) => scores)).to.deep.equal([]);
  });

  it('gives what a store keeps, too', async () => {
    const store = await openTraceStore({ name: `evaluate-${crypto.randomUUID()}` });
    const trace = recordedTrace(answered(ID.a, 'one'));
    await store.import(trace);
    const { scores } = await evaluate(trace, [exactMatch()], { expected: () => 'one' });
    for (const { spanId, score: kept } of scores) await store.addScore(spanId, kept);
    const stored = (await store.trace(trace.id))!;
    expect(stored.span(ID.a)!.scores).to.deep.equal(withScores(trace, scores).span(ID.a)!.scores);
    expect(stored.span(ID.a)!.scores).to.have.length(1);
    await store.close();
    indexedDB.deleteDatabase(store.name);
  });
});
